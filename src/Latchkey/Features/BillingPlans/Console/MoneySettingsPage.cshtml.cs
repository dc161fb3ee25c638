using System.Globalization;
using Latchkey.Features.Payments;
using Latchkey.Platform;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.BillingPlans.Console;

/// <summary>By which account an organization takes payments, and how it bills.</summary>
public sealed class MoneySettingsPageModel(PaymentAccounts accounts, ChoosePaymentAccount chooseAccount, RunBilling runBilling, LimitRefunds limitRefunds, MoneySignal signal, PublicAddress addresses, IStringLocalizer<Texts> l) : PageModel
{
    public const string Address = "/console/payments/settings";

    public BillingPlan Plan { get; private set; } = BillingPlan.None;
    public OwnPayments? Own { get; private set; }
    public PaymentAccount? Account { get; private set; }
    public string? Problem { get; private set; }
    public string TypedRate { get; private set; } = "";
    public string TypedLimit { get; private set; } = "";
    /// <summary>That the limit of refunds is in.</summary>
    public string Currency { get; private set; } = "";
    public bool MayChange => HttpContext.Staff().May(Permission.Configure);
    public string HookAddress => StripeHooks.AddressFor(addresses, Organization);

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "key" => l["The key is saved. Enter the address below at Stripe."].Value,
        "plan" => l["The plan is saved."].Value,
        "limit" => l["The limit is saved."].Value,
        _ => null,
    };

    public string Who => (Own, Account) switch
    {
        ({ }, _) => l["Your own account at Stripe takes the payments."],
        (null, { IsTest: true }) => l["The built-in test checkout takes the payments. No money moves."],
        (null, { }) => l["The account of this installation takes the payments."],
        (null, null) => l["No payments are taken online yet."],
    };

    private Guid Organization => HttpContext.Staff().OrganizationId;

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(null, cancel);

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostKeyAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        return await chooseAccount.RunAsync(Organization, form["key"].ToString().Trim(), form["secret"].ToString().Trim(), form["debits"] == "yes", HttpContext.Staff().Name) switch
        {
            WrongSecret.None => Redirect($"{Address}?done=key"),
            WrongSecret.Key => await ShowAsync(l["It begins with sk_ or rk_. It is sealed, and never shown again."], cancel),
            WrongSecret.WebhookSecret => await ShowAsync(l["It begins with whsec_. While you change it, write both, with a comma."], cancel),
        };
    }

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostRemoveAsync()
    {
        await chooseAccount.RemoveAsync(Organization, HttpContext.Staff().Name);
        return Redirect(Address);
    }

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostPlanAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        TypedRate = form["tax"].ToString().Trim();
        bool read = decimal.TryParse(TypedRate.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent) & int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out int days);
        var plan = new BillingPlan { Runs = form["runs"] == "yes", Anniversary = form["rhythm"] == "anniversary", TaxRate = percent is >= 0 and <= 100 ? (int)(percent * 1000) : -1, DueDays = days };
        if (!read || !plan.IsPossible) return await ShowAsync(l["A tax rate is from 0 to 50, and 0 to 90 days are given to pay."], cancel, plan);
        await runBilling.SaveAsync(Organization, plan, HttpContext.Staff().Name);
        signal.Set();
        return Redirect($"{Address}?done=plan");
    }

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostLimitAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        string limit = form["limit"].ToString().Trim();
        return await limitRefunds.RunAsync(Organization, limit, HttpContext.Staff().Name, cancel)
            ? Redirect($"{Address}?done=limit") : await ShowAsync(l["Write the limit as a sum, such as 500 or 49.90. Leave it empty for none."], cancel, limit: limit);
    }

    private async Task<IActionResult> ShowAsync(string? problem, CancellationToken cancel, BillingPlan? typed = null, string? limit = null)
    {
        var set = await limitRefunds.FindAsync(Organization, cancel);
        Currency = set?.Currency ?? await limitRefunds.CurrencyAsync(Organization, cancel);
        TypedLimit = limit ?? (set is null ? "" : new Money(set.Amount, set.Currency).Typed);
        Plan = typed ?? await runBilling.PlanAsync(Organization, cancel);
        if (typed is null) TypedRate = (Plan.TaxRate / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
        (Own, Account) = (await accounts.OwnAsync(Organization), await accounts.ForAsync(Organization));
        if (problem is not null) (Problem, Response.StatusCode) = (problem, StatusCodes.Status400BadRequest);
        return Page();
    }
}
