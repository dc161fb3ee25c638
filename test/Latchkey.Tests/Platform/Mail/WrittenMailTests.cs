using System.Buffers;
using System.Text;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Mime;
using Latchkey.Tests.Platform.Mail.Rig;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class WrittenMailTests
{
    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Any_name_is_read_back_as_it_was(string name)
    {
        var mail = Samples.Mail(name: name);
        Read(mail).ToName.ShouldBe(name);
        Read(mail).ToAddress.ShouldBe("ann@example.com");
        Read(mail with { From = new MailAddressee("portal@northgate.example", name) }).FromName.ShouldBe(name);
    }

    [Theory]
    [MemberData(nameof(Samples.Subjects), MemberType = typeof(Samples))]
    public void Any_subject_is_read_back_as_it_was(string subject)
    {
        Read(Samples.Mail(subject: subject)).Subject.ShouldBe(subject);
        HeaderLines(Samples.Mail(subject: subject)).ShouldAllBe(line => line.Length <= 76 && line.Trim().Length > 0);
    }

    [Theory]
    [MemberData(nameof(Samples.Bodies), MemberType = typeof(Samples))]
    public void Any_content_is_read_back_as_it_was(string body)
    {
        var read = Read(Samples.Mail(text: body, html: body));
        read.Text.ShouldBe(body);
        read.Html.ShouldBe(body);
        read.PartCount.ShouldBe(2);
    }

    [Fact]
    public void Every_line_ends_in_CRLF_and_is_short_ASCII()
    {
        var raw = Encoding.Latin1.GetString(Bytes(Samples.Mail(name: "Jörg", subject: "Ü", text: "ü\rx\r\ny\n" + new string('z', 5000))));
        raw.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\r');
        raw.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        raw.Split("\r\n").ShouldAllBe(line => line.Length < 900 && line.All(char.IsAscii));
    }

    [Fact]
    public void A_link_in_ASCII_text_stands_on_one_line_unencoded() =>
        Encoding.ASCII.GetString(Bytes(Samples.Mail())).Split("\r\n").ShouldContain(line => line == Samples.Link);

    [Fact]
    public void The_headers_say_what_the_mail_is()
    {
        var read = Read(Samples.Mail() with { MessageId = "<m1@northgate.example>", Language = "fr-CA" });
        read.HeaderNames.ShouldBe(["From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
            "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"], StringComparer.Ordinal);
        read["Date"].ShouldBe("Sun, 01 Mar 2026 08:30:00 +0000");
        read["Message-ID"].ShouldBe("<m1@northgate.example>");
        read["Content-Language"].ShouldBe("fr-CA");
        read["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        Read(Samples.Mail(name: new string('x', 10_000))).ToName.ShouldBe(new string('x', 60));
        var family = "👩‍👩‍👧"; // eight UTF-16 units each
        Read(Samples.Mail(name: string.Concat(Enumerable.Repeat(family, 20)))).ToName.ShouldBe(string.Concat(Enumerable.Repeat(family, 7)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_a_name_the_address_stands_alone(string? name) =>
        Read(Samples.Mail(name: name))["To"].ShouldBe("ann@example.com");

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\nBcc: eve@evil.example")]
    [InlineData("\0")]
    public void A_line_break_or_NUL_in_any_header_is_refused_before_anything_is_written(string poison)
    {
        var mail = Samples.Mail();
        OutgoingMail[] poisoned =
        [
            mail with { Subject = "Hi" + poison },
            mail with { To = mail.To with { Name = "Ann" + poison } },
            mail with { To = mail.To with { Address = "ann@example.com" + poison } },
            mail with { To = mail.To with { Address = $"an{poison}n@example.com" } },
            mail with { From = mail.From with { Name = poison + "Northgate" } },
            mail with { From = mail.From with { Address = poison + mail.From.Address } },
            mail with { MessageId = mail.MessageId + poison },
            mail with { Language = "en" + poison },
        ];
        foreach (var bad in poisoned)
        {
            var output = new ArrayBufferWriter<byte>();
            Should.Throw<ArgumentException>(() => MimeWriter.Write(bad, output)).Message.ShouldNotContain("Bcc");
            output.WrittenCount.ShouldBe(0);
        }
    }

    [Fact]
    public void Boundaries_can_not_be_guessed() =>
        Enumerable.Range(0, 100).Select(_ => Read(Samples.Mail())["Content-Type"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(100);

    private static MailReader Read(OutgoingMail mail) => new(Bytes(mail));

    private static byte[] Bytes(OutgoingMail mail)
    {
        var output = new ArrayBufferWriter<byte>();
        MimeWriter.Write(mail, output);
        return output.WrittenSpan.ToArray();
    }

    private static string[] HeaderLines(OutgoingMail mail) => Encoding.Latin1.GetString(Bytes(mail)).Split("\r\n\r\n")[0].Split("\r\n");
}
