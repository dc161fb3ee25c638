using System.Diagnostics;
using System.Globalization;
using Dapper;
using Latchkey.Features.Why;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Bench;

/// <summary>How many diagnoses a second one core makes from facts in memory, and how long near misses take among the contacts of <see cref="Seed"/>.</summary>
internal sealed class WhyBench(Database database, LatchkeySettings settings, TimeProvider clock)
{
    public async Task RunAsync(int rounds)
    {
        Think(rounds);
        var storefront = (await new StorefrontDirectory(database, settings).BySlugAsync(Seed.Slug, CancellationToken.None))!;
        long contacts = await database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from contact where organization_id = @OrganizationId", new { storefront.OrganizationId }));
        var near = new NearMisses(database);
        var times = new List<double>();
        for (int i = 0; i < rounds; i++)
        {
            // One letter too many, two swapped, another domain: none of them is on record.
            string typed = (i % 3) switch { 0 => $"userr{i}@example.test", 1 => $"uesr{i}@example.test", _ => $"user{i}@exmaple.test" };
            var started = Stopwatch.GetTimestamp();
            var found = await near.RunAsync(storefront, SignInName.Of(EmailAddress.Of(typed)), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (found.Count == 0) throw new InvalidOperationException($"{typed} led to nobody.");
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{database.Engine}: near misses among {contacts:N0} contacts: median {times[times.Count / 2]:N1} ms, 95 % {times[times.Count * 95 / 100]:N1} ms, most {times[^1]:N1} ms"));
    }

    private void Think(int rounds)
    {
        var now = clock.GetUtcNow();
        var facts = new DiagnosisFacts
        {
            Now = now,
            Policy = SignInPolicy.New,
            Account = new AccountFacts { Email = "ann@example.com", State = AccountState.Proven, CreatedAt = now.AddDays(-99), LastSignedInAt = now.AddDays(-30) },
            Attempts = [.. Enumerable.Range(0, 10).Select(i => new AttemptFacts { AskedAt = now.AddHours(-i), LastAskedAt = now.AddHours(-i), ExpiresAt = now.AddHours(1 - i), ResolvedAt = now.AddHours(-i), FoundAccount = true })],
            Sessions = [.. Enumerable.Range(1, 5).Select(i => new SessionFacts(now.AddDays(-30 * i), "link", now.AddDays(-29 * i), KeptAt: now.AddDays(-30 * i)))],
        };
        for (int i = 0; i < 10_000; i++) Diagnose.Of(facts);
        int times = Math.Max(rounds, 100_000);
        var started = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++) Diagnose.Of(facts);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} diagnoses a second on one core"));
    }
}
