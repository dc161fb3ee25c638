using System.Data.Common;
using System.Text.Json;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>The mail with the link and, by policy, the code. Both are derived again each time it is rendered.</summary>
public sealed class SignInLinkMail(SignInKey key, SignInRequests requests, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "sign_in_link";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var asked = JsonSerializer.Deserialize<AskedFrom>(mail.About!)!;
        string token = key.LinkToken(mail.RequestId!.Value, mail.LinkNumber!.Value).Value;
        // A code is typed where it was asked for; staff have no such page, and a sign-up has none. One without tries left would only mislead.
        bool hasCode = storefront.Policy.CodeDigits > 0 && !asked.ByStaff && !asked.BySignUp, isSpent = asked.CodeTries >= storefront.Policy.CodeTries;
        string? code = hasCode && !isSpent ? key.Code(mail.RequestId.Value, storefront.Policy.CodeDigits) : null;
        var letter = Write(storefront, token, code, asked, HelpCode.OfLink(key, mail.RequestId.Value));
        if (hasCode && isSpent) letter = letter with { Paragraphs = [.. letter.Paragraphs, l["This mail has no code, because wrong ones were typed too often. Use the link."]] };
        return await letters.RenderAsync(letter, code is null ? [token] : [token, code]);
    }

    public override Task HandedOverAsync(DbTransaction transaction, Storefront storefront, IReadOnlyList<MailRow> mails) =>
        requests.HandedOverAsync(transaction, storefront.Key, mails.Select(m => m.RequestId!.Value), storefront.Policy);

    /// <summary>What the words of the mail say about the asking.</summary>
    public static string About(DateTimeOffset askedAt, string? device, bool byStaff, int codeTries = 0, bool bySignUp = false) =>
        JsonSerializer.Serialize(new AskedFrom(askedAt, device, byStaff, codeTries, bySignUp));

    private Letter Write(Storefront storefront, string token, string? code, AskedFrom asked, HelpCode help)
    {
        string portal = addresses.PortalOf(storefront), when = Dates.Moment(asked.At);
        return new Letter
        {
            Storefront = storefront,
            Subject = l["Sign in to {0}", storefront.Name],
            Heading = asked.BySignUp ? l["You already have an account"] : l["Sign in to the customer portal"],
            Paragraphs =
            [
                .. asked.BySignUp ? [l["Somebody, probably you, began to sign up at {0} with this address. It has an account there: sign in, and go on where you were.", storefront.Name].Value] : Array.Empty<string>(),
                l["This link opens your account at {0}. It works once, for {1} minutes.", storefront.Name, (int)storefront.Policy.LinkLifetime.TotalMinutes],
            ],
            Button = new LetterButton(l["Sign in"], $"{portal}/link/{token}"),
            Code = code is null ? null : new LetterCode(
                l["Or type this code on the page where you asked:"], code, l["Never read this code out to anybody. We will not ask for it."], new Uri(portal).Host),
            Notes =
            [
                asked.ByStaff ? l["{0} sent it on {1}.", storefront.Name, when] : asked.Device is null ? l["Asked for on {0}.", when] : l["Asked for on {0} from {1}.", when, Devices.InWords(l, asked.Device)],
                l["If that was not you, ignore this mail: nobody can sign in without it."],
                l["Help code {0}: tell it to {1} if you need help.", help, storefront.Name],
            ],
            SentBy = asked.ByStaff
                ? l["Sent by {0}. You can always sign in at {1}", storefront.Name, portal]
                : l["Sent by {0} because this address was typed at {1}", storefront.Name, portal],
        };
    }

    private sealed record AskedFrom(DateTimeOffset At, string? Device, bool ByStaff, int CodeTries, bool BySignUp = false);
}
