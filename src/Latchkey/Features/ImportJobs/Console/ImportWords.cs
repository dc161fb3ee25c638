using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.ImportJobs.Console;

/// <summary>Imports in words.</summary>
internal static class ImportWords
{
    /// <summary>In the order somebody would look for them in.</summary>
    public static IReadOnlyList<ContactField> Fields { get; } =
    [
        ContactField.Name, ContactField.FirstName, ContactField.LastName, ContactField.Email, ContactField.Phone, ContactField.ExternalId, ContactField.Locale, ContactField.Facility,
        ContactField.Unit, ContactField.UnitType, ContactField.Plan, ContactField.Price, ContactField.Currency, ContactField.StartDate, ContactField.PasswordHash, ContactField.Reason,
    ];

    public static string Field(IStringLocalizer<Texts> l, ContactField field) => field switch
    {
        ContactField.Name => l["Full name"],
        ContactField.FirstName => l["First name"],
        ContactField.LastName => l["Last name"],
        ContactField.Email => l["Email"],
        ContactField.Phone => l["Phone"],
        ContactField.ExternalId => l["Customer number"],
        ContactField.Locale => l["Language"],
        ContactField.Facility => l["Facility"],
        ContactField.Unit => l["Unit"],
        ContactField.UnitType => l["Unit type"],
        ContactField.Plan => l["Plan"],
        ContactField.Price => l["Price a month"],
        ContactField.Currency => l["Currency"],
        ContactField.StartDate => l["Start date"],
        ContactField.PasswordHash => l["Password of the other system (hash)"],
        ContactField.Reason => l["Reason of an earlier import (not read)"],
        ContactField.Unused => l["Leave out"],
    };

    public static (string Word, string Colour, string Icon) State(IStringLocalizer<Texts> l, ImportState state) => state switch
    {
        ImportState.Uploaded => (l["Not started"], "neutral", "none"),
        ImportState.Checking => (l["Being checked"], "info", "clock"),
        ImportState.Checked => (l["Checked, not imported"], "info", "none"),
        ImportState.Running => (l["Importing"], "info", "clock"),
        ImportState.Stopped => (l["Stopped"], "warning", "alert"),
        ImportState.Done => (l["Imported"], "success", "check"),
        ImportState.Undoing => (l["Being undone"], "info", "clock"),
        ImportState.Undone => (l["Undone"], "neutral", "repeat"),
    };

    /// <summary>Why undoing left a customer as they are.</summary>
    public static string Kept(IStringLocalizer<Texts> l, string outcome) => outcome switch
    {
        "edited" => l["Changed since the import."],
        "linked" => l["Has another portal account by now."],
        "rents" => l["Has a rental or subscription that is not from this import, or has ended one."],
        "signed in" => l["Has signed in since."],
        _ => l["Has something else by now, such as an invoice."],
    };
}
