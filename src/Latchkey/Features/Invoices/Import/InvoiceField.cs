using Latchkey.Platform.Csv;

namespace Latchkey.Features.Invoices.Import;

/// <summary>What a column of a file of invoices may hold.</summary>
internal enum InvoiceField
{
    /// <summary>The customer's address, or their id in the system the file is from.</summary>
    Customer,
    CustomerId,
    Email,
    Number,
    Issued,
    Due,
    Description,
    /// <summary>With tax.</summary>
    Amount,
    /// <summary>What of the amount is tax.</summary>
    Tax,
    Currency,
    State,
    PaidOn,
    /// <summary>The last column of an error file: read over.</summary>
    Reason,
}

/// <summary>The headers by which a field is known, English and French.</summary>
internal static class InvoiceFields
{
    public static readonly CsvFields<InvoiceField> Headers = new(new Dictionary<InvoiceField, string[]>
    {
        [InvoiceField.Customer] = ["customer", "contact", "client", "tenant", "bill to"],
        [InvoiceField.CustomerId] = ["customer id", "external id", "customer number", "customer no", "account number", "tenant id", "member id", "numéro client", "numéro de client", "no client", "identifiant"],
        [InvoiceField.Email] = ["email", "e-mail", "email address", "customer email", "mail", "courriel", "adresse courriel", "adresse e-mail"],
        [InvoiceField.Number] = ["number", "invoice number", "invoice no", "invoice", "invoice id", "reference", "numéro", "numéro de facture", "no de facture", "facture", "référence"],
        [InvoiceField.Issued] = ["issued", "issued on", "issue date", "invoice date", "date", "date de facture", "date d'émission", "émise le"],
        [InvoiceField.Due] = ["due", "due date", "due on", "échéance", "date d'échéance", "payable le"],
        [InvoiceField.Description] = ["description", "details", "item", "memo", "libellé", "objet", "désignation"],
        [InvoiceField.Amount] = ["amount", "total", "total amount", "invoice total", "montant", "montant total", "total ttc"],
        [InvoiceField.Tax] = ["tax", "taxes", "tax amount", "vat", "gst", "taxe", "tva", "montant des taxes"],
        [InvoiceField.Currency] = ["currency", "devise", "monnaie"],
        [InvoiceField.State] = ["state", "status", "état", "statut"],
        [InvoiceField.PaidOn] = ["paid on", "paid", "paid date", "payment date", "date de paiement", "payée le"],
        [InvoiceField.Reason] = ["reason"],
    }, InvoiceField.Reason);

    private static readonly Dictionary<string, string> States = FoldedText.Meanings(new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["pending"] = ["open", "pending", "unpaid", "due", "overdue", "sent", "outstanding", "ouverte", "ouvert", "impayée", "impayé", "en attente", "en retard", "envoyée"],
        ["paid"] = ["paid", "settled", "closed", "payée", "payé", "réglée", "réglé", "acquittée"],
        ["void"] = ["void", "voided", "cancelled", "canceled", "annulée", "annulé"],
    });

    public static string? StateOf(string text) => States.GetValueOrDefault(FoldedText.Of(text));
}
