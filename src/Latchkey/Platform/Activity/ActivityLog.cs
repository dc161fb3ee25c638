using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Latchkey.Platform.Activity;

/// <summary>The append-only log of what happened. A row is written in the transaction of what it tells.</summary>
public sealed class ActivityLog(TimeProvider clock)
{
    private const string Append = """
        insert into activity (organization_id, id, at, type, event, storefront_id, account_id, contact_id, subject_id, actor, detail, changes)
        values (@OrganizationId, @id, @now, @type, @Event, @StorefrontId, @AccountId, @ContactId, @SubjectId, @Actor, @Detail, @changes)
        on conflict (organization_id, id) do nothing
        """;

    public Task AppendAsync(DbTransaction transaction, Happened happened) => AppendOnceAsync(transaction, Guid.CreateVersion7(clock.GetUtcNow()), happened);

    /// <summary>Writes a row under an id that the caller made, unless it is there already.</summary>
    public Task AppendOnceAsync(DbTransaction transaction, Guid id, Happened happened)
    {
        var now = clock.GetUtcNow();
        return transaction.Connection!.ExecuteAsync(Append, new
        {
            happened.OrganizationId,
            id,
            now,
            type = happened.Type.ToString(),
            happened.Event,
            happened.StorefrontId,
            happened.AccountId,
            happened.ContactId,
            happened.SubjectId,
            happened.Actor,
            happened.Detail,
            changes = happened.Changes.Count == 0 ? null : JsonSerializer.Serialize(happened.Changes),
        }, transaction);
    }
}

/// <summary>One thing that happened. Never a token, a code, an address or a card fact.</summary>
public sealed record Happened(Guid OrganizationId, ActivityType Type, string Event)
{
    public Guid? StorefrontId { get; init; }
    public Guid? AccountId { get; init; }
    public Guid? ContactId { get; init; }
    /// <summary>The request, session, mail or import it is about.</summary>
    public Guid? SubjectId { get; init; }
    /// <summary>Who of the staff did it; null: the customer, or the system.</summary>
    public string? Actor { get; init; }
    public string? Detail { get; init; }
    /// <summary>What changed: field, before, after. Mask what is secret.</summary>
    public IReadOnlyDictionary<string, string?[]> Changes { get; init; } = new Dictionary<string, string?[]>(StringComparer.Ordinal);
}

#pragma warning disable CA1707 // the names are the words of the product, as stored and shown
public enum ActivityType
{
    SIGN_IN,
    EMAIL,
    SMS,
    WEBHOOK,
    BILLING,
    STAFF,
    SUPPORT,
    API,
    IMPORT,
}
