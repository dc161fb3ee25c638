using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Smtp;
using Latchkey.Tests.Platform.Mail.Rig;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class EncryptedRelayTests : IDisposable
{
    private readonly Certificates _certificates = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private string Trusting => $"ca={Uri.EscapeDataString(_certificates.RootFile)}";

    [Fact]
    public async Task STARTTLS_comes_before_the_password_and_the_mail()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForLoopback(), Offers = ["PIPELINING"], OffersInTls = ["AUTH PLAIN"] };
        await using var transport = Relay.Transport(server, $"starttls=required&{Trusting}", user: "ann:hunter2@");
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        server.Connections.ShouldBe(1);
        server.Mails.ShouldAllBe(mail => mail.WasEncrypted);
        server.Commands.Select(line => line.Split(' ')[0]).Take(6).ShouldBe(["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT"], StringComparer.Ordinal);
        // PIPELINING was offered in the clear only, so it counts for nothing.
        server.Reads.ShouldContain(line => line == "DATA\r\n");
    }

    [Fact]
    public async Task Implicit_TLS_works_from_the_first_byte()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForLoopback(), ImplicitTls = true };
        await using var transport = Relay.Transport(server, Trusting, scheme: "smtps");
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
        server.Mails.Single().WasEncrypted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_relay_that_withholds_STARTTLS_gets_no_mail_when_it_is_required()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Relay.Transport(server, "starttls=required");
        await ShouldWaitAsync(server, transport, "STARTTLS");
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available")]
    [InlineData("502 5.5.1 no")]
    public async Task A_refused_STARTTLS_gets_no_mail_when_it_is_required(string reply)
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForLoopback() }.On(Moment.StartTls, ServerAct.Say(reply));
        await using var transport = Relay.Transport(server, $"starttls=required&{Trusting}");
        await ShouldWaitAsync(server, transport, "refused STARTTLS");
    }

    [Fact]
    public async Task A_relay_on_this_machine_without_TLS_is_used_as_it_is()
    {
        await using var server = new ScriptedSmtpServer();
        await using var transport = Relay.Transport(server, "");
        (await transport.SendAsync(Samples.Mail(), Cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted);
    }

    [Theory]
    [InlineData("starttls=required")]
    [InlineData("starttls=opportunistic")]
    public async Task A_certificate_of_an_unknown_root_gets_no_mail(string options)
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForLoopback() };
        await using var transport = Relay.Transport(server, options);
        await ShouldWaitAsync(server, transport, "certificate");
    }

    [Theory]
    [InlineData("smtp", false)]
    [InlineData("smtps", true)]
    public async Task A_certificate_for_another_name_gets_no_mail(string scheme, bool implicitTls)
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForSomebodyElse(), ImplicitTls = implicitTls };
        await using var transport = Relay.Transport(server, implicitTls ? Trusting : $"starttls=required&{Trusting}", scheme);
        await ShouldWaitAsync(server, transport, "certificate");
    }

    [Fact]
    public async Task Bytes_slipped_in_before_TLS_end_the_connection()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForLoopback() }
            .On(Moment.StartTls, ServerAct.Say("220 go ahead\r\n250 injected"));
        await using var transport = Relay.Transport(server, $"starttls=required&{Trusting}", user: "ann:hunter2@");
        await ShouldWaitAsync(server, transport, "tampering");
    }

    [Fact]
    public async Task A_connection_lost_at_STARTTLS_is_tried_later()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForLoopback() }.On(Moment.StartTls, ServerAct.Drop);
        await using var transport = Relay.Transport(server, $"starttls=required&{Trusting}");
        await ShouldWaitAsync(server, transport, "STARTTLS: ");
    }

    [Fact]
    public async Task A_relay_that_hangs_in_the_handshake_is_given_up()
    {
        await using var server = new ScriptedSmtpServer { Certificate = _certificates.ForLoopback() }.On(Moment.StartTls, ServerAct.Say("220 go ahead") with { Hangs = true });
        await using var transport = Relay.HastyTransport(server, Moment.StartTls, $"starttls=required&{Trusting}");
        await ShouldWaitAsync(server, transport, "TLS: no answer within");
    }

    private static async Task ShouldWaitAsync(ScriptedSmtpServer server, SmtpTransport transport, string reason)
    {
        var handover = await transport.SendAsync(Samples.Mail(), Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
        handover.Reply.ShouldContain(reason);
        server.Mails.ShouldBeEmpty();
        server.Commands.ShouldNotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    public void Dispose() => _certificates.Dispose();
}
