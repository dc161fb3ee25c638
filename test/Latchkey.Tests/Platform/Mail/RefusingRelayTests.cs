using Latchkey.Platform.Mail;
using Latchkey.Tests.Platform.Mail.Rig;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class RefusingRelayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_mail_comes_back_with_the_relays_words()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Relay.Transport(server);
        (await transport.SendAsync(Samples.Mail(), Cancel)).ShouldBe(new Handover(HandoverOutcome.Accepted, 250, "2.0.0", "queued as 4711"));
        var mail = server.Mails.ShouldHaveSingleItem();
        mail.From.ShouldBe("<portal@northgate.example>");
        mail.To.ShouldBe("<ann@example.com>");
        new MailReader(mail.Bytes).Text.ShouldContain(Samples.Link);
    }

    [Theory]
    [InlineData(nameof(Moment.Rcpt), "550 5.1.1 <ann@example.com> unknown user", HandoverOutcome.Refused, 550, "5.1.1", "<ann@example.com> unknown user")]
    [InlineData(nameof(Moment.Rcpt), "550 no enhanced code", HandoverOutcome.Refused, 550, null, "no enhanced code")]
    [InlineData(nameof(Moment.Rcpt), "550-5.7.1 spam\r\n550 5.7.1 see https://x.test", HandoverOutcome.Refused, 550, "5.7.1", "spam see https://x.test")]
    [InlineData(nameof(Moment.Rcpt), "550 4.1.1 class differs", HandoverOutcome.Refused, 550, null, "4.1.1 class differs")]
    [InlineData(nameof(Moment.Rcpt), "550", HandoverOutcome.Refused, 550, null, "")]
    [InlineData(nameof(Moment.Rcpt), "450 4.2.0 greylisted", HandoverOutcome.TryLater, 450, "4.2.0", "greylisted")]
    [InlineData(nameof(Moment.Rcpt), "421 4.3.2 closing", HandoverOutcome.TryLater, 421, "4.3.2", "closing")]
    [InlineData(nameof(Moment.Mail), "552 5.3.4 too big", HandoverOutcome.Refused, 552, "5.3.4", "too big")]
    [InlineData(nameof(Moment.Mail), "451 4.3.0 busy", HandoverOutcome.TryLater, 451, "4.3.0", "busy")]
    [InlineData(nameof(Moment.Mail), "530 5.7.0 sign in first", HandoverOutcome.TryLater, 530, "5.7.0", "sign in first")]
    [InlineData(nameof(Moment.Data), "554 5.7.1 spam", HandoverOutcome.Refused, 554, "5.7.1", "spam")]
    [InlineData(nameof(Moment.Data), "452 4.3.1 disk full", HandoverOutcome.TryLater, 452, "4.3.1", "disk full")]
    [InlineData(nameof(Moment.Dot), "554 5.6.0 content", HandoverOutcome.Refused, 554, "5.6.0", "content")]
    [InlineData(nameof(Moment.Dot), "451 4.7.1 later", HandoverOutcome.TryLater, 451, "4.7.1", "later")]
    public async Task A_refused_mail_comes_back_with_the_reason(string moment, string reply, HandoverOutcome outcome, int code, string? status, string words)
    {
        foreach (var offers in new string[][] { ["PIPELINING"], [] })
        {
            await using var server = new ScriptedSmtpServer { Offers = offers }.On(Enum.Parse<Moment>(moment), ServerAct.Say(reply), ServerAct.Behave);
            await using var transport = Relay.Transport(server);
            (await transport.SendAsync(Samples.Mail(), Cancel)).ShouldBe(new Handover(outcome, code, status, words));
            (await transport.SendAsync(Samples.Mail(to: "bob@example.com"), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
            server.Mails.Last().To.ShouldBe("<bob@example.com>");
            server.Connections.ShouldBe(code == 421 ? 2 : 1);
        }
    }

    [Theory]
    [InlineData(nameof(Moment.Greeting), "554 5.3.2 no service here", 554, "5.3.2", "greeting: the relay does not serve us: no service here")]
    [InlineData(nameof(Moment.Greeting), "421 4.3.2 too busy", 421, "4.3.2", "greeting: the relay does not serve us: too busy")]
    [InlineData(nameof(Moment.Ehlo), "550 5.7.1 not you", 550, "5.7.1", "EHLO: the relay refused EHLO: not you")]
    [InlineData(nameof(Moment.Auth), "535 5.7.8 AUTH PLAIN AGFubgBodW50ZXIy is wrong", 535, "5.7.8", "AUTH: the relay did not accept the user and password")]
    public async Task A_relay_that_refuses_us_keeps_the_mail_for_later(string moment, string reply, int code, string status, string words)
    {
        await using var server = new ScriptedSmtpServer { Offers = ["AUTH PLAIN"] }.On(Enum.Parse<Moment>(moment), ServerAct.Say(reply));
        await using var transport = Relay.Transport(server, user: "ann:hunter2@");
        (await transport.SendAsync(Samples.Mail(), Cancel)).ShouldBe(new Handover(HandoverOutcome.TryLater, code, status, words));
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_recipient_whose_DATA_is_taken_ends_in_an_empty_mail_that_counts_for_nothing()
    {
        await using var server = new ScriptedSmtpServer { TakesDataForNobody = true }.On(Moment.Rcpt, ServerAct.Say("550 5.1.1 unknown"), ServerAct.Behave);
        await using var transport = Relay.Transport(server);
        (await transport.SendAsync(Samples.Mail(), Cancel)).ShouldBe(new Handover(HandoverOutcome.Refused, 550, "5.1.1", "unknown"));
        server.Mails.ShouldHaveSingleItem().Bytes.ShouldBeEmpty();
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_stands_although_the_relay_hangs_up_right_after_it()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Rcpt, ServerAct.SayAndDrop("550 5.1.1 unknown"));
        await using var transport = Relay.Transport(server);
        (await transport.SendAsync(Samples.Mail(), Cancel)).ShouldBe(new Handover(HandoverOutcome.Refused, 550, "5.1.1", "unknown"));
    }

    [Theory]
    [InlineData("hello there")]
    [InlineData("25 short")]
    [InlineData("999 what")]
    [InlineData("250_odd")]
    [InlineData("250-one\r\n251 two")]
    public async Task An_answer_that_is_not_SMTP_is_a_broken_connection(string reply)
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Rcpt, ServerAct.Say(reply), ServerAct.Behave);
        await using var transport = Relay.Transport(server);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.TryLater);
        server.Mails.ShouldBeEmpty();
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        foreach (var reply in new[] { new string('2', 100_000), "250 " + new string('x', 100_000), string.Concat(Enumerable.Repeat("250-more\r\n", 100_000)) })
        {
            await using var server = new ScriptedSmtpServer().On(Moment.Ehlo, ServerAct.Say(reply));
            await using var transport = Relay.Transport(server);
            var handover = await transport.SendAsync(Samples.Mail(), Cancel);
            handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
            handover.Reply.ShouldContain("too ");
        }
    }

    [Fact]
    public async Task A_long_and_wild_reply_is_kept_to_one_line_of_500_characters()
    {
        await using var server = new ScriptedSmtpServer().On(Moment.Rcpt, ServerAct.Say("550-5.1.1 one\r\n550 5.1.1 \u001b[31mtwo\t" + new string('x', 1500)));
        await using var transport = Relay.Transport(server);
        var handover = await transport.SendAsync(Samples.Mail(), Cancel);
        handover.Reply.Length.ShouldBe(500);
        handover.Reply.ShouldStartWith("one  [31mtwo xxx");
    }
}
