using System.Collections.Concurrent;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Storefronts;

/// <summary>
/// What a sender's domain lacks, as far as it is known: nobody waits for a name server. What is not known, or ten minutes old, is asked
/// for aside, and known the next time.
/// </summary>
public sealed class SenderHealth(SenderRecords records, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    /// <summary>Above this the cache starts anew.</summary>
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<string, Answer> known = new(StringComparer.Ordinal);

    /// <returns>The names of missing records: SPF, DMARC.</returns>
    public IReadOnlyList<string> Lacks(Storefront storefront)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(storefront.SenderAddress, out var answer) && now - answer.AskedAt < Kept) return answer.Lacks;
        if (known.Count >= MostKept) known.Clear();
        var lacks = answer?.Lacks ?? [];
        known[storefront.SenderAddress] = new Answer(now, lacks); // so that one asks
        _ = AskAsync(storefront, now);
        return lacks;
    }

    /// <summary>What no name server answered is not said to be missing.</summary>
    private async Task AskAsync(Storefront storefront, DateTimeOffset now)
    {
        var found = await records.CheckAsync(storefront, CancellationToken.None);
        known[storefront.SenderAddress] = new Answer(now, [.. found.Where(f => f.Value == false).Select(f => f.Key.ToString().ToUpperInvariant())]);
    }

    private sealed record Answer(DateTimeOffset AskedAt, IReadOnlyList<string> Lacks);
}
