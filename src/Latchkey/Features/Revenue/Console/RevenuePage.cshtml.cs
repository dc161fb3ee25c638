using Latchkey.Platform;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Revenue.Console;

/// <summary>What came in and what is owed, to look at.</summary>
public sealed class RevenuePageModel(RevenueReport report, IStringLocalizer<Texts> l) : PageModel
{
    public const string Address = "/console/revenue";

    public IReadOnlyList<CurrencyRevenue> Currencies { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Currencies = await report.RunAsync(HttpContext.Staff().OrganizationId, cancel);

    public MoneyBars Received(CurrencyRevenue of) => new(l["Received, month by month"], l["Month"],
        [.. of.Months.Select(m => new MoneyBar(Dates.Month(m.Month), null, new Money(m.Amount, of.Currency), "received"))]);

    public MoneyBars Unpaid(CurrencyRevenue of) => new(l["Not paid yet"], l["Due"],
        [.. of.Unpaid.Select(u => new MoneyBar(Word(u.Ageing), u.Invoices, new Money(u.Amount, of.Currency), u.Ageing == Ageing.NotYetDue ? "waiting" : "late"))]);

    private string Word(Ageing ageing) => ageing switch
    {
        Ageing.NotYetDue => l["Not due yet"],
        Ageing.UpTo30Days => l["1 to 30 days ago"],
        Ageing.UpTo60Days => l["31 to 60 days ago"],
        Ageing.UpTo90Days => l["61 to 90 days ago"],
        Ageing.Older => l["More than 90 days ago"],
    };
}

/// <summary>Amounts beside each other, as bars and as a table.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Of">What each is of.</param>
/// <param name="Bars">In their order.</param>
public sealed record MoneyBars(string Title, string Of, IReadOnlyList<MoneyBar> Bars)
{
    public const int Width = 600;

    /// <summary>In the chart's units; of the longest, which is as wide as there is room.</summary>
    public long WidthOf(MoneyBar bar) => Most == 0 ? 0 : Math.Max(0, bar.Amount.Minor) * Width / Most;

    public bool IsEmpty => Bars.All(b => b.Amount.Minor == 0);

    private long Most => Bars.Max(b => b.Amount.Minor);
}

/// <param name="Label">What it is of.</param>
/// <param name="Number">How many it is the sum of, where that matters.</param>
/// <param name="Amount">How much.</param>
/// <param name="Kind">The class that gives it its colour.</param>
public sealed record MoneyBar(string Label, long? Number, Money Amount, string Kind);
