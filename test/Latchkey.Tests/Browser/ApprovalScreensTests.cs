using Latchkey.Tests.Features.Approvals;
using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>The pages of support actions as Support sees them: accessible, and a picture of each.</summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class ApprovalScreensTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        using var desk = await Desk.OpenAsync(portal);
        var (from, into) = (await portal.AccountAsync(desk.Storefront, "ann@work.example"), await portal.AccountAsync(desk.Storefront, "ann-archer-with-a-long-address@home.example"));
        var bob = await portal.AccountAsync(desk.Storefront, "bob@home.example", "Bob Baker");
        var approval = await desk.RequestAsync("Merge", from, into);
        await desk.RequestAsync("TakeOver", bob, into);
        var invoice = (await portal.InvoiceAsync(desk.Storefront, await desk.ContactAsync(from))).Id;
        await portal.ExecuteAsync("""
            update invoice set state = 'paid', paid_at = @now, paid_by = 'card' where id = @invoice;
            insert into refund (organization_id, id, payment_id, invoice_id, amount, reason, state, actor, asked_by, attempts, created_at, due_at)
            values (@OrganizationId, @refund, @refund, @invoice, 8900, 'The door was stuck for a week', 'asked', 'Max Manager', @refund, 0, @now, @due);
            insert into refund_limit (organization_id, amount, currency, set_by, set_at) values (@OrganizationId, 5000, 'USD', 'Olga Owner', @now)
            """, new { desk.Storefront.OrganizationId, invoice, refund = Guid.CreateVersion7(), now = portal.Clock.GetUtcNow(), due = portal.Clock.GetUtcNow().AddDays(7) });
        await using var visit = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        await visit.Context.AddCookiesAsync(desk.Support.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = portal.Url.ToString() }));

        await ShowAsync("approvals", "/console/approvals");
        await ShowAsync("approvals-none", "/console/approvals?state=Rejected");
        await ShowAsync("approval-new", "/console/approvals/new");
        await ShowAsync("approval-preview", $"/console/approvals/new?kind=Link&account={bob}&with={await desk.ContactAsync(from)}");
        await ShowAsync("approval-refused", $"/console/approvals/new?kind=Merge&account={bob}&with={bob}");
        await ShowAsync("approval-refund", $"/console/invoices/{invoice}");
        await ShowAsync("approval", $"/console{approval}");
        await visit.Page.GetByLabel("Note").FillAsync("Called back on the number on file.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(visit.Page.GetByText("Done. The mailboxes are told.")).ToBeVisibleAsync();
        await visit.ShouldShowWellAsync("approval-done");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo the merge" }).ClickAsync();
        await Expect(visit.Page.GetByText("The merge is undone.")).ToBeVisibleAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(16)); // a sign-in is old by now
        await ShowAsync("approval-refund-stale", $"/console/invoices/{invoice}");
        await ShowAsync("approval-refund-confirm", $"/console/portal/account/confirm?invoice={invoice}");

        async Task ShowAsync(string name, string address)
        {
            await visit.Page.GotoAsync(address);
            await visit.ShouldShowWellAsync(name);
        }
    }
}
