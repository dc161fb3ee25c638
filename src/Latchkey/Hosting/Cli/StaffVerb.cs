using System.CommandLine;
using Latchkey.Features.Staff;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey staff ADDRESS --role ROLE [--storefront SLUG]</c>: invites somebody to the console. Support needs no storefront: it is of the installation.</summary>
public static class StaffVerb
{
    private static readonly Argument<string> Address = new("ADDRESS") { Description = "Whom to invite." };
    private static readonly Option<StaffRole> Role = new("--role") { Description = "Owner, Manager, Staff; or Support, for every organization.", Required = true };
    private static readonly Option<string> Slug = new("--storefront") { Description = "A storefront of the organization." };

    public static Command Create()
    {
        var command = new Command("staff", "Invite somebody to the console.") { Address, Role, Slug };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        await services.GetRequiredService<Migrator>().RunAsync(cancel);
        var role = result.GetValue(Role);
        if (!EmailAddress.TryRead(result.GetRequiredValue(Address), out var address) || !address.IsDeliverable) throw new FormatException("That is not one e-mail address.");
        var organization = role == StaffRole.Support ? ConsoleRealm.Installation
            : result.GetValue(Slug) is { } slug ? (await Verbs.StorefrontAsync(services, slug, cancel)).OrganizationId
            : throw new FormatException("Say for which organization: --storefront SLUG.");
        bool added = await services.GetRequiredService<AddStaff>().RunAsync(organization, address, null, role, Verbs.Operator, cancel);
        Console.WriteLine(added ? "Invited. The running server mails the invitation." : "They are on the team already.");
        return added ? 0 : 1;
    }
}
