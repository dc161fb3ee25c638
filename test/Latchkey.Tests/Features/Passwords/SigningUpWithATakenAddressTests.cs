using System.Net;
using Dapper;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passwords;

/// <summary>Somebody registers the address of a customer who is on record already.</summary>
public sealed class SigningUpWithATakenAddressTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Changes_nothing_of_a_customer_with_an_account_who_is_told()
    {
        var storefront = await portal.FernhillAsync();
        var account = await portal.AccountAsync(storefront, "ann@grab.example");
        await RentAsync(storefront, account);
        string before = await RecordsAsync(storefront);
        using var eve = portal.Visit(storefront);

        await eve.PostAsync("/portal/register", ("full_name", "Eve"), ("email", "ann@grab.example"), ("password", Fernhill.Other), ("phone", "+15550100"));

        (await portal.MailsAsync("ann@grab.example")).ShouldHaveSingleItem().Subject.ShouldBe("You already have an account at Fernhill Water");
        (await RecordsAsync(storefront)).ShouldBe(before);
        (await eve.TypeAsync("ann@grab.example", Fernhill.Other)).Text.ShouldContain("Incorrect email or password");
        (await eve.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Shows_nothing_of_a_customer_without_an_account_until_the_mailbox_is_proven_and_then_to_its_holder()
    {
        var storefront = await portal.FernhillAsync();
        var account = await portal.AccountAsync(storefront, "dora@grab.example", "Dora Dean");
        await RentAsync(storefront, account);
        await portal.ExecuteAsync("delete from account_contact where organization_id = @OrganizationId; update contact set linked = false where organization_id = @OrganizationId; delete from account where organization_id = @OrganizationId",
            new { storefront.OrganizationId });
        string before = await RecordsAsync(storefront);
        using var eve = portal.Visit(storefront);

        await eve.RegisterAsync("dora@grab.example", Fernhill.Other, "Eve");

        string token = await portal.TokenAsync("confirm", "dora@grab.example");
        (await eve.TypeAsync("dora@grab.example", Fernhill.Other)).Heading.ShouldBe("User not confirmed");
        foreach (string page in new[] { "/portal", "/portal/account", "/portal/account/password" }) (await eve.GetAsync(page)).Status.ShouldBe(HttpStatusCode.Redirect, page);
        (await RecordsAsync(storefront)).ShouldBe(before);

        using var dora = portal.Visit(storefront);
        var confirm = await dora.GetAsync($"/portal/confirm/{token}");
        await dora.PressAsync(confirm, "I did not choose one");
        await dora.RedeemAsync(await dora.TokenAsync("dora@grab.example", mails: 2));
        (await dora.GetAsync("/portal")).Text.ShouldContain("10 × 10");
        (await eve.TypeAsync("dora@grab.example", Fernhill.Other)).Text.ShouldContain("Incorrect email or password");
        (await RecordsAsync(storefront)).ShouldBe(before);
    }

    private Task RentAsync(Storefront storefront, Guid account)
    {
        var (facility, id, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        return portal.ExecuteAsync("""
            insert into facility (organization_id, id, storefront_id, name, created_at) values (@OrganizationId, @facility, @Id, 'Riverside', @now);
            insert into subscription (organization_id, id, contact_id, facility_id, kind, name, price, currency, started_on)
            select @OrganizationId, @subscription, contact_id, @facility, 'rental', '10 × 10', 5900, 'USD', '2026-01-01'
            from account_contact where organization_id = @OrganizationId and account_id = @account
            """, new { storefront.OrganizationId, storefront.Id, facility, subscription = id, account, now });
    }

    /// <summary>Contacts and what they rent, whole but for the mark that follows their links.</summary>
    private Task<string> RecordsAsync(Storefront storefront) => portal.Database.ReadAsync(async c => string.Join('\n', (await c.QueryAsync(
        "select * from contact c left join subscription s on s.organization_id = c.organization_id and s.contact_id = c.id where c.organization_id = @OrganizationId", new { storefront.OrganizationId }))
        .SelectMany(row => ((IDictionary<string, object?>)row).Where(cell => cell.Key != "linked").Select(cell => $"{cell.Value}"))));
}
