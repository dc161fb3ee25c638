using System.Text.Json;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Account;

/// <summary>Saves name, phone and language: on the account, and name and phone on its contacts too. What was not touched stays as it is.</summary>
public sealed class SaveProfile(Database database, LinkedContacts contacts, ActivityLog activity)
{
    private const string Event = "details changed by the customer";

    /// <param name="storefront">The customer's storefront.</param>
    /// <param name="before">What the form was filled with.</param>
    /// <param name="after">What came back.</param>
    /// <param name="cancel">Cancels the saving.</param>
    public Task RunAsync(Storefront storefront, Profile before, Profile after, CancellationToken cancel) => after == before ? Task.CompletedTask : database.WriteAsync(async t =>
    {
        bool renamed = after.FullName != before.FullName, renumbered = after.Phone != before.Phone;
        await t.Connection!.ExecuteAsync(ProfileSql.Save,
            new { storefront.OrganizationId, StorefrontId = storefront.Id, before.Id, after.FullName, renamed, after.Phone, renumbered, after.Locale }, t);
        await contacts.ChangeAsync(t, storefront, before.Id, Event,
            c => c with { FullName = renamed ? after.FullName! : c.FullName, Phone = renumbered ? after.Phone : c.Phone });
        await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, Event)
        {
            StorefrontId = storefront.Id,
            AccountId = before.Id,
            Detail = JsonSerializer.Serialize(new { fullName = new[] { before.FullName, after.FullName }, phone = new[] { before.Phone, after.Phone }, locale = new[] { before.Locale, after.Locale } }),
        });
    }, cancel);
}
