using System.Text.Json;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Contacts.Console;

/// <summary>What the log says of a customer's details, in the reader's language.</summary>
internal static class ChangeWords
{
    /// <summary>What changed, field by field: before → after.</summary>
    public static IEnumerable<string> Of(IStringLocalizer<Texts> l, string? changes)
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
