using System.Globalization;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Staff.Mails;

/// <summary>Invites somebody to the console. Without a secret: signing in with this address is all it takes, and nothing less will do.</summary>
public sealed class InvitationMail(Database database, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "staff_invitation";
    private const string OrganizationName = "select name from organization where id = @OrganizationId";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var about = JsonSerializer.Deserialize<About>(mail.About!)!;
        string organization = about.OrganizationId == ConsoleRealm.Installation ? storefront.Name
            : await database.ReadAsync(c => c.ExecuteScalarAsync<string>(OrganizationName, new { about.OrganizationId }), cancel) ?? storefront.Name;
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["{0} invites you to the console of {1}", about.By, organization],
            Heading = l["You are invited"],
            Paragraphs =
            [
                l["{0} invites you to work in the console of {1}.", about.By, organization],
                l["Sign in with this address: you get a link by mail, no password is needed. The invitation is open for {0} days.", (int)StaffMembers.InvitationLifetime.TotalDays],
            ],
            Button = new LetterButton(l["Open the console"], addresses.Console),
            Notes = [l["If you do not know {0}, ignore this mail.", organization]],
            SentBy = l["Sent by {0}. You sign in at {1}", storefront.Name, addresses.Console],
        });
    }

    internal static NewMail To(EmailAddress address, Guid organizationId, Guid accountId, StaffRole role, string by, DateTimeOffset now) => new()
    {
        OrganizationId = ConsoleRealm.Installation,
        Id = Guid.CreateVersion7(now),
        StorefrontId = ConsoleRealm.Key.StorefrontId,
        Kind = Kind,
        AccountId = accountId,
        About = JsonSerializer.Serialize(new About(organizationId, by, role.ToString())),
        ToAddress = address.Value,
        Locale = CultureInfo.CurrentUICulture.Name is { Length: > 0 } locale ? locale : "en",
        CreatedAt = now,
        GiveUpAt = now + TimeSpan.FromDays(2),
    };

    private sealed record About(Guid OrganizationId, string By, string Role);
}
