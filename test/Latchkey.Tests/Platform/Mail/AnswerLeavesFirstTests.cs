using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Latchkey.Hosting;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Latchkey.Tests.Platform.Mail;

/// <summary>How long an ask takes to be answered must not show whether its address is known: the work for it begins after the answer left.</summary>
public sealed class AnswerLeavesFirstTests
{
    [Fact]
    public async Task Before_what_it_woke_begins()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var opened = database.Open();
        var signal = new Signal();
        using var worker = new Recorder(opened, signal);
        await worker.StartAsync(CancellationToken.None);
        // Just after a look of its own, so that the next one is not the one that it takes each second.
        while (Stopwatch.GetElapsedTime(await worker.NextLookAsync()) > TimeSpan.FromMilliseconds(200)) continue;
        long woken = Stopwatch.GetTimestamp();

        signal.Set();

        Stopwatch.GetElapsedTime(woken, await worker.NextLookAsync()).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(3)); // timers may be early by a tick
        await worker.StopAsync(CancellationToken.None);
    }

    /// <summary>What is woken by payments, and by staff: the work says nothing about an address that somebody typed.</summary>
    private static readonly string[] OfNoAddress = ["MoneyClock", "ImportWorker"];

    [Fact]
    public void Whatever_a_page_wakes() =>
        typeof(PortalHost).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(BackgroundService)) && IsWokenBySignal(t) && !OfNoAddress.Contains(t.Name))
            .ShouldAllBe(t => t.IsSubclassOf(typeof(AnswersByMail)));

    private static bool IsWokenBySignal(Type worker) =>
        worker.GetConstructors().Any(c => c.GetParameters().Any(p => typeof(Signal).IsAssignableFrom(p.ParameterType)));

    private sealed class Recorder(Database database, Signal signal)
        : AnswersByMail(database, new Outbox(database, TimeProvider.System), signal, NullLogger.Instance)
    {
        private readonly Channel<long> looks = Channel.CreateUnbounded<long>();

        public async Task<long> NextLookAsync() => await looks.Reader.ReadAsync(TestContext.Current.CancellationToken);

        protected override Task<AnsweredAsks> AnswerAsync(DbTransaction transaction, int most)
        {
            looks.Writer.TryWrite(Stopwatch.GetTimestamp());
            return Task.FromResult(new AnsweredAsks(0, []));
        }
    }
}
