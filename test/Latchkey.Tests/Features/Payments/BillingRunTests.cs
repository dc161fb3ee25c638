using Latchkey.Features.BillingPlans;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>What customers hold is billed by itself, and staff see and mend it at the console.</summary>
public sealed class BillingRunTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(false, "2026-11-11", "2026-11-21", "2026-11-11", "2026-11-30", 20, 30)]
    [InlineData(false, "2026-03-01", "2026-11-21", "2026-11-01", "2026-11-30", 30, 30)]
    [InlineData(false, "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29", 1, 29)]
    [InlineData(true, "2026-03-25", "2026-11-21", "2026-10-25", "2026-11-24", 31, 31)]
    [InlineData(true, "2026-01-31", "2026-02-28", "2026-02-28", "2026-03-30", 31, 31)]
    [InlineData(true, "2026-01-31", "2026-03-31", "2026-03-31", "2026-04-29", 30, 30)]
    public void A_period_is_a_calendar_month_or_a_month_from_the_first_day(bool anniversary, string started, string day, string start, string end, int days, int ofDays) =>
        BillingPeriod.Of(anniversary, DateOnly.Parse(started), DateOnly.Parse(day)).ShouldBe(new BillingPeriod(DateOnly.Parse(start), DateOnly.Parse(end), days, ofDays));

    [Fact]
    public async Task Each_period_is_billed_once_and_paid_by_itself_and_staff_can_record_void_and_refund()
    {
        var storefront = await portal.StorefrontAsync();
        var (facility, now) = (Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        var (ann, bob) = (await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@run.example")), await portal.ContactAsync(await portal.AccountAsync(storefront, "bob@run.example", "Bob Baker")));
        await portal.ExecuteAsync("insert into facility (organization_id, id, storefront_id, name, created_at) values (@OrganizationId, @facility, @Id, 'Old Mill', @now)", new { storefront.OrganizationId, storefront.Id, facility, now });
        foreach (var contact in new[] { ann, bob })
            await portal.ExecuteAsync("""
                insert into subscription (organization_id, id, contact_id, facility_id, kind, name, price, currency, started_on)
                values (@OrganizationId, @id, @contact, @facility, 'rental', '5 m²', 9000, 'USD', '2026-11-11')
                """, new { storefront.OrganizationId, id = Guid.CreateVersion7(), contact, facility });
        using var visit = await portal.CustomerAsync(storefront, "ann@run.example");
        await visit.AtCheckoutAsync((await visit.PostAsync("/portal/billing?handler=Add")).Location!, TestAct.Card);
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        (await owner.PostAsync("/payments/settings?handler=Plan", ("runs", "yes"), ("rhythm", "first"), ("tax", "5"), ("days", "10"))).Location.ShouldEndWith("?done=plan");

        var run = portal.Services.GetRequiredService<RunBilling>();
        await Task.WhenAll(run.RunAsync(CancellationToken.None), run.RunAsync(CancellationToken.None));
        await Portal.UntilAsync(async () => await portal.ScalarAsync<long>("select count(*) from invoice where organization_id = @OrganizationId", new { storefront.OrganizationId }) == 2);
        portal.Clock.Advance(TimeSpan.FromHours(2));
        await run.RunAsync(CancellationToken.None);
        await Portal.UntilAsync(async () => await portal.ScalarAsync<long>("select count(*) from mail where organization_id = @OrganizationId and kind in ('invoice', 'receipt')", new { storefront.OrganizationId }) == 2);

        // 20 of 30 days of 90.00, and 5 % on it.
        (await portal.ScalarAsync<long>("select count(*) from invoice where organization_id = @OrganizationId and total = 6300 and period_end = '2026-11-30'", new { storefront.OrganizationId })).ShouldBe(2);
        var paid = await portal.ScalarAsync<Guid>("select id from invoice where contact_id = @ann", new { ann });
        var due = await portal.ScalarAsync<Guid>("select id from invoice where contact_id = @bob", new { bob });
        (await portal.StateAsync(paid), await portal.StateAsync(due)).ShouldBe(("paid", "pending"));
        (await portal.MailsAsync("bob@run.example"))[0].Text.ShouldContain("63.00 USD is due on");

        (await owner.GetAsync("/invoices?state=due")).Text.ShouldContain("Bob Baker");
        (await owner.GetAsync("/invoices?q=inv-0001")).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        (await owner.PostAsync($"/invoices/{due}?handler=Paid", ("way", "cash"))).Location.ShouldEndWith("?done=paid");
        (await owner.PostAsync($"/invoices/{due}?handler=Void")).Status.ShouldBe(System.Net.HttpStatusCode.Conflict);
        (await owner.PostAsync($"/invoices/{paid}?handler=Refund", ("amount", "63.01"), ("reason", "Too much"))).Status.ShouldBe(System.Net.HttpStatusCode.Conflict);
        (await owner.PostAsync($"/invoices/{paid}?handler=Refund", ("amount", "3,00"), ("reason", "Door was stuck"))).Location.ShouldEndWith("?done=refund");
        await portal.SettleMoneyAsync();
        await Portal.UntilAsync(async () => (await owner.GetAsync($"/invoices/{paid}")).Text.Contains("Paid, refunded in part", StringComparison.Ordinal));
        (await owner.PostAsync($"/invoices/{paid}?handler=Refund", ("amount", ""), ("reason", "All of it"))).Location.ShouldEndWith("?done=refund");
        await portal.SettleMoneyAsync();
        await Portal.UntilAsync(async () => await portal.StateAsync(paid) == "refunded");
        (await owner.GetAsync("/payments")).Text.ShouldContain("Cash (Sam Staff)");

        (await owner.PostAsync($"/invoices/new/{bob}", ("description", "Lock"), ("quantity", "x"), ("amount", "12,50"), ("tax", "5"), ("due", "2026-12-24"))).Text.ShouldContain("Each line needs a description");
        var extra = (await owner.PostAsync($"/invoices/new/{bob}", ("description", "Lock"), ("quantity", "2"), ("amount", "12,50"), ("tax", "5"), ("due", "2026-12-24"))).Location!["/console".Length..];
        (await owner.GetAsync(extra)).Text.ShouldContain("26.25 USD");
        (await owner.PostAsync($"{extra}?handler=Send")).Location.ShouldEndWith("?done=sent");
        (await owner.PostAsync($"{extra}?handler=Void")).Location.ShouldEndWith("?done=void");
        (await owner.GetAsync($"/contacts/{bob}")).Text.ShouldContain("INV-0003");
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and event = 'invoice voided' and actor = 'Sam Staff'", new { storefront.OrganizationId })).ShouldBe(1);
    }
}
