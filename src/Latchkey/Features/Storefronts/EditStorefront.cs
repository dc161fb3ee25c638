using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Storefronts;

/// <summary>Changes a storefront's name, look, language, sender and help lines. It holds on every node within two seconds.</summary>
public sealed class EditStorefront(Database database, StorefrontDirectory storefronts, ActivityLog activity)
{
    /// <param name="before">The storefront the change was made on.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="by">Who changes it: goes into the record.</param>
    /// <param name="cancel">Cancels the work.</param>
    /// <returns>False when somebody else changed it meanwhile.</returns>
    public async Task<bool> RunAsync(Storefront before, Storefront after, string by, CancellationToken cancel)
    {
        var changes = Changes(before, after);
        if (changes.Count == 0) return true;
        bool saved = await database.WriteAsync(async t =>
        {
            int rows = await t.Connection!.ExecuteAsync(SettingsSql.Edit, new
            {
                before.OrganizationId, before.Id, before.Version, after.Name, after.Locale, vocabulary = after.Vocabulary.ToString(), after.BrandHue,
                after.SenderName, after.SenderAddress, after.HelpEmail, after.HelpPhone, after.CallingCode,
            }, t);
            if (rows == 0) return false;
            await activity.AppendAsync(t, new Happened(before.OrganizationId, ActivityType.STAFF, "storefront changed") { StorefrontId = before.Id, Actor = by, Changes = changes });
            return true;
        }, cancel);
        storefronts.Forget();
        return saved;
    }

    private static Dictionary<string, string?[]> Changes(Storefront before, Storefront after) => new (string Field, string? Before, string? After)[]
    {
        ("name", before.Name, after.Name),
        ("locale", before.Locale, after.Locale),
        ("vocabulary", before.Vocabulary.ToString(), after.Vocabulary.ToString()),
        ("hue", $"{before.BrandHue}", $"{after.BrandHue}"),
        ("sender", $"{before.SenderName} <{before.SenderAddress}>", $"{after.SenderName} <{after.SenderAddress}>"),
        ("help email", before.HelpEmail, after.HelpEmail),
        ("help phone", before.HelpPhone, after.HelpPhone),
        ("calling code", before.CallingCode, after.CallingCode),
    }.Where(c => c.Before != c.After).ToDictionary(c => c.Field, c => new[] { c.Before, c.After }, StringComparer.Ordinal);
}
