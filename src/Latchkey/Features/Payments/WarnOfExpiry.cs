using System.Globalization;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;

namespace Latchkey.Features.Payments;

/// <summary>Tells customers once that a card of theirs ends this month or the next.</summary>
public sealed class WarnOfExpiry(Database database, MoneyMails mails, Outbox outbox, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var (now, next) = (clock.GetUtcNow(), clock.GetUtcNow().AddMonths(1));
        var cards = await database.ReadAsync(async c => (await c.QueryAsync<Card>(new CommandDefinition(MethodSql.Expiring,
            new { year = now.Year, month = now.Month, nextYear = next.Year, nextMonth = next.Month }, cancellationToken: cancel))).AsList(), cancel);
        foreach (var card in cards)
        {
            string month = string.Create(CultureInfo.InvariantCulture, $"{card.ExpYear:0000}-{card.ExpMonth:00}");
            var written = await database.WriteAsync(async t => await t.Connection!.ExecuteAsync(MethodSql.Warned, new { organization = card.OrganizationId, id = card.Id, month }, t) > 0
                ? await mails.ExpiringAsync(t, card.OrganizationId, card.StorefrontId, card.AccountId, card.Id) : null, cancel);
            if (written is not null) outbox.Announce(written);
        }
    }

    private sealed record Card
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
        public required Guid AccountId { get; init; }
        public required Guid StorefrontId { get; init; }
        public required int ExpMonth { get; init; }
        public required int ExpYear { get; init; }
    }
}
