using System.Data.Common;
using System.Globalization;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Bench;

/// <summary>
/// One storefront <c>bench</c> and its customers, <c>user{n}@example.test</c>: each a proven account with one contact who rents one unit.
/// Limits are off, as in every program measured beside this one.
/// </summary>
internal sealed class Seed(Database database, TimeProvider clock)
{
    public const string Slug = "bench";

    public async Task RunAsync(int accounts)
    {
        await new Migrator(database, clock).RunAsync();
        await database.WriteAsync(t => WriteAsync(t, accounts));
        await database.TidyAsync("organization", "storefront", "facility", "unit_type", "unit", "contact", "account", "account_contact", "subscription");
    }

    private async Task WriteAsync(DbTransaction transaction, int accounts)
    {
        var now = clock.GetUtcNow();
        Guid organization = New(now), storefront = New(now), facility = New(now), unitType = New(now);
        // Customers came one a minute: the ids rise as they do in a database that grew.
        var customers = Enumerable.Range(0, accounts).Select(n => (n, at: now.AddMinutes(n - accounts)))
            .Select(c => (c.n, c.at, account: New(c.at), contact: New(c.at), unit: New(c.at), subscription: New(c.at))).ToList();

        await transaction.InsertAsync("organization", "id, name, created_at", [[organization, "Bench", now]]);
        await transaction.InsertAsync("storefront",
            "organization_id, id, slug, name, locale, vocabulary, brand_hue, sender_name, sender_address, help_email, policy, created_at",
            [[organization, storefront, Slug, "Bench Storage", "en", nameof(Vocabulary.Rental), 222, "Bench Storage", "portal@bench.example", "help@bench.example",
                PolicyJson.Write(SignInPolicy.Storage with { Limits = SignInLimits.Off }), now]]);
        await transaction.InsertAsync("facility", "organization_id, id, storefront_id, name, address, phone, created_at",
            [[organization, facility, storefront, "Riverside", "12 Quay Street", "555 0100", now]]);
        await transaction.InsertAsync("unit_type", "organization_id, id, facility_id, name, price, currency",
            [[organization, unitType, facility, "5 m²", 8900L, "USD"]]);
        await transaction.InsertAsync("unit", "organization_id, id, facility_id, unit_type_id, number, state",
            customers.Select(c => new object?[] { organization, c.unit, facility, unitType, Number(c.n), "occupied" }));
        await transaction.InsertAsync("contact", "organization_id, id, storefront_id, facility_id, full_name, email, phone, linked, created_at, updated_at",
            customers.Select(c => new object?[] { organization, c.contact, storefront, facility, $"Customer {c.n}", Email(c.n), "+1 555 0140", true, c.at, c.at }));
        await transaction.InsertAsync("account", "organization_id, id, storefront_id, email, state, created_at, proven_at",
            customers.Select(c => new object?[] { organization, c.account, storefront, Email(c.n), "proven", c.at, c.at }));
        await transaction.InsertAsync("account_contact", "organization_id, account_id, contact_id, linked_at, linked_by",
            customers.Select(c => new object?[] { organization, c.account, c.contact, c.at, "import" }));
        await transaction.InsertAsync("subscription", "organization_id, id, contact_id, facility_id, kind, name, unit_id, price, currency, started_on",
            customers.Select(c => new object?[] { organization, c.subscription, c.contact, facility, "rental", "5 m²", c.unit, 8900L, "USD", "2026-03-01" }));
    }

    private static Guid New(DateTimeOffset at) => Guid.CreateVersion7(at);

    private static string Email(int n) => string.Create(CultureInfo.InvariantCulture, $"user{n}@example.test");

    private static string Number(int n) => string.Create(CultureInfo.InvariantCulture, $"A{n}");
}
