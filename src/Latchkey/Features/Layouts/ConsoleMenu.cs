using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Layouts;

/// <summary>Where the console's side bar leads.</summary>
public static class ConsoleMenu
{
    public static IReadOnlyList<ConsoleMenuEntry> Entries { get; } =
    [
        new("/console", "home", Permission.See, l => l["Home"]),
        new("/console/why", "question", Permission.See, l => l["Why no sign-in"]),
        new("/console/weather", "weather", Permission.See, l => l["Sign-in weather"]),
        new("/console/contacts", "user", Permission.See, l => l["Contacts"]),
        new("/console/customers", "door", Permission.See, l => l["Customers"]),
        new("/console/subscriptions", "box", Permission.See, l => l["Subscriptions"]),
        new("/console/invoices", "invoice", Permission.See, l => l["Invoices"]),
        new("/console/payments", "card", Permission.See, l => l["Payments"]),
        new("/console/revenue", "chart", Permission.See, l => l["Revenue"]),
        new("/console/import", "upload", Permission.See, l => l["Import"]),
        new("/console/units", "grid", Permission.See, l => l["Units and plans"]),
        new("/console/facilities", "mail", Permission.See, l => l["Emails"]),
        new("/console/activity", "list", Permission.See, l => l["Activity log"]),
        new("/console/approvals", "approve", Permission.See, l => l["Approvals"]),
        new("/console/storefronts", "gear", Permission.See, l => l["Settings"]),
        new("/console/team", "team", Permission.See, l => l["Team"]),
    ];

    public static string Role(IStringLocalizer<Texts> l, StaffRole role) => role switch
    {
        StaffRole.Owner => l["Owner"],
        StaffRole.Manager => l["Manager"],
        StaffRole.Staff => l["Staff (view only)"],
        StaffRole.Support => l["Support"],
    };
}

/// <param name="Path">The page.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Needs">Who sees the entry.</param>
/// <param name="Label">Its word.</param>
public sealed record ConsoleMenuEntry(string Path, string Icon, Permission Needs, Func<IStringLocalizer<Texts>, string> Label);
