using System.Data.Common;
using Dapper;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>
/// What an address gets that has no account here: where to sign in, when the organization knows it on another storefront; that there is
/// none, when the policy says so; else nothing. In a mail, never on a page.
/// </summary>
public sealed class WithoutAccount(StorefrontDirectory storefronts, TimeProvider clock)
{
    private const string Elsewhere = """
        select storefront_id from account
        where organization_id = @OrganizationId and storefront_id <> @StorefrontId and email = @email and state in ('unproven', 'proven')
        order by storefront_id
        """;

    public async Task<IEnumerable<NewMail>> MailsAsync(DbTransaction transaction, ResolvedRequest request, EmailAddress address)
    {
        var others = (await transaction.Connection!.QueryAsync<Guid>(
            Elsewhere, new { request.Where.OrganizationId, request.Where.StorefrontId, email = address.Value }, transaction)).AsList();
        if (others.Count > 0) return [Mail(request, address, WrongStorefrontMail.Kind, WrongStorefrontMail.About(others))];
        bool tells = address.IsDeliverable && await storefronts.ByKeyAsync(request.Where, CancellationToken.None) is { Policy.TellUnknown: true };
        return tells ? [Mail(request, address, NoAccountMail.Kind, null)] : [];
    }

    private NewMail Mail(ResolvedRequest request, EmailAddress address, string kind, string? about)
    {
        var now = clock.GetUtcNow();
        return new NewMail
        {
            OrganizationId = request.Where.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = request.Where.StorefrontId,
            Kind = kind,
            RequestId = request.Id,
            About = about,
            ToAddress = address.Value,
            Locale = request.Locale,
            CreatedAt = now,
            GiveUpAt = request.EndsAt,
        };
    }
}
