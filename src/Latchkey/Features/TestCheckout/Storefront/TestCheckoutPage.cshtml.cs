using System.Text.Json.Nodes;
using Latchkey.Platform;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.TestCheckout;

/// <summary>
/// Stands in for Stripe's own page while no account at Stripe is set, on one's own machine. Whoever has the address may pay, as there.
/// </summary>
public sealed class TestCheckoutPageModel(TestDesk desk, PublicAddress addresses, IStringLocalizer<Texts> l) : PageModel
{
    private JsonObject checkout = [];

    public bool WasDeclined { get; private set; }
    public bool IsSetup => checkout.Text("mode") == "setup";
    public bool IsOpen => checkout.Text("status") == "open";
    public string Sum => new Money(checkout.Number("amount_total"), (checkout.Text("currency") ?? "").ToUpperInvariant()).ToString();
    public IEnumerable<string> Lines => checkout["_lines"]?.AsArray().Select(line => line!.GetValue<string>()) ?? [];
    public string CancelPath => Local(checkout.Text("cancel_url")!);

    public IEnumerable<(TestAct Act, string Label, string Hint)> Acts => IsSetup
        ?
        [
            (TestAct.Card, l["Add the card Visa 4242"], l["It works."]),
            (TestAct.CardThatFailsLater, l["Add the card Visa 0341"], l["It is taken now, and declined when it is charged."]),
            (TestAct.Debit, l["Add a bank account"], l["It works at once."]),
            (TestAct.DebitToConfirm, l["Add a bank account to be confirmed"], l["It works after three minutes, as if two small deposits had been confirmed."]),
        ]
        :
        [
            (TestAct.Card, l["Pay with the card Visa 4242"], l["It works."]),
            (TestAct.Decline, l["Pay with a card that is declined"], l["You stay here and can try again."]),
            (TestAct.Debit, l["Pay by bank debit"], l["It clears after three minutes."]),
            (TestAct.DebitThatFails, l["Pay by bank debit without money"], l["The bank sends it back after three minutes."]),
        ];

    public async Task<IActionResult> OnGetAsync(string id) => await FindAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (!await FindAsync(id)) return NotFound();
        if (!IsOpen) return Page();
        if (!Enum.TryParse<TestAct>(form["act"], out var act) || !Acts.Any(a => a.Act == act)) return BadRequest();
        if (await desk.ActAsync(HttpContext.Storefront().OrganizationId, id, act) is { } after) checkout = after;
        else await FindAsync(id);
        WasDeclined = act == TestAct.Decline;
        return checkout.Text("status") == "complete" ? Redirect(Local(checkout.Text("success_url")!).Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal)) : Page();
    }

    private async Task<bool> FindAsync(string id)
    {
        if (!addresses.IsLocal || await desk.FindAsync(HttpContext.Storefront().OrganizationId, id) is not { } found) return false;
        checkout = found;
        return true;
    }

    /// <summary>The way back on the host that the browser is at: it may know this machine by another name.</summary>
    private static string Local(string address) => new Uri(address).PathAndQuery;
}
