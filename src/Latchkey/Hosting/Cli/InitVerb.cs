using System.CommandLine;
using Latchkey.Features.Staff;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey init --organization NAME --storefront SLUG --owner ADDRESS</c>: a business, its first storefront and its Owner.</summary>
public static class InitVerb
{
    private static readonly Option<string> Organization = new("--organization") { Description = "The name of the business.", Required = true };
    private static readonly Option<string> Slug = new("--storefront") { Description = "The short name of its site in addresses: small letters, digits, hyphens.", Required = true };
    private static readonly Option<string> Name = new("--name") { Description = "The name of its site; the business's when left out." };
    private static readonly Option<string> Owner = new("--owner") { Description = "The e-mail address of the first Owner: gets an invitation.", Required = true };
    private static readonly Option<string> Preset = new("--preset") { Description = "How customers sign in: storage, membership, subscription, password, new.", DefaultValueFactory = _ => "new" };
    private static readonly Option<string> Locale = new("--locale") { Description = "The site's language: en or fr.", DefaultValueFactory = _ => "en" };

    public static Command Create()
    {
        Preset.AcceptOnlyFromAmong([.. SignInPolicy.Presets.Keys]);
        Locale.AcceptOnlyFromAmong("en", "fr");
        var command = new Command("init", "Make an organization with its first storefront and Owner.") { Organization, Slug, Name, Owner, Preset, Locale };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        await services.GetRequiredService<Migrator>().RunAsync(cancel);
        string organization = result.GetRequiredValue(Organization).Trim(), slug = result.GetRequiredValue(Slug), name = (result.GetValue(Name) ?? organization).Trim();
        if (organization.Length is 0 or > NewBusiness.MostCharacters || name.Length is 0 or > NewBusiness.MostCharacters) throw new FormatException("A name has 1 to 100 characters.");
        if (!NewBusiness.IsSlug(slug)) throw new FormatException($"“{slug}” is not 2 to 40 small letters, digits and single hyphens, or is kept for the installation.");
        if (!EmailAddress.TryRead(result.GetRequiredValue(Owner), out var owner) || !owner.IsDeliverable) throw new FormatException("--owner is not one e-mail address.");
        var business = new NewBusiness
        {
            Organization = organization,
            Storefront = name,
            Slug = slug,
            Locale = result.GetValue(Locale)!,
            Owner = owner,
            Policy = SignInPolicy.Presets[result.GetValue(Preset)!],
        };
        if (await services.GetRequiredService<SetUp>().RunAsync(business, null, Verbs.Operator, cancel) != SetUpOutcome.Done)
            throw new InvalidOperationException($"There is a storefront “{slug}” already.");
        Console.WriteLine($"Made {organization} with the storefront {slug}. The running server mails the invitation.");
        return 0;
    }
}
