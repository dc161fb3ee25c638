using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>A durable limit for what the host counts, in the same buckets as asking and typing codes.</summary>
/// <param name="clock">The one clock.</param>
public sealed class Brake(TimeProvider clock)
{
    /// <summary>Uses one up, if there is one.</summary>
    /// <param name="transaction">Commit it whatever comes back: refusals count too.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="bucket">What is limited; a name that the engine does not use.</param>
    /// <param name="key">For whom it is counted. No address in plain.</param>
    /// <param name="limit">How often.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>False when the limit is reached.</returns>
    public async Task<bool> TakeAsync(DbTransaction transaction, StorefrontKey where, string bucket, string key, Limit limit, CancellationToken cancel = default) =>
        await Throttles.ChargeAsync(transaction, clock.GetUtcNow(), [new Charge(where, bucket, key, limit)], cancel) is null;
}
