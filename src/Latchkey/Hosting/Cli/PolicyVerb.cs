using System.CommandLine;
using Latchkey.Features.Policies;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Spectre.Console;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey policy --storefront SLUG [--preset NAME] [--set FIELD=VALUE]…</c>: shows how customers sign in, or changes it.</summary>
public static class PolicyVerb
{
    private static readonly Option<string> Slug = new("--storefront") { Description = "The storefront's slug.", Required = true };
    private static readonly Option<string> Preset = new("--preset") { Description = "Start from a preset: storage, membership, subscription, password, new." };
    private static readonly Option<string[]> Set = new("--set") { Description = "Change a field, such as --set linkLifetime=00:15:00. May be repeated." };

    public static Command Create()
    {
        Preset.AcceptOnlyFromAmong([.. SignInPolicy.Presets.Keys]);
        var command = new Command("policy", "Show or change how a storefront's customers sign in.") { Slug, Preset, Set };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        await services.GetRequiredService<Migrator>().RunAsync(cancel);
        var storefront = await Verbs.StorefrontAsync(services, result.GetRequiredValue(Slug), cancel);
        var policy = result.GetValue(Preset) is { } preset ? SignInPolicy.Presets[preset] : storefront.Policy;
        policy = PolicyFields.With(policy, (result.GetValue(Set) ?? []).Select(Assignment));
        var change = await services.GetRequiredService<ChangePolicy>().RunAsync(storefront, policy, Verbs.Operator, cancel);
        foreach (var problem in change.Problems) await Console.Error.WriteLineAsync(problem.ToString());
        if (change.Outcome == PolicyChangeOutcome.ChangedMeanwhile) await Console.Error.WriteLineAsync("Somebody else changed the policy meanwhile. Look at it again, then repeat your change.");
        if (change.Outcome != PolicyChangeOutcome.InForce) return 1;
        Show(storefront, policy);
        return 0;
    }

    private static (string, string) Assignment(string text) =>
        text.Split('=', 2) is [var field, var value] ? (field.Trim(), value.Trim()) : throw new FormatException($"“{text}” is not FIELD=VALUE.");

    private static void Show(Storefront storefront, SignInPolicy policy)
    {
        var table = new Table().Title($"How customers of {storefront.Name.EscapeMarkup()} sign in").AddColumns("Field", "Value");
        foreach (var (field, value) in PolicyFields.Of(policy)) table.AddRow(field.EscapeMarkup(), value.EscapeMarkup());
        AnsiConsole.Write(table);
        foreach (var deviation in policy.Deviations()) Console.WriteLine($"Weaker than {deviation.Rule}: {deviation.Difference}");
    }
}
