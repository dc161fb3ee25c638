using System.CommandLine;
using System.Globalization;
using Latchkey.Features.Why;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn.Diagnosis;
using Microsoft.Extensions.Localization;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey why ADDRESS --storefront SLUG</c>: why they cannot sign in, as the console says it.</summary>
public static class WhyVerb
{
    private static readonly Argument<string> Address = new("ADDRESS") { Description = "The address they use; or a phone number, a name, a help code." };
    private static readonly Option<string> Slug = new("--storefront") { Description = "The storefront's slug.", Required = true };

    public static Command Create()
    {
        var command = new Command("why", "Say why a customer cannot sign in.") { Address, Slug };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        await services.GetRequiredService<Migrator>().RunAsync(cancel);
        var storefront = await Verbs.StorefrontAsync(services, result.GetRequiredValue(Slug), cancel);
        return await PrintAsync(services, storefront, result.GetRequiredValue(Address), Console.Out, cancel);
    }

    /// <returns>0 when there is a verdict, 1 when it is not clear whom it is about.</returns>
    internal static async Task<int> PrintAsync(IServiceProvider services, Storefront storefront, string typed, TextWriter to, CancellationToken cancel)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Culture("en");
        var l = services.GetRequiredService<IStringLocalizer<Texts>>();
        var (question, choices) = await services.GetRequiredService<ReadQuestion>().RunAsync(storefront, typed, cancel);
        if (question is null)
        {
            await to.WriteLineAsync(choices.Count == 0 ? "Nobody of this name, and no such address, number or help code." : "Who is it? Ask with one of these addresses:");
            foreach (var choice in choices) await to.WriteLineAsync($"  {choice.Name}  {choice.Email}");
            return 1;
        }
        var diagnosed = await services.GetRequiredService<DiagnoseCustomer>().RunAsync(question, cancel);
        foreach (var finding in diagnosed.Findings) await PrintAsync(l, finding, to);
        string portal = services.GetRequiredService<PublicAddress>().PortalOf(question.Storefront);
        await to.WriteLineAsync($"What you can say:\n  {SayTexts.Of(l, diagnosed.Verdict.Say, portal)}");
        return 0;
    }

    private static async Task PrintAsync(IStringLocalizer<Texts> l, Finding finding, TextWriter to)
    {
        await to.WriteLineAsync($"{CauseTexts.Of(l, finding.Cause)} ({CauseTexts.Of(l, finding.Confidence)})");
        foreach (var evidence in finding.Evidence)
            await to.WriteLineAsync($"  {(evidence.At is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "").PadRight(16)}  {EvidenceTexts.Of(l, evidence)}");
        await to.WriteLineAsync($"  Fix: {FixTexts.Of(l, finding.Fix)}");
        await to.WriteLineAsync();
    }
}
