using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;

namespace Latchkey.Features.Contacts;

/// <summary>What became of a link that staff sent: on its way, arrived, opened, used.</summary>
public sealed class FollowLink(Database database, TimeProvider clock)
{
    /// <summary>A mail server that has taken a mail says nothing more; then the page stops asking.</summary>
    private static readonly TimeSpan WatchedFor = TimeSpan.FromMinutes(5);

    /// <returns>Null when no such link was sent to this contact.</returns>
    public Task<SentLink?> RunAsync(Guid organizationId, Guid contactId, Guid requestId, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var of = new { organizationId, id = contactId, requestId };
        var request = await c.QuerySingleOrDefaultAsync<Request>(new CommandDefinition(MailOfContactSql.Request, of, cancellationToken: cancel));
        if (request is null) return null;
        var mails = (await c.QueryAsync<ContactMail>(new CommandDefinition(MailOfContactSql.OfRequest, of, cancellationToken: cancel))).AsList();
        var now = clock.GetUtcNow();
        bool isUsed = request.RedeemedAt is not null || request.RevokedAt is not null;
        return new SentLink
        {
            RequestId = requestId,
            AskedAt = request.LastAskedAt,
            Mails = mails,
            OpenedAt = request.OpenedAt,
            RedeemedAt = request.RedeemedAt,
            IsRevoked = request.RevokedAt is not null,
            IsOver = isUsed || (mails.Count > 0 && mails.All(m => m.Status == MailStatus.Failed)) || now - request.LastAskedAt > WatchedFor,
        };
    }, cancel);

    private sealed record Request
    {
        public required DateTimeOffset LastAskedAt { get; init; }
        public DateTimeOffset? OpenedAt { get; init; }
        public DateTimeOffset? RedeemedAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
    }
}

public sealed record SentLink
{
    public required Guid RequestId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required IReadOnlyList<ContactMail> Mails { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public DateTimeOffset? RedeemedAt { get; init; }
    public required bool IsRevoked { get; init; }
    /// <summary>Whether nothing more is to be expected.</summary>
    public required bool IsOver { get; init; }
}
