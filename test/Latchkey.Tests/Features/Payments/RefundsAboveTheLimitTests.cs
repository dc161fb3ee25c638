using System.Net;
using Latchkey.Features.Payments;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Payments;

/// <summary>What one person may not give back alone takes two, and goes back once.</summary>
public sealed class RefundsAboveTheLimitTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_second_person_approves_or_declines_it_or_it_expires_and_the_money_leaves_once()
    {
        var storefront = await portal.StorefrontAsync();
        var organization = storefront.OrganizationId;
        var invoice = (await portal.InvoiceAsync(storefront, await portal.ContactAsync(await portal.AccountAsync(storefront, "ann@limit.example")))).Id;
        using var ann = await portal.CustomerAsync(storefront, "ann@limit.example");
        await ann.PayAsync(invoice, TestAct.Card);
        await portal.SettleMoneyAsync();
        using var owner = await portal.StaffVisitAsync(organization, StaffRole.Owner, "Olga Owner");
        using var max = await portal.StaffVisitAsync(organization, StaffRole.Manager, "Max Manager");
        using var mia = await portal.StaffVisitAsync(organization, StaffRole.Manager, "Mia Manager");
        using var stella = await portal.StaffVisitAsync(organization, StaffRole.Staff, "Stella Staff");
        Task<Answer> AskAsync(Visit by, string amount) => by.PostAsync($"/invoices/{invoice}?handler=Refund", ("amount", amount), ("reason", "Door was stuck"));
        Task<Answer> DecideAsync(Visit by, string handler, Guid refund) => by.PostAsync($"/invoices/{invoice}?handler={handler}", ("refund", refund.ToString()));
        Task<Guid> WaitingAsync() => portal.ScalarAsync<Guid>("select id from refund where organization_id = @organization and state = 'asked'", new { organization });
        Task<long> GivenBackAsync() => portal.ScalarAsync<long>("select given_back from payment_invoice where organization_id = @organization", new { organization });
        // The portal's own clock may be at it at this moment: then it is done there.
        Task RefundedAsync(long sum) => Portal.UntilAsync(async () => await portal.ScalarAsync<long>("select refunded from invoice where id = @invoice", new { invoice }) == sum);
        Task<long> LeftAsync() => portal.ScalarAsync<long>("select count(*) from test_object where organization_id = @organization and kind = 'refund'", new { organization });

        (await max.PostAsync("/payments/settings?handler=Limit", ("limit", "50"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var wrong = await owner.PostAsync("/payments/settings?handler=Limit", ("limit", "fifty"));
        (wrong.Status, wrong.Page.QuerySelector("#limit")!.GetAttribute("value")).ShouldBe((HttpStatusCode.BadRequest, "fifty"));
        (await owner.PostAsync("/payments/settings?handler=Limit", ("limit", "50"))).Location.ShouldEndWith("?done=limit");
        (await owner.GetAsync("/payments/settings")).Page.QuerySelector("#limit")!.GetAttribute("value").ShouldBe("50.00");

        // The first is below the limit. The second is too, and brings both above it.
        (await AskAsync(max, "40")).Location.ShouldEndWith("?done=refund");
        await RefundedAsync(4000);
        (await AskAsync(max, "20")).Location.ShouldEndWith("?done=asked");
        await portal.SettleMoneyAsync();
        (await LeftAsync(), await GivenBackAsync()).ShouldBe((1, 6000));
        (await portal.ScalarAsync<long>("select refunded from invoice where id = @invoice", new { invoice })).ShouldBe(4000);
        (await mia.GetAsync("/approvals")).Page.QuerySelector($"a[href='/console/invoices/{invoice}']").ShouldNotBeNull();
        (await AskAsync(mia, "30")).Status.ShouldBe(HttpStatusCode.Conflict);

        var refund = await WaitingAsync();
        var own = await max.GetAsync($"/invoices/{invoice}");
        (own.Text.Contains("You can withdraw it.", StringComparison.Ordinal), own.Page.QuerySelectorAll("button").Any(b => b.TextContent == "Approve")).ShouldBe((true, false));
        (await DecideAsync(max, "Approve", refund)).Text.ShouldContain("Whoever asks does not approve.");
        (await DecideAsync(stella, "Approve", refund)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await DecideAsync(mia, "Approve", Guid.NewGuid())).Status.ShouldBe(HttpStatusCode.NotFound);
        var both = await Task.WhenAll(DecideAsync(mia, "Approve", refund), DecideAsync(owner, "Approve", refund));
        both.Select(b => b.Status).ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.Conflict], ignoreOrder: true);
        await RefundedAsync(6000);
        await portal.SettleMoneyAsync();
        (await LeftAsync(), await GivenBackAsync()).ShouldBe((2, 6000));
        (await DecideAsync(owner, "Decline", refund)).Status.ShouldBe(HttpStatusCode.Conflict);

        // Withdrawn; then asked for by somebody who leaves, by a sign-in that is old, and decided by nobody.
        (await AskAsync(mia, "")).Location.ShouldEndWith("?done=asked");
        (await DecideAsync(mia, "Decline", await WaitingAsync())).Location.ShouldEndWith("?done=declined");
        (await GivenBackAsync()).ShouldBe(6000);
        (await AskAsync(mia, "")).Location.ShouldEndWith("?done=asked");
        refund = await WaitingAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(16));
        (await DecideAsync(max, "Approve", refund)).Text.ShouldContain("Confirm that it is you first");
        await portal.ExecuteAsync("update staff_member set removed_at = @now where organization_id = @organization and account_id = (select asked_by from refund where id = @refund)", new { organization, refund, now = portal.Clock.GetUtcNow() });
        using var fresh = await portal.StaffVisitAsync(organization, StaffRole.Manager, "Fred Fresh");
        (await DecideAsync(fresh, "Approve", refund)).Text.ShouldContain("Whoever asked for this may no longer do so.");
        portal.Clock.Advance(TimeSpan.FromDays(7));
        await portal.Services.GetRequiredService<SendRefunds>().RunAsync(CancellationToken.None);
        await Portal.UntilAsync(async () => await GivenBackAsync() == 6000);
        (await LeftAsync()).ShouldBe(2);
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @organization and event in ('refund approved', 'refund declined', 'refund expired', 'refund limit changed')", new { organization })).ShouldBe(4);
    }
}
