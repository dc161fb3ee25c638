using Dapper;
using Latchkey.Features.SignUps;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Subscriptions;

/// <summary>Staff start a rental, subscription or membership for a customer. What it costs until the next billing run is the billing run's to ask for.</summary>
public sealed class StartSubscription(Database database, HoldUnit holdUnit, StorefrontDirectory storefronts, ActivityLog activity, TimeProvider clock)
{
    /// <summary>Whom it is for, and what can be started for them; null when there is no such contact.</summary>
    public async Task<Startable?> FindAsync(Guid organizationId, Guid contactId, CancellationToken cancel)
    {
        var contact = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Startable>(new CommandDefinition(HoldingSql.Contact, new { organizationId, contactId }, cancellationToken: cancel)), cancel);
        if (contact is null || await storefronts.ByKeyAsync(new StorefrontKey(organizationId, contact.StorefrontId), cancel) is not { } storefront) return null;
        var types = await database.ReadAsync(c => c.QueryAsync<StartableType>(new CommandDefinition(
            HoldingSql.Types, new { organizationId, storefrontId = contact.StorefrontId, now = clock.GetUtcNow() }, cancellationToken: cancel)), cancel);
        return contact with { Types = [.. types], Storefront = storefront };
    }

    /// <returns>The subscription; null when no unit of the type is free.</returns>
    public Task<Guid?> RunAsync(Startable contact, StartableType type, DateOnly startsOn, string staff, CancellationToken cancel) => database.WriteAsync<Guid?>(async t =>
    {
        var (storefront, now, organizationId) = (contact.Storefront!, clock.GetUtcNow(), contact.Storefront!.OrganizationId);
        var id = Guid.CreateVersion7(now);
        Guid? unitId = null;
        if (storefront.Vocabulary == Vocabulary.Rental)
        {
            unitId = await holdUnit.RunAsync(t, storefront, id, type.Id, null, now + HoldUnit.Step);
            if (unitId is null || await t.Connection!.ExecuteAsync(HoldingSql.Take, new { organizationId, unitId, id }, t) == 0) return null;
        }
        await t.Connection!.ExecuteAsync(HoldingSql.Start, new
        {
            organizationId, id, contactId = contact.Id, facilityId = type.FacilityId, kind = SignUpWords.Kind(storefront.Vocabulary), name = type.Name, unitId,
            price = type.Price, currency = type.Currency, startsOn = IsoDay.Of(startsOn),
        }, t);
        await activity.AppendAsync(t, new Happened(organizationId, ActivityType.STAFF, "subscription started")
        {
            StorefrontId = storefront.Id,
            ContactId = contact.Id,
            SubjectId = id,
            Actor = staff,
            Detail = $"{type.Name}, {IsoDay.Of(startsOn)}",
        });
        return id;
    }, cancel);
}

/// <summary>Somebody for whom something can be started.</summary>
public sealed record Startable
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required string FullName { get; init; }
    public Storefront? Storefront { get; init; }
    public IReadOnlyList<StartableType> Types { get; init; } = [];
}

public sealed record StartableType
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required long Price { get; init; }
    public required string Currency { get; init; }
    public required Guid FacilityId { get; init; }
    public required string Facility { get; init; }
    public required long Free { get; init; }
}
