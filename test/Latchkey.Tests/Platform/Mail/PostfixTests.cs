using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Smtp;
using Latchkey.Tests.Platform.Mail.Rig;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

/// <summary>Against a real Postfix; skipped where none is running (see <see cref="PostfixAddress"/>).</summary>
[Trait("Engine", "none")]
public sealed class PostfixTests
{
    private readonly PostfixAddress? _postfix = PostfixAddress.FromEnvironment();
    private Maildir? _arrived;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_name_arrives_as_it_was()
    {
        foreach (var name in Samples.Names.Select(row => row.Data))
            (await DeliverAsync(Samples.Mail(name: name))).ToName.ShouldBe(name);
    }

    [Fact]
    public async Task Any_subject_arrives_as_it_was()
    {
        foreach (var subject in Samples.Subjects.Select(row => row.Data))
            (await DeliverAsync(Samples.Mail(subject: subject))).Subject.ShouldBe(subject);
    }

    [Fact]
    public async Task Any_content_arrives_as_it_was()
    {
        foreach (var body in Samples.Bodies.Select(row => row.Data))
        {
            var read = await DeliverAsync(Samples.Mail(text: body, html: body));
            read.Text.ShouldBe(body);
            read.Html.ShouldBe(body);
        }
    }

    [Fact]
    public async Task An_address_beyond_ASCII_arrives_as_it_was() =>
        (await DeliverAsync(Samples.Mail(to: "jörg@example.com", name: "Jörg"))).ToAddress.ShouldBe("jörg@example.com");

    [Fact]
    public async Task An_encrypted_mail_arrives()
    {
        var postfix = Postfix();
        Assert.SkipWhen(postfix.Ca is null, "LATCHKEY_TEST_POSTFIX names no ca=.");
        await using var transport = postfix.EncryptedTransport();
        for (var i = 0; i < 3; i++)
        {
            var read = await DeliverAsync(transport, Samples.Mail(subject: $"Encrypted {i}"));
            read.Subject.ShouldBe($"Encrypted {i}");
            read["Received"].ShouldContain("ESMTPS");
        }
    }

    [Fact]
    public async Task A_certificate_it_can_not_vouch_for_gets_no_mail()
    {
        Assert.SkipWhen(Postfix().Ca is null, "LATCHKEY_TEST_POSTFIX names no ca=.");
        await using var transport = new SmtpTransport(SmtpSettings.Parse($"smtp://{Postfix().Host}?starttls=required"));
        var handover = await transport.SendAsync(Samples.Mail(), Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.TryLater);
        handover.Reply.ShouldContain("certificate");
    }

    [Fact]
    public async Task Five_hundred_mails_at_once_arrive_exactly_once_each()
    {
        await using var transport = Postfix().Transport();
        var mails = Enumerable.Range(0, 500).Select(i => Samples.Mail(to: $"customer{i}@example.com")).ToList();
        await Parallel.ForEachAsync(mails, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Cancel },
            async (mail, cancel) => (await transport.SendAsync(mail, cancel)).Outcome.ShouldBe(HandoverOutcome.Accepted));
        var maildir = Arrived();
        foreach (var mail in mails)
        {
            (await maildir.WaitForAsync(mail.MessageId, Cancel)).ToAddress.ShouldBe(mail.To.Address);
            maildir.Copies(mail.MessageId).ShouldBe(1);
        }
    }

    private async Task<MailReader> DeliverAsync(OutgoingMail mail)
    {
        await using var transport = Postfix().Transport();
        return await DeliverAsync(transport, mail);
    }

    private async Task<MailReader> DeliverAsync(SmtpTransport transport, OutgoingMail mail)
    {
        var handover = await transport.SendAsync(mail, Cancel);
        handover.Outcome.ShouldBe(HandoverOutcome.Accepted, handover.Reply);
        handover.EnhancedStatus.ShouldBe("2.0.0");
        return await Arrived().WaitForAsync(mail.MessageId, Cancel);
    }

    private Maildir Arrived() => _arrived ??= new Maildir(Postfix().Maildir);

    private PostfixAddress Postfix()
    {
        Assert.SkipWhen(_postfix is null, "LATCHKEY_TEST_POSTFIX is not set.");
        return _postfix!;
    }
}
