using Latchkey.Tests.Rig;
using Microsoft.Playwright;

namespace Latchkey.Tests.Browser;

internal static class StaffInABrowser
{
    /// <summary>Signs somebody of the team in, the way they do it themselves.</summary>
    public static async Task SignInAsync(this BrowserVisit visit, Portal portal, string email)
    {
        await visit.Page.GotoAsync("/console/portal/sign-in");
        await visit.Page.GetByLabel("Email").FillAsync(email);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send sign-in link" }).ClickAsync();
        var token = Visit.TokenIn((await portal.MailsAsync(email))[0].Text);
        await visit.Page.GotoAsync($"/console/portal/link/{token}");
        await visit.Page.WaitForURLAsync("**/console");
    }
}
