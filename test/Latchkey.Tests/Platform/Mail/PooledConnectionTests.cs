using System.Collections.Concurrent;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Smtp;
using Latchkey.Tests.Platform.Mail.Rig;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class PooledConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mails_one_after_the_other_share_a_connection()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Relay.Transport(server);
        for (var i = 0; i < 10; i++) await ShouldSendAsync(transport);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_is_replaced_after_its_share_of_mails()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = new SmtpTransport(Relay.Settings(server) with { MailsPerConnection = 4 });
        for (var i = 0; i < 10; i++) await ShouldSendAsync(transport);
        server.Connections.ShouldBe(3);
    }

    [Fact]
    public async Task An_idle_connection_is_replaced_by_the_clock()
    {
        var time = new HandClock();
        await using var server = new ScriptedSmtpServer();
        await using var transport = new SmtpTransport(Relay.Settings(server), time);
        await ShouldSendAsync(transport);
        time.Advance(TimeSpan.FromSeconds(29));
        await ShouldSendAsync(transport);
        server.Connections.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(31));
        await ShouldSendAsync(transport);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task An_idle_connection_is_closed_although_no_mail_comes()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = new SmtpTransport(Relay.Settings(server) with { IdleFor = TimeSpan.FromMilliseconds(20) });
        await ShouldSendAsync(transport);
        while (server.Commands.Last() != "QUIT") await Task.Delay(1);
        await ShouldSendAsync(transport);
        server.Connections.ShouldBe(2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("421 4.4.2 idle too long")]
    public async Task A_relay_that_hangs_up_between_mails_goes_unnoticed(string? lastWords)
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Relay.Transport(server);
        await ShouldSendAsync(transport);
        server.CloseConnections(lastWords);
        await ShouldSendAsync(transport);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_pooled_connection_that_dies_before_the_answer_to_MAIL_is_replaced_once()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Mail, ServerAct.Behave, ServerAct.Drop, ServerAct.Behave, ServerAct.Drop);
        await using var transport = Relay.Transport(server);
        await ShouldSendAsync(transport);
        await ShouldSendAsync(transport); // dropped, then sent over the second connection
        server.Connections.ShouldBe(2);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.TryLater); // the fresh one is dropped too
        server.Connections.ShouldBe(3);
        server.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_pooled_connection_that_dies_after_the_answer_to_MAIL_is_not_replaced()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Rcpt, ServerAct.Behave, ServerAct.Drop, ServerAct.Behave);
        await using var transport = Relay.Transport(server);
        await ShouldSendAsync(transport);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.TryLater);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_421_between_mails_ends_that_connection_only()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Mail, ServerAct.Behave, ServerAct.SayAndDrop("421 4.3.2 going down"), ServerAct.Behave);
        await using var transport = Relay.Transport(server);
        await ShouldSendAsync(transport);
        (await transport.SendAsync(Samples.Mail(), Cancel)).ShouldBe(new Handover(HandoverOutcome.TryLater, 421, "4.3.2", "going down"));
        await ShouldSendAsync(transport);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Five_hundred_mails_at_once_arrive_exactly_once_each()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Relay.Transport(server, "starttls=off&connections=5");
        var mails = Enumerable.Range(0, 500).Select(i => Samples.Mail(to: $"customer{i}@example.com", subject: $"Mail {i}")).ToList();
        var outcomes = new ConcurrentBag<HandoverOutcome>();
        await Parallel.ForEachAsync(mails, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Cancel },
            async (mail, cancel) => outcomes.Add((await transport.SendAsync(mail, cancel)).Outcome));
        outcomes.ShouldAllBe(outcome => outcome == HandoverOutcome.Accepted);
        server.Mails.Select(mail => (mail.To, new MailReader(mail.Bytes).Subject)).Order()
            .ShouldBe(mails.Select(mail => ($"<{mail.To.Address}>", mail.Subject)).Order());
        server.Connections.ShouldBeInRange(1, 10); // five at a time, each replaced at most once
    }

    [Fact]
    public async Task Leaving_says_goodbye()
    {
        await using var server = new ScriptedSmtpServer();
        var transport = Relay.Transport(server);
        await ShouldSendAsync(transport);
        await transport.DisposeAsync();
        server.Commands.Last().ShouldBe("QUIT");
    }

    private static async Task ShouldSendAsync(SmtpTransport transport) =>
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
