using System.Text.Json;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Contacts.Console;

/// <summary>What the log says of a customer, in the reader's language.</summary>
internal static class EventWords
{
    /// <summary>What has no words yet is shown as the log keeps it.</summary>
    public static string Of(IStringLocalizer<Texts> l, string happened) => happened switch
    {
        "sent the portal link" => l["Portal link sent"],
        "copied a magic link" => l["Magic link copied"],
        "contact edited" => l["Contact edited"],
        "email changed by staff" => l["Email changed by the team"],
        "email changed" or "email changed by the customer" => l["Email changed by the customer"],
        "email change undone" => l["Change of email undone"],
        "change of email asked for" => l["Change of email asked for"],
        "change of email cancelled" => l["Change of email cancelled"],
        "details changed by the customer" => l["Details changed by the customer"],
        "sessions revoked" => l["Sessions revoked"],
        "account disabled" => l["Account disabled"],
        "account enabled" => l["Account enabled"],
        "account merged" => l["Accounts merged"],
        "approval requested" => l["Approval requested"],
        "approval rejected" => l["Approval rejected"],
        "take-over approved" => l["Take-over approved"],
        "account reset" => l["Account reset"],
        "contact linked" => l["Contact linked"],
        "contact unlinked" => l["Contact unlinked"],
        "address taken over" => l["Address taken over"],
        "merge undone" => l["Merge undone"],
        "address confirmed" => l["Address confirmed"],
        "signed in by link" => l["Signed in by link"],
        "signed in by code" => l["Signed in by code"],
        "signed in by passkey" => l["Signed in with a passkey"],
        "signed in by password" => l["Signed in with a password"],
        "signed in by staff link" => l["Opened by the team"],
        "signed out" or "signed out a device" or "signed out all devices" or "signed out all other devices" => l["Signed out"],
        "cookie not kept" => l["Their browser did not keep the sign-in"],
        "password refused" => l["Password refused"],
        _ => happened,
    };

    /// <summary>What changed, field by field: before → after.</summary>
    public static IEnumerable<string> Changes(IStringLocalizer<Texts> l, string? changes)
    {
        if (changes is null) yield break;
        foreach (var (field, values) in JsonSerializer.Deserialize<Dictionary<string, string?[]>>(changes)!)
        {
            // A facility is an id in the log: that it changed is all that words can say.
            if (field == "facility") yield return l["Facility"];
            else if (values is [var before, var after]) yield return $"{Field(l, field)}: {before ?? "–"} → {after ?? "–"}";
        }
    }

    private static string Field(IStringLocalizer<Texts> l, string field) => field switch
    {
        "name" => l["Name"],
        "email" => l["Email"],
        "phone" => l["Phone"],
        "language" => l["Language"],
        _ => field,
    };
}
