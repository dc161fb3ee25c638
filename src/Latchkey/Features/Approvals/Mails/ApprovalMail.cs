using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Approvals.Mails;

/// <summary>To both mailboxes: what the business's support did to an account, and what to do when it is wrong. The other address only masked.</summary>
public sealed class ApprovalMail(PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "support_action";
    private static readonly TimeSpan StillNews = TimeSpan.FromDays(3);

    public override string Name => Kind;

    /// <summary>One mail to each mailbox that is concerned.</summary>
    public static IReadOnlyList<NewMail> About(Storefront storefront, ApprovalKind kind, MailStage stage, Subjects of, DateTimeOffset now)
    {
        var account = of.Account;
        var mails = new List<NewMail> { To(account.Email, account.Id, account.Locale, isOther: false, of.Other?.Email) };
        if (of.Other is { } other) mails.Add(To(other.Email, other.Id, other.Locale, isOther: true, account.Email));
        if (of.Contact is { Email: { } email } contact && email != account.Email && EmailAddress.TryRead(email, out var address) && address.IsDeliverable)
            mails.Add(To(address.Value, account.Id, contact.Locale, isOther: true, account.Email));
        return mails;

        NewMail To(string address, Guid accountId, string? locale, bool isOther, string? otherAddress) => new()
        {
            OrganizationId = storefront.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = storefront.Id,
            Kind = Kind,
            AccountId = accountId,
            About = JsonSerializer.Serialize(new AboutAction(kind.ToString(), stage.ToString(), isOther, otherAddress is null ? null : EmailAddress.Of(otherAddress).Masked)),
            ToAddress = address,
            Locale = locale ?? storefront.Locale,
            CreatedAt = now,
            GiveUpAt = now + StillNews,
        };
    }

    public override Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var about = JsonSerializer.Deserialize<AboutAction>(mail.About!)!;
        var (subject, told) = Words(Enum.Parse<ApprovalKind>(about.Kind), Enum.Parse<MailStage>(about.Stage), about.IsOther, about.OtherAddress ?? "", storefront.Name);
        return RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = subject,
            Heading = subject,
            Paragraphs = [told, l["If you did not ask for this, tell us at once."]],
            SentBy = l["Sent by {0} because this is the address of a customer at {1}", storefront.Name, addresses.PortalOf(storefront)],
        });
    }

    private async Task<RenderedMail?> RenderAsync(Letter letter) => await letters.RenderAsync(letter);

    private (string Subject, string Told) Words(ApprovalKind kind, MailStage stage, bool isOther, string other, string business) => (kind, stage) switch
    {
        (ApprovalKind.Merge, MailStage.Undone) => (l["Your accounts are separate again"], l["The account of this address and the one of {0} at {1} are two again, as they were before. Both were signed out.", other, business]),
        (ApprovalKind.Merge, _) when isOther => (l["Your accounts are one now"], l["What was in your account of {0} at {1} is in the account of this address now. You were signed out. Sign in again with either address.", other, business]),
        (ApprovalKind.Merge, _) => (l["Your accounts are one now"], l["What was in the account of this address at {1} is in your account of {0} now. You were signed out. Sign-in links go to {0}.", other, business]),
        (ApprovalKind.Reset, _) => (l["Your account was reset"], l["Password, passkeys and phone number of your account at {0} were taken away, and you were signed out. What you have there is as it was. Sign in again with a link to this address.", business]),
        (ApprovalKind.Link, _) when isOther => (l["Your record is in an account now"], l["What you have at {1} is shown in the account of {0} now.", other, business]),
        (ApprovalKind.Link, _) => (l["Something was added to your account"], l["Your account at {0} shows one more customer record now.", business]),
        (ApprovalKind.Unlink, _) when isOther => (l["Your record left an account"], l["What you have at {1} is no longer shown in the account of {0}.", other, business]),
        (ApprovalKind.Unlink, _) => (l["Something was removed from your account"], l["Your account at {0} shows one customer record less now.", business]),
        (ApprovalKind.TakeOver, MailStage.Announced) when isOther => (l["This address will be another account's"], l["In 24 hours this address becomes the one of another account at {0}. The account that has it now is closed then.", business]),
        (ApprovalKind.TakeOver, MailStage.Announced) => (l["The address of your account will change"], l["In 24 hours the address of your account at {1} becomes {0}. This address no longer signs in then.", other, business]),
        (ApprovalKind.TakeOver, _) when isOther => (l["This address is another account's now"], l["This address is the one of another account at {0} now. The account that had it is closed. Everybody was signed out.", business]),
        (ApprovalKind.TakeOver, _) => (l["The address of your account was changed"], l["The address of your account at {1} is {0} now. Mail to this one no longer signs in. Everybody was signed out.", other, business]),
    };

    private sealed record AboutAction(string Kind, string Stage, bool IsOther, string? OtherAddress);
}

/// <summary>When the mail is written.</summary>
public enum MailStage
{
    /// <summary>A day before an address changes hands.</summary>
    Announced,
    Done,
    Undone,
}
