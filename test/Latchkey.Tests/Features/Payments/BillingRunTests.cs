using Latchkey.Features.BillingPlans;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Features.Subscriptions;
using Latchkey.Platform.Data;
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
        BillingPeriod.Of(anniversary, IsoDay.Read(started), IsoDay.Read(day)).ShouldBe(new BillingPeriod(IsoDay.Read(start), IsoDay.Read(end), days, ofDays));

    [Theory]
    [InlineData("2026-09-05", null, "2026-09-30", "2026-08-01", "2026-10-01", "2026-10-31", 31)]
    [InlineData("2024-03-01", null, null, "2026-11-10", "2026-11-01", "2026-11-30", 30)]
    [InlineData("2026-09-05", null, null, "2026-08-01", "2026-09-05", "2026-09-30", 26)]
    [InlineData("2026-03-01", null, "2026-06-30", "2026-11-10", "2026-11-01", "2026-11-30", 30)]
    [InlineData("2026-03-01", "2026-11-15", "2026-10-31", "2026-03-01", "2026-11-01", "2026-11-15", 15)]
    [InlineData("2026-03-01", null, "2026-11-15", "2026-03-01", "2026-11-16", "2026-11-30", 15)]
    [InlineData("2026-03-01", "2026-11-15", "2026-11-15", "2026-03-01", null, null, 0)]
    [InlineData("2026-03-01", "2026-11-09", null, "2026-11-10", null, null, 0)]
    [InlineData("2026-03-01", null, "2026-11-30", "2026-03-01", null, null, 0)]
    public void What_was_missed_is_next_from_when_invoices_are_written_and_to_the_last_day(string started, string? last, string? billedTo, string from, string? start, string? end, int days)
    {
        var next = BillingPeriod.Next(false, (IsoDay.Read(started), IsoDay.TryRead(last)), IsoDay.TryRead(billedTo), IsoDay.Read(from), new DateOnly(2026, 11, 21));

        (IsoDay.Of(next?.Start), IsoDay.Of(next?.End), next?.Days ?? 0).ShouldBe((start, end, days));
    }

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
                """, new { storefront.OrganizationId, id = Guid.CreateVersion7(now), contact, facility });
        // A price that no invoice can ask for stands in nobody's way.
        await portal.ExecuteAsync("""
            insert into subscription (organization_id, id, contact_id, facility_id, kind, name, price, currency, started_on)
            values (@OrganizationId, @id, @ann, @facility, 'rental', 'Hangar', 10000000000, 'USD', '2026-11-11')
            """, new { storefront.OrganizationId, id = Guid.CreateVersion7(now.AddDays(-1)), ann, facility });
        using var visit = await portal.CustomerAsync(storefront, "ann@run.example");
        using var bobs = await portal.CustomerAsync(storefront, "bob@run.example");
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
        (await portal.MailsAsync("bob@run.example", 2))[1].Text.ShouldContain("63.00 USD is due on");

        (await owner.GetAsync("/invoices?state=due")).Text.ShouldContain("Bob Baker");
        (await owner.GetAsync("/invoices?q=inv-0001")).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        (await owner.PostAsync($"/invoices/{due}?handler=Paid", ("way", "cash"))).Location.ShouldEndWith("?done=paid");
        (await owner.PostAsync($"/invoices/{due}?handler=Void")).Status.ShouldBe(System.Net.HttpStatusCode.Conflict);
        // The owner's sign-in is hours old by now: first the confirmation that it is they, and what was typed stays.
        var stale = await owner.PostAsync($"/invoices/{paid}?handler=Refund", ("amount", "3,00"), ("reason", "Door was stuck"));
        (stale.Status, stale.Page.QuerySelector("#reason")!.GetAttribute("value")).ShouldBe((System.Net.HttpStatusCode.Conflict, "Door was stuck"));
        (await owner.OpenAsync(stale.Page.QuerySelector("a[href*=confirm]")!.GetAttribute("href")!)).Text.ShouldContain("Money is given back only shortly after signing in.");
        string address = await portal.ScalarAsync<string>("select a.email from account a join staff_member m on m.account_id = a.id where m.organization_id = @OrganizationId", new { storefront.OrganizationId });
        (await owner.SubmitAsync($"/console/portal/account/confirm?invoice={paid}")).Status.ShouldBe(System.Net.HttpStatusCode.Redirect);
        (await owner.RedeemAsync(await owner.TokenAsync(address, mails: 2))).Location!.ShouldContain($"/console/invoices/{paid}");
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

        // Bob is to leave on a day to come. It can be taken back, and he sees it.
        var (type, unit) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await portal.ExecuteAsync("insert into unit_type (organization_id, id, facility_id, name, price, currency) values (@OrganizationId, @type, @facility, '5 m²', 9000, 'USD')", new { storefront.OrganizationId, type, facility });
        await portal.ExecuteAsync("insert into unit (organization_id, id, facility_id, unit_type_id, number, state) values (@OrganizationId, @unit, @facility, @type, 'B7', 'occupied')", new { storefront.OrganizationId, unit, facility, type });
        await portal.ExecuteAsync("update subscription set unit_id = @unit where contact_id = @bob", new { unit, bob });
        string held = $"/subscriptions/{await portal.ScalarAsync<Guid>("select id from subscription where contact_id = @bob", new { bob })}";
        (await owner.PostAsync(held, ("ended_on", "2030-01-01"))).Text.ShouldContain("Choose a day, not more than two years ahead.");
        (await owner.PostAsync(held, ("ended_on", "2026-12-24"))).Location.ShouldEndWith("?done=planned");
        (await owner.PostAsync($"{held}?handler=Keep")).Location.ShouldEndWith("?done=kept");
        (await owner.PostAsync($"{held}?handler=Keep")).Text.ShouldContain("It has ended already, or was not to end.");
        (await owner.PostAsync(held, ("ended_on", "2027-01-15"))).Location.ShouldEndWith("?done=planned");
        (await owner.GetAsync(held)).Text.ShouldContain("Ends 15 January 2027");
        (await owner.GetAsync("/subscriptions?state=active")).Text.ShouldContain("Ends 15 January 2027");
        (await bobs.GetAsync("/portal")).Text.ShouldContain("Ends 15 January 2027");

        // Ann pays hers by hand from now on; until she says so her only card stays.
        await portal.EventsAsync();
        var page = await visit.GetAsync("/portal/billing");
        string card = page.Page.QuerySelector("form[action*='handler=Remove'] input")!.GetAttribute("value")!, hers = page.Page.QuerySelector("input[name=subscription]")!.GetAttribute("value")!;
        (await visit.PostAsync("/portal/billing?handler=Remove", ("method", card))).Text.ShouldContain("This method pays your invoices by itself.");
        (await bobs.PostAsync("/portal/billing?handler=Autopay", ("subscription", hers), ("pays", "hand"))).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await visit.PostAsync("/portal/billing?handler=Autopay", ("subscription", hers), ("pays", "hand"))).Location.ShouldEndWith("#autopay");
        (await visit.GetAsync("/portal/billing")).Text.ShouldContain("By hand");

        // No server ran for ten weeks. Each month has an invoice of its own, due from today; Bob's last one is in part.
        portal.Clock.Advance(TimeSpan.FromDays(75));
        await Task.WhenAll(run.RunAsync(CancellationToken.None), run.RunAsync(CancellationToken.None));
        await Portal.UntilAsync(async () => await portal.ScalarAsync<long>("select count(*) from invoice where organization_id = @OrganizationId and period_start > '2026-11-30'", new { storefront.OrganizationId }) == 5);
        (await portal.ScalarAsync<long>("select total from invoice where contact_id = @bob and period_start = '2026-12-01' and period_end = '2026-12-31' and issued_on = '2027-02-04' and due_on = '2027-02-14'", new { bob })).ShouldBe(9450);
        (await portal.ScalarAsync<long>("select total from invoice where contact_id = @bob and period_start = '2027-01-01' and period_end = '2027-01-15'", new { bob })).ShouldBe(4573);
        (await portal.ScalarAsync<long>("select count(*) from invoice_line where organization_id = @OrganizationId and description like '%(2026-12-01 – 2026-12-31)'", new { storefront.OrganizationId })).ShouldBe(2);
        (await portal.ScalarAsync<long>("select count(*) from invoice where contact_id = @ann and period_start > '2026-11-30' and state = 'pending'", new { ann })).ShouldBe(3);
        (await portal.ScalarAsync<long>("select count(*) from payment where contact_id = @ann", new { ann })).ShouldBe(1);
        await portal.Services.GetRequiredService<EndWhatIsOver>().RunAsync(CancellationToken.None);
        (await portal.ScalarAsync<string>("select ended_on from subscription where contact_id = @bob", new { bob })).ShouldBe("2027-01-15");
        (await portal.ScalarAsync<string>("select state from unit where id = @unit", new { unit })).ShouldBe("free");

        // Written, and then the server was killed: the next one charges it, and once.
        var cut = await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<CreateInvoice>().InTransactionAsync(t, new NewInvoice
        {
            OrganizationId = storefront.OrganizationId, StorefrontId = storefront.Id, ContactId = ann, Currency = "USD", Lines = [new NewLine("Lock", 1, 1250)], DueOn = new DateOnly(2027, 3, 1), Collects = true,
        }));
        var collect = portal.Services.GetRequiredService<CollectInvoices>();
        await Task.WhenAll(collect.RunAsync(CancellationToken.None), collect.RunAsync(CancellationToken.None));
        await Portal.UntilAsync(async () => await portal.StateAsync(cut.Id) == "paid" && await portal.ScalarAsync<long>("select count(*) from invoice where collect_at is not null") == 0);
        (await portal.ScalarAsync<long>("select count(*) from payment where contact_id = @ann", new { ann })).ShouldBe(2);
    }
}
