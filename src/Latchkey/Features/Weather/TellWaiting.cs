using System.Data.Common;
using Dapper;
using Latchkey.Features.SignIn;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Weather;

/// <summary>
/// Once the weather is over: a fresh sign-in mail to those who waited and got none, each at most once. The claim and the request for the mail
/// are one transaction, so a restart or a second node changes nothing.
/// </summary>
public sealed class TellWaiting(Database database, SendPortalLink sendPortalLink, StorefrontDirectory storefronts, SendLinksSignal signal, TimeProvider clock)
{
    private const int AtOnce = 50;

    public async Task RunAsync(Guid organizationId, CancellationToken cancel)
    {
        var from = TimeIds.First(clock.GetUtcNow() - LookAtWeather.Finishes);
        var over = await database.ReadAsync(async c => (await c.QueryAsync<Noticed>(new CommandDefinition(WeatherSql.Unfinished, new { organizationId, from }, cancellationToken: cancel)))
            .Where(w => w is { OverAt: not null, ToldAt: null, TellBy: not null }).ToList(), cancel);
        foreach (var weather in over)
        {
            while (await database.WriteAsync(t => TellSomeAsync(t, organizationId, weather), cancel) == AtOnce) signal.Set();
            signal.Set();
        }
    }

    /// <returns>How many were claimed.</returns>
    private async Task<int> TellSomeAsync(DbTransaction transaction, Guid organizationId, Noticed weather)
    {
        var of = new { organizationId, id = weather.Id, now = clock.GetUtcNow(), most = AtOnce };
        // Once more: they may have come in since the last look.
        await transaction.Connection!.ExecuteAsync(WeatherSql.SettleIn, of, transaction);
        await transaction.Connection!.ExecuteAsync(WeatherSql.SettleMailed, of, transaction);
        var claimed = (await transaction.Connection!.QueryAsync<Claimed>(WeatherSql.ClaimTold, of, transaction)).AsList();
        foreach (var one in claimed)
        {
            var storefront = await storefronts.ByKeyAsync(new StorefrontKey(organizationId, one.StorefrontId), CancellationToken.None);
            var answer = storefront is null ? PortalLinkOutcome.NoContact : (await sendPortalLink.WithinAsync(transaction, storefront, one.AccountId, weather.TellBy!)).Outcome;
            if (answer != PortalLinkOutcome.Sent)
                await transaction.Connection!.ExecuteAsync(WeatherSql.Outcome, new { organizationId, id = weather.Id, accountId = one.AccountId, outcome = Of(answer).ToString() }, transaction);
        }
        await transaction.Connection!.ExecuteAsync(WeatherSql.Count, of, transaction);
        return claimed.Count;
    }

    private static WaitOutcome Of(PortalLinkOutcome answer) => answer switch
    {
        PortalLinkOutcome.Sent => WaitOutcome.Told,
        PortalLinkOutcome.Limited => WaitOutcome.Limited,
        PortalLinkOutcome.NoContact or PortalLinkOutcome.NoAddress or PortalLinkOutcome.AccountClosed => WaitOutcome.Closed,
    };

    private sealed record Claimed
    {
        public required Guid AccountId { get; init; }
        public required Guid StorefrontId { get; init; }
    }
}
