using System.Net;
using System.Net.Sockets;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Smtp;
using Latchkey.Tests.Platform.Mail.Rig;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class SlowOrBrokenRelayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> EachMoment
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var moment in new[] { Moment.Greeting, Moment.Ehlo, Moment.Mail, Moment.Rcpt, Moment.Data, Moment.Dot })
            {
                data.Add(moment.ToString(), true);
                data.Add(moment.ToString(), false);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EachMoment))]
    public async Task A_relay_that_stops_answering_is_given_up_after_the_time_of_that_step(string moment, bool pipelining)
    {
        await using var server = Server(pipelining).On(Enum.Parse<Moment>(moment), ServerAct.Hang);
        await using var transport = Relay.HastyTransport(server, Enum.Parse<Moment>(moment));
        var handover = await transport.SendAsync(Samples.Mail(), Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
        handover.Code.ShouldBeNull();
        handover.Reply.ShouldEndWith(": no answer within 0.15 s");
    }

    [Theory]
    [MemberData(nameof(EachMoment))]
    [InlineData(nameof(Moment.Connect), true)]
    [InlineData(nameof(Moment.Body), true)]
    public async Task A_relay_that_hangs_up_is_tried_later(string moment, bool pipelining)
    {
        await using var server = Server(pipelining).On(Enum.Parse<Moment>(moment), ServerAct.Drop, ServerAct.Behave);
        await using var transport = Relay.Transport(server);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.TryLater);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        server.Mails.Count(mail => mail.WasAccepted).ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_final_dot_is_tried_later_under_the_same_message_id()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Dot, ServerAct.Drop, ServerAct.Behave);
        await using var transport = Relay.Transport(server);
        var mail = Samples.Mail();
        var handover = await transport.SendAsync(mail, Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
        handover.Reply.ShouldStartWith("final dot: ");
        (await transport.SendAsync(mail, Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        server.Mails.Select(m => new MailReader(m.Bytes)["Message-ID"]).ShouldBe([$"<{mail.MessageId}>", $"<{mail.MessageId}>"], StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_stops_reading_half_way_is_given_up()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Body, ServerAct.Hang);
        await using var transport = Relay.HastyTransport(server, Moment.Body);
        var more = string.Concat(Enumerable.Repeat(new string('x', 80) + "\n", 300_000)); // more than both ends buffer
        var handover = await transport.SendAsync(Samples.Mail(text: more), Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
        handover.Reply.ShouldBe("content: no answer within 0.15 s");
    }

    [Theory]
    [InlineData(false, "AUTH: the relay closed the connection")]
    [InlineData(true, "AUTH: no answer within 0.15 s")]
    public async Task A_relay_that_is_lost_while_signing_in_is_tried_later(bool hangs, string reason)
    {
        await using var server = new ScriptedSmtpServer { Offers = ["AUTH PLAIN"] }.On(Moment.Auth, hangs ? ServerAct.Hang : ServerAct.Drop);
        await using var transport = Relay.HastyTransport(server, Moment.Auth, user: "ann:hunter2@");
        (await transport.SendAsync(Samples.Mail(), Cancel)).ShouldBe(new Handover(HandoverOutcome.TryLater, null, null, reason));
    }

    [Fact]
    public async Task Nothing_listening_is_tried_later()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var transport = new SmtpTransport(SmtpSettings.Parse($"smtp://127.0.0.1:{port}"));
        var handover = await transport.SendAsync(Samples.Mail(), Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
        handover.Reply.ShouldStartWith("connect: the connection broke");
    }

    [Fact]
    public async Task One_stuck_connection_does_not_hold_up_the_others()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Rcpt, ServerAct.Hang, ServerAct.Behave);
        await using var transport = Relay.Transport(server, "starttls=off&connections=2");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var stuck = transport.SendAsync(Samples.Mail(), stop.Token);
        while (!server.Commands.Contains("RCPT TO:<ann@example.com>", StringComparer.Ordinal)) await Task.Delay(1);
        for (var i = 0; i < 20; i++)
            (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        stuck.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(stuck);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
    }

    [Fact]
    public async Task A_process_that_stops_still_hears_the_answer_to_a_mail_it_has_sent()
    {
        await using var server = new ScriptedSmtpServer();
        using var stop = new CancellationTokenSource();
        server.On(Moment.Dot, ServerAct.Say("250 2.0.0 late but here") with { First = stop.Cancel });
        await using var transport = Relay.Transport(server);
        (await transport.SendAsync(Samples.Mail(), stop.Token)).Reply.ShouldBe("late but here");
        server.On(Moment.Dot, ServerAct.Behave);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
    }

    [Fact]
    public async Task A_mail_that_can_not_be_written_never_reaches_the_relay()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Relay.Transport(server);
        await Should.ThrowAsync<ArgumentException>(transport.SendAsync(Samples.Mail(to: "ann@example.com>\r\nRCPT TO:<eve@evil.example"), Cancel));
        await Should.ThrowAsync<ArgumentException>(transport.SendAsync(Samples.Mail(name: "\r\nBcc: eve@evil.example"), Cancel));
        server.Connections.ShouldBe(0);
    }

    private static ScriptedSmtpServer Server(bool pipelining) => new() { Offers = pipelining ? ["PIPELINING"] : [] };
}
