using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignUps;

/// <summary>
/// A sign-up with the address of an account goes on under it: whoever is signed in has proven the mailbox. Only what was chosen is taken
/// over, and only when they say so; name, number and card of whoever typed it are not.
/// </summary>
public sealed class ResumeSignUp(Database database, SignInKey key, ActivityLog activity, TimeProvider clock)
{
    /// <summary>How long something begun is offered again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    /// <summary>What was begun or paid with the customer's address, the newest first.</summary>
    public Task<IReadOnlyList<ResumableSignUp>> FindAsync(Storefront storefront, LiveSession customer, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ResumableSignUp>>(async c =>
        (await c.QueryAsync<ResumableSignUp>(new CommandDefinition(ResumeSql.Find, Where(storefront, customer), cancellationToken: cancel))).AsList(), cancel);

    /// <summary>Goes on with it in this browser.</summary>
    /// <returns>The cookie; null when there is nothing to go on with.</returns>
    public Task<BrowserSecret?> RunAsync(Storefront storefront, LiveSession customer, Guid id, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var secret = BrowserSecret.Create();
        return await t.Connection!.QuerySingleOrDefaultAsync<Guid?>(ResumeSql.Resume, Where(storefront, customer, id, FindSignUp.Hash(secret)), t) is null ? null : secret;
    }, cancel);

    /// <summary>"This is mine": shows in the customer's portal what was paid for with their address while they were not signed in.</summary>
    /// <returns>False when there is no such thing.</returns>
    public Task<bool> TakeAsync(Storefront storefront, LiveSession customer, Guid id, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var where = Where(storefront, customer, id);
        if (await t.Connection!.QuerySingleOrDefaultAsync<Guid?>(ResumeSql.Paid, where, t) is not { } contactId) return false;
        await t.Connection!.ExecuteAsync(SignUpPaymentSql.Link, new { storefront.OrganizationId, accountId = customer.AccountId, contactId, now = clock.GetUtcNow() }, t);
        await t.Connection!.ExecuteAsync(ResumeSql.Taken, where, t);
        await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, "sign-up taken over by the customer")
        {
            StorefrontId = storefront.Id,
            AccountId = customer.AccountId,
            ContactId = contactId,
            SubjectId = id,
        });
        return true;
    }, cancel);

    private object Where(Storefront storefront, LiveSession customer, Guid id = default, byte[]? browser = null) => new
    {
        storefront.OrganizationId, StorefrontId = storefront.Id, id, browser, accountId = customer.AccountId, name = key.Fingerprint(customer.Email),
        now = clock.GetUtcNow(), since = clock.GetUtcNow() - Kept, off = false,
    };
}

/// <summary>Something begun or paid with an address.</summary>
public sealed record ResumableSignUp
{
    public required Guid Id { get; init; }
    public required SignUpState State { get; init; }
    public required string Type { get; init; }
    public required string Facility { get; init; }
    public string? StartsOn { get; init; }

    public bool IsPaid => State == SignUpState.Done;
}
