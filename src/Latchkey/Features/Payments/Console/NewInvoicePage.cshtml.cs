using System.Globalization;
using Latchkey.Features.Contacts;
using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Console;

/// <summary>An invoice written by hand.</summary>
[Needs(Permission.Act)]
public sealed class NewInvoicePageModel(FindContact findContact, WriteInvoice writeInvoice, AddMethod addMethod, ReadInvoices readInvoices, IStringLocalizer<Texts> l) : PageModel
{
    public const int Rows = 4;

    public ContactRecord Contact { get; private set; } = null!;
    public string Currency { get; private set; } = "USD";
    public string? Problem { get; private set; }
    public IReadOnlyList<(string Description, string Quantity, string Amount)> Typed { get; private set; } = [.. Enumerable.Repeat(("", "1", ""), Rows)];
    public string Tax { get; private set; } = "0";
    public string Due { get; private set; } = "";
    public bool Send { get; private set; } = true;

    public async Task<IActionResult> OnGetAsync(Guid contact, CancellationToken cancel)
    {
        Due = Platform.Data.IsoDay.Of(readInvoices.Today.AddDays(10));
        return await FindAsync(contact, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid contact, CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (!await FindAsync(contact, cancel)) return NotFound();
        string Read(Microsoft.Extensions.Primitives.StringValues values, int i) => (values.Count > i ? values[i] ?? "" : "").Replace("\0", "", StringComparison.Ordinal).Trim();
        Typed = [.. Enumerable.Range(0, Rows).Select(i => (Read(form["description"], i), Read(form["quantity"], i), Read(form["amount"], i)))];
        (Tax, Due, Send) = (Read(form["tax"], 0), Read(form["due"], 0), form["send"] == "yes");
        var lines = Typed.Where(t => t.Description.Length > 0 || t.Amount.Length > 0).Select(Line).ToList();
        if (lines.Count == 0 || lines.Contains(null)) return Refuse(l["Each line needs a description of up to 200 characters, a whole quantity and an amount such as 12.50."]);
        if (Platform.Data.IsoDay.TryRead(Due) is not { } due || due < readInvoices.Today.AddYears(-1) || due > readInvoices.Today.AddYears(1)) return Refuse(l["Choose a day to pay by, within a year."]);
        var made = await writeInvoice.RunAsync(new NewInvoice
        {
            OrganizationId = HttpContext.Staff().OrganizationId, StorefrontId = Contact.Storefront.Id, ContactId = contact, Currency = Currency, Lines = [.. lines.OfType<NewLine>()], DueOn = due,
            Staff = HttpContext.Staff().Name,
        }, Send, cancel);
        return made is { } id ? Redirect($"/console/invoices/{id}") : Refuse(l["The total must be between zero and 999,998.99."]);
    }

    private NewLine? Line((string Description, string Quantity, string Amount) typed) =>
        typed.Description.Length is > 0 and <= 200
        && int.TryParse(typed.Quantity, NumberStyles.None, CultureInfo.InvariantCulture, out int quantity) && quantity is >= 1 and <= 10_000
        && Decimal(typed.Amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint) is { } major && Math.Abs(major) < 1_000_000 && Money.OfMajor(major, Currency) is { } amount
        && Decimal(Tax, NumberStyles.AllowDecimalPoint) is >= 0 and <= 50 and var percent
            ? new NewLine(typed.Description, quantity, amount.Minor, (int)(percent * 1000)) : null;

    private static decimal? Decimal(string typed, NumberStyles styles) => decimal.TryParse(typed.Replace(',', '.'), styles, CultureInfo.InvariantCulture, out decimal read) ? read : null;

    private PageResult Refuse(string problem)
    {
        (Problem, Response.StatusCode) = (problem, StatusCodes.Status400BadRequest);
        return Page();
    }

    private async Task<bool> FindAsync(Guid contact, CancellationToken cancel)
    {
        if (await findContact.RunAsync(HttpContext.Staff().OrganizationId, contact, cancel) is not { } found) return false;
        (Contact, Currency) = (found, await addMethod.CurrencyAsync(found.Storefront, cancel));
        return true;
    }
}
