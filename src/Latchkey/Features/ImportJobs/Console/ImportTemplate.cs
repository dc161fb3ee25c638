using System.Globalization;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.ImportJobs.Console;

/// <summary>A file to begin with, in the reader's language: the columns that an import knows, and a customer as an example.</summary>
internal static class ImportTemplate
{
    /// <param name="l">The names of the columns.</param>
    /// <param name="sold">What the storefronts sell: rentals have a unit, the others a plan.</param>
    public static string Of(IStringLocalizer<Texts> l, IReadOnlyCollection<Vocabulary> sold)
    {
        bool isFrench = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";
        List<(ContactField Field, string Example)> columns =
        [
            (ContactField.Name, "Ann Archer"), (ContactField.Email, "ann@example.com"), (ContactField.Phone, "514 555-0100"), (ContactField.ExternalId, "1001"),
            (ContactField.Locale, isFrench ? "fr" : "en"), (ContactField.Facility, "Riverside"),
        ];
        if (sold.Contains(Vocabulary.Rental)) columns.AddRange([(ContactField.Unit, "A12"), (ContactField.UnitType, "5 × 10")]);
        if (sold.Any(v => v != Vocabulary.Rental)) columns.Add((ContactField.Plan, "Premium"));
        columns.AddRange([(ContactField.Price, isFrench ? "89,00" : "89.00"), (ContactField.Currency, "USD"), (ContactField.StartDate, "2026-03-31")]);
        // Where the comma stands before decimals, spreadsheets take the semicolon for what separates cells.
        char delimiter = isFrench ? ';' : ',';
        return $"{string.Join(delimiter, columns.Select(c => ImportWords.Field(l, c.Field)))}\r\n{string.Join(delimiter, columns.Select(c => c.Example))}\r\n";
    }
}
