using Latchkey.Platform.Mail;
using Latchkey.Tests.Platform.Mail.Rig;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class OfferedExtensionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_PIPELINING_the_envelope_leaves_in_one_piece()
    {
        await using var server = await SendAsync(["PIPELINING"], Samples.Mail());
        server.Reads.ShouldContain(line => line == "MAIL FROM:<portal@northgate.example>\r\nRCPT TO:<ann@example.com>\r\nDATA\r\n");
    }

    [Fact]
    public async Task Without_PIPELINING_each_command_waits_for_its_answer()
    {
        await using var server = await SendAsync([], Samples.Mail());
        server.Reads.ShouldContain(line => line == "MAIL FROM:<portal@northgate.example>\r\n");
        server.Reads.ShouldContain(line => line == "RCPT TO:<ann@example.com>\r\n");
        server.Reads.ShouldContain(line => line == "DATA\r\n");
    }

    [Fact]
    public async Task Size_and_delivery_notices_are_asked_for_where_offered()
    {
        var mail = Samples.Mail();
        await using var server = await SendAsync(["SIZE 10240000", "DSN", "8BITMIME", "SMTPUTF8"], mail);
        var length = server.Mails.Single().Bytes.Length;
        server.Commands.ShouldContain(line => line == $"MAIL FROM:<portal@northgate.example> SIZE={length} RET=HDRS ENVID={mail.Id:N}");
        server.Commands.ShouldContain(line => line == "RCPT TO:<ann@example.com> NOTIFY=FAILURE");
    }

    [Fact]
    public async Task An_address_beyond_ASCII_needs_SMTPUTF8()
    {
        await using var server = await SendAsync(["SMTPUTF8", "8BITMIME"], Samples.Mail(to: "jörg@example.com", name: "Jörg"));
        server.Commands.ShouldContain(line => line == "MAIL FROM:<portal@northgate.example> BODY=8BITMIME SMTPUTF8");
        var mail = server.Mails.Single();
        mail.To.ShouldBe("<jÃ¶rg@example.com>"); // its UTF-8 bytes, as the server shows bytes
        new MailReader(mail.Bytes).ToAddress.ShouldBe("jörg@example.com");
        new MailReader(mail.Bytes).ToName.ShouldBe("Jörg");
    }

    [Theory]
    [InlineData("8BITMIME", "jörg@example.com", "SMTPUTF8")]
    [InlineData("SIZE 500", "ann@example.com", "500")]
    public async Task What_the_relay_can_never_take_is_refused_with_a_plain_reason(string offer, string to, string reason)
    {
        await using var server = new ScriptedSmtpServer { Offers = [offer] };
        await using var transport = Relay.Transport(server);
        var handover = await transport.SendAsync(Samples.Mail(to: to), Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.Refused);
        handover.Code.ShouldBeNull();
        handover.Reply.ShouldContain(reason);
        server.Commands.ShouldNotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN", "AUTH PLAIN AGFubkB4LnRlc3QAaHVudGVyMg==")]
    [InlineData("AUTH LOGIN", "YW5uQHgudGVzdA==|aHVudGVyMg==")]
    [InlineData("AUTH=LOGIN", "YW5uQHgudGVzdA==|aHVudGVyMg==")]
    public async Task Signing_in_uses_what_the_relay_offers(string offer, string sent)
    {
        await using var server = new ScriptedSmtpServer { Offers = [offer] };
        await using var transport = Relay.Transport(server, user: "ann%40x.test:hunter2@");
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        string.Join('|', server.Commands).ShouldContain(sent);
    }

    [Fact]
    public async Task A_relay_without_sign_in_keeps_the_mail_for_later()
    {
        await using var server = new ScriptedSmtpServer { Offers = ["AUTH CRAM-MD5"] };
        await using var transport = Relay.Transport(server, user: "ann:hunter2@");
        var handover = await transport.SendAsync(Samples.Mail(), Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
        handover.Reply.ShouldContain("neither AUTH PLAIN nor LOGIN");
    }

    [Theory]
    [MemberData(nameof(Samples.Bodies), MemberType = typeof(Samples))]
    public async Task Any_content_survives_the_dots(string body)
    {
        await using var server = await SendAsync(["PIPELINING"], Samples.Mail(text: body, html: body));
        var read = new MailReader(server.Mails.Single().Bytes);
        read.Text.ShouldBe(body);
        read.Html.ShouldBe(body);
    }

    private static async Task<ScriptedSmtpServer> SendAsync(string[] offers, OutgoingMail mail)
    {
        var server = new ScriptedSmtpServer { Offers = offers };
        await using var transport = Relay.Transport(server);
        (await transport.SendAsync(mail, Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        return server;
    }
}
