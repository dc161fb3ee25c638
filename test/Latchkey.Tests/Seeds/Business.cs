using Latchkey.Features.Contacts;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Seeds;

/// <summary>A business on one of the presets, in the words of its help centre.</summary>
internal sealed class Business(Portal portal, Storefront storefront)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Portal Portal => portal;

    public Storefront Storefront => storefront;

    public static async Task<Business> OpenAsync(Portal portal, string preset) => new(portal, await portal.StorefrontAsync(SignInPolicy.Presets[preset]));

    /// <summary>Another storefront of the same business.</summary>
    public async Task<Business> SisterAsync(string name) =>
        new(portal, await portal.StorefrontAsync(storefront.Policy, storefront.OrganizationId, name: name));

    /// <summary>A customer record without an account.</summary>
    public async Task<Guid> ContactAsync(string? email, string? phone = null)
    {
        var (contact, now) = (Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        await portal.ExecuteAsync("""
            insert into contact (organization_id, id, storefront_id, full_name, email, phone, created_at, updated_at)
            values (@OrganizationId, @contact, @Id, 'Ann Archer', @email, @phone, @now, @now)
            """, new { storefront.OrganizationId, storefront.Id, contact, email, phone, now });
        return contact;
    }

    /// <summary>A customer with an account, as after a sign-up or a first sign-in.</summary>
    public Task<Guid> CustomerAsync(string email) => portal.AccountAsync(storefront, email);

    public async Task RentsAsync(Guid contact, string unitType)
    {
        var (facility, id, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        await portal.ExecuteAsync("""
            insert into facility (organization_id, id, storefront_id, name, created_at) values (@OrganizationId, @facility, @Storefront, @unitType, @now);
            insert into subscription (organization_id, id, contact_id, facility_id, kind, name, price, currency, started_on)
            values (@OrganizationId, @id, @contact, @facility, 'rental', @unitType, 5900, 'USD', '2026-01-01')
            """, new { storefront.OrganizationId, Storefront = storefront.Id, facility, id, contact, unitType, now });
    }

    public Visit Visit() => portal.Visit(storefront);

    /// <summary>"Resend the portal link", "Send sign-in link".</summary>
    public async Task<PortalLinkOutcome> SendLinkAsync(Guid contact) =>
        (await portal.Services.GetRequiredService<SendPortalLink>().RunAsync(storefront, contact, "owner", Cancel)).Outcome;

    /// <summary>"Magic link": copied by staff.</summary>
    public Task<(StaffLinkAnswer Answer, string? Link)> CopyLinkAsync(Guid account) =>
        portal.Services.GetRequiredService<CopyMagicLink>().RunAsync(storefront, account, "owner", "They called", Cancel);

    /// <summary>"Revoke sessions".</summary>
    public Task RevokeSessionsAsync(Guid account) => portal.Database.WriteAsync(t =>
        portal.Services.GetRequiredService<Sessions>().EndAllAsync(t, storefront.Key, account, "revoked by staff"));

    /// <summary>Staff link a contact to an account by hand.</summary>
    public Task LinkAsync(Guid account, Guid contact) => portal.Database.WriteAsync(async t =>
    {
        await portal.Services.GetRequiredService<LinkContacts>().ByStaffAsync(t, storefront, account, contact);
        return true;
    });

    public void Pass(TimeSpan time) => portal.Clock.Advance(time);

    public Task SettleAsync() => portal.SettleAsync();

    public Task<long> MailsAsync(string to) => portal.ScalarAsync<long>(
        "select count(*) from mail where organization_id = @OrganizationId and to_address = @to", new { storefront.OrganizationId, to });
}

internal static class Healing
{
    /// <summary>Presses the one button of a page that could not go on, and follows where it leads.</summary>
    public static async Task<Answer> PressAsync(this Visit visit, Answer page)
    {
        if (page.Page.QuerySelector("main form[method=post]") is { } form)
        {
            var fields = form.QuerySelectorAll("input[name]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? "")).ToArray();
            var sent = await visit.PostAsync(form.GetAttribute("action")!, fields);
            return sent.Location is { } next ? await visit.GetAsync(next) : sent;
        }
        return await visit.GetAsync(page.Page.QuerySelector("main a.button.primary")!.GetAttribute("href")!);
    }
}
