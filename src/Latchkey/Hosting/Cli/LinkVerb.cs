using System.CommandLine;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;

namespace Latchkey.Hosting.Cli;

/// <summary><c>latchkey link ADDRESS --storefront SLUG [--copy --reason TEXT | --portal]</c>: what staff do for a customer who cannot get in.</summary>
public static class LinkVerb
{
    private static readonly Argument<string> Address = new("ADDRESS") { Description = "The address on the customer's record." };
    private static readonly Option<string> Slug = new("--storefront") { Description = "The storefront's slug.", Required = true };
    private static readonly Option<bool> Copy = new("--copy") { Description = "Print a link that signs in as the customer, instead of mailing one. The customer is told." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for --copy: goes into the record." };
    private static readonly Option<bool> Portal = new("--portal") { Description = "Print the Portal link, which never expires and leads to the sign-in page." };

    public static Command Create()
    {
        var command = new Command("link", "Mail a customer a sign-in link, or print one.") { Address, Slug, Copy, Reason, Portal };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(services => RunAsync(services, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult result, CancellationToken cancel)
    {
        await services.GetRequiredService<Migrator>().RunAsync(cancel);
        var storefront = await Verbs.StorefrontAsync(services, result.GetRequiredValue(Slug), cancel);
        if (result.GetValue(Portal)) return Say(services.GetRequiredService<PublicAddress>().PortalOf(storefront));
        if (!EmailAddress.TryRead(result.GetRequiredValue(Address), out var address)) throw new FormatException("That is not one e-mail address.");
        return result.GetValue(Copy)
            ? await CopyAsync(services, storefront, address, result.GetValue(Reason) ?? "", cancel)
            : await SendAsync(services, storefront, address, cancel);
    }

    private static async Task<int> SendAsync(IServiceProvider services, Storefront storefront, EmailAddress address, CancellationToken cancel)
    {
        var send = services.GetRequiredService<SendPortalLink>();
        if (await send.FindContactAsync(storefront, address, cancel) is not { } contact) return Refuse($"{storefront.Name} has no contact with this address. Correct the address on the record first.");
        var answer = await send.RunAsync(storefront, contact, Verbs.Operator, cancel);
        return answer.Outcome switch
        {
            PortalLinkOutcome.Sent => Say("A sign-in link is on its way. The running server sends it."),
            PortalLinkOutcome.Limited => Refuse($"Too many mails to this address. Again at {Dates.Moment(answer.AgainAt)}."),
            PortalLinkOutcome.NoAddress => Refuse("Mail cannot reach the address on the record. Correct it first."),
            PortalLinkOutcome.AccountClosed => Refuse("The account is disabled or merged into another one."),
            PortalLinkOutcome.NoContact => Refuse("The contact is gone."),
        };
    }

    private static async Task<int> CopyAsync(IServiceProvider services, Storefront storefront, EmailAddress address, string reason, CancellationToken cancel)
    {
        var copy = services.GetRequiredService<CopyMagicLink>();
        if (await copy.FindAccountAsync(storefront, address, cancel) is not { } account) return Refuse($"{storefront.Name} has no account with this address. Send a link instead: it makes one.");
        var (answer, link) = await copy.RunAsync(storefront, account, Verbs.Operator, reason, cancel);
        return answer.Outcome switch
        {
            StaffLinkOutcome.Made => Say(link!),
            StaffLinkOutcome.NotAllowed => Refuse("The sign-in policy of this storefront has no links that staff copy. Send one by mail, or use --portal."),
            StaffLinkOutcome.NoReason => Refuse("Say why with --reason: it goes into the record."),
            StaffLinkOutcome.Limited => Refuse($"Too many links were copied for this account. Again at {Dates.Moment(answer.AgainAt)}."),
            StaffLinkOutcome.NotProven => Refuse("Nobody has proven this mailbox yet, or the account is closed. Send a link by mail."),
        };
    }

    private static int Say(string line)
    {
        Console.WriteLine(line);
        return 0;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
