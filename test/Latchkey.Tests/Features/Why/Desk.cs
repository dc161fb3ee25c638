using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Why;

/// <summary>Somebody of the team who takes the call: types what the caller says, reads the verdict, presses its button.</summary>
internal sealed class Desk(Portal portal, Storefront storefront, Visit visit) : IDisposable
{
    public static async Task<Desk> OpenAsync(Portal portal, Storefront storefront, StaffRole role = StaffRole.Manager) =>
        new(portal, storefront, await portal.StaffVisitAsync(storefront.OrganizationId, role));

    /// <summary>The page about an address, once what happened is on record.</summary>
    public Task<Answer> AskAsync(string typed, Storefront? at = null) =>
        visit.OpenAsync($"/console/why?address={Uri.EscapeDataString(typed)}&storefront={(at ?? storefront).Slug}");

    /// <summary>Waits for the verdict: what happens in browsers is noted a moment later.</summary>
    public async Task<Answer> VerdictAsync(string typed, Cause cause)
    {
        Answer? last = null;
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(100))
        {
            last = await AskAsync(typed);
            last.Status.ShouldBe(HttpStatusCode.OK, last.Body);
            if (CauseOf(last) == cause.ToString()) return last;
        }
        CauseOf(last!).ShouldBe(cause.ToString(), last!.Text);
        return last;
    }

    public static string? CauseOf(Answer page) => page.Page.QuerySelector(".verdict")?.GetAttribute("data-cause");

    /// <summary>Presses the verdict's button.</summary>
    public async Task<Answer> PressAsync(Answer page, string? newAddress = null)
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(2)); // nobody reads and presses in no time
        var form = page.Page.QuerySelector(".verdict form").ShouldNotBeNull(page.Text);
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToList();
        if (newAddress is not null) fields.Add(("new", newAddress));
        var answer = await visit.SubmitAsync(form.GetAttribute("action")!, [.. fields]);
        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Text);
        return await visit.OpenAsync(answer.Location!);
    }

    /// <summary>The customer follows the newest of so many mails, in a browser of their own.</summary>
    public async Task ShouldGetInAsync(string email, int mails, Storefront? at = null)
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(2));
        using var customer = portal.Visit(at ?? storefront);
        var redeemed = await customer.RedeemAsync(Visit.TokenIn((await portal.MailsAsync(email, mails)).Last(m => m.Text.Contains("/portal/link/", StringComparison.Ordinal)).Text));
        redeemed.Status.ShouldBe(HttpStatusCode.Redirect, redeemed.Text);
        await customer.OpenAsync(redeemed.Location!); // where the cookie is seen to be kept
        (await customer.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }

    public Task<Answer> PostAsync(string address, params (string Name, string Value)[] form) => visit.SubmitAsync(address, form);

    public Task<Answer> OpenAsync(string address) => visit.OpenAsync(address);

    public void Dispose() => visit.Dispose();
}
