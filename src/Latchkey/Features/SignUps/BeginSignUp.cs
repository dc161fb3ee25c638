using System.Data.Common;
using System.Globalization;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignUps;

/// <summary>Somebody chooses what to rent or subscribe to: a unit is held from here on. Choosing again changes the same sign-up.</summary>
public sealed class BeginSignUp(Database database, HoldUnit holdUnit, Brake brake, TimeProvider clock)
{
    /// <summary>Per network: whoever holds unit after unit keeps them from others.</summary>
    private static readonly Limit Holds = new(30, TimeSpan.FromMinutes(2));

    /// <param name="storefront">The storefront.</param>
    /// <param name="unitTypeId">What was chosen.</param>
    /// <param name="before">What the browser is about already.</param>
    /// <param name="ip">The requester's address, for the limit.</param>
    /// <param name="cancel">Cancels the work.</param>
    public Task<BegunSignUp> RunAsync(Storefront storefront, Guid unitTypeId, SignUp? before, string? ip, CancellationToken cancel)
    {
        string locale = CultureInfo.CurrentUICulture.Name; // of the page: the work below may run anywhere
        return database.WriteAsync(t => RunAsync(t, storefront, unitTypeId, before, ip, locale, cancel), cancel);
    }

    private async Task<BegunSignUp> RunAsync(DbTransaction t, Storefront storefront, Guid unitTypeId, SignUp? before, string? ip, string locale, CancellationToken cancel)
    {
        if (await t.Connection!.QuerySingleOrDefaultAsync<Guid?>(SignUpSql.Type, new { storefront.OrganizationId, StorefrontId = storefront.Id, unitTypeId }, t) is not { } facilityId)
            return new BegunSignUp(BeginOutcome.Unknown, null);
        if (ip is not null && !await brake.TakeAsync(t, storefront.Key, "hold", ip, Holds, cancel)) return new(BeginOutcome.Limited, null);
        return await BeginAsync(t, storefront, facilityId, unitTypeId, before, locale);
    }

    private async Task<BegunSignUp> BeginAsync(DbTransaction transaction, Storefront storefront, Guid facilityId, Guid unitTypeId, SignUp? before, string locale)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        bool goesOn = before is { State: SignUpState.Open };
        var id = goesOn ? before!.Id : Guid.CreateVersion7(now);
        Guid? unitId = null;
        if (storefront.Vocabulary == Vocabulary.Rental)
        {
            unitId = await holdUnit.RunAsync(transaction, storefront, id, unitTypeId, goesOn ? before!.UnitId : null, holdUnit.Until(now));
            if (unitId is null) return new(BeginOutcome.SoldOut, null);
        }
        var secret = goesOn ? null : BrowserSecret.Create();
        var typed = before is null ? null : await connection.QuerySingleOrDefaultAsync<Typed>(
            SignUpSql.TypedAs, new { storefront.OrganizationId, StorefrontId = storefront.Id, id = before.Id }, transaction);
        var stored = await connection.ExecuteAsync(goesOn ? SignUpSql.Choose : SignUpSql.Begin, new
        {
            storefront.OrganizationId,
            StorefrontId = storefront.Id,
            id,
            browser = secret is null ? null : FindSignUp.Hash(secret),
            facilityId,
            unitTypeId,
            unitId,
            startsOn = before?.State == SignUpState.Paying ? typed?.StartsOn : null,
            details = typed?.Details,
            nameHash = typed?.NameHash,
            linkAsked = typed?.LinkAsked ?? false,
            locale,
            now,
        }, transaction);
        return stored == 1 || !goesOn ? new(BeginOutcome.Held, secret) : new(BeginOutcome.Unknown, null);
    }

    private sealed record Typed
    {
        public string? NameHash { get; init; }
        public byte[]? Details { get; init; }
        public bool LinkAsked { get; init; }
        public string? StartsOn { get; init; }
    }
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Secret">The cookie of a new sign-up; null when the browser's own goes on.</param>
public sealed record BegunSignUp(BeginOutcome Outcome, BrowserSecret? Secret);

public enum BeginOutcome
{
    Held,
    /// <summary>Somebody else took the last one.</summary>
    SoldOut,
    /// <summary>It is not offered here.</summary>
    Unknown,
    /// <summary>Too many were held from there.</summary>
    Limited,
}
