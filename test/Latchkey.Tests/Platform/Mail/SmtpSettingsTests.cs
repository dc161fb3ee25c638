using Latchkey.Platform.Mail.Smtp;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class SmtpSettingsTests
{
    [Theory]
    [InlineData("smtp://127.0.0.1:25", SmtpSecurity.Opportunistic)]
    [InlineData("smtp://localhost:25", SmtpSecurity.Opportunistic)]
    [InlineData("smtp://[::1]:25", SmtpSecurity.Opportunistic)]
    [InlineData("smtp://relay.example:587", SmtpSecurity.Required)]
    [InlineData("smtp://10.0.0.5:25/", SmtpSecurity.Required)]
    [InlineData("smtp://127.0.0.1:25?starttls=required", SmtpSecurity.Required)]
    [InlineData("smtp://10.0.0.5:25?starttls=off", SmtpSecurity.Off)]
    [InlineData("smtp://relay.example:25?starttls=opportunistic", SmtpSecurity.Opportunistic)]
    [InlineData("smtps://relay.example:465", SmtpSecurity.Implicit)]
    public void TLS_is_required_unless_the_relay_is_on_this_machine(string value, SmtpSecurity security) =>
        SmtpSettings.Parse(value).Security.ShouldBe(security);

    [Fact]
    public void All_parts_are_read()
    {
        var settings = SmtpSettings.Parse("smtp://ann%40x.test:p%3Aw%2F%25@relay.example:2525?connections=3&ca=%2Fetc%2Fca.pem");
        settings.Host.ShouldBe("relay.example");
        settings.Port.ShouldBe(2525);
        settings.User.ShouldBe("ann@x.test");
        settings.Password.ShouldBe("p:w/%");
        settings.Connections.ShouldBe(3);
        settings.CaFile.ShouldBe("/etc/ca.pem");
        SmtpSettings.Parse("smtp://[::1]:25").Host.ShouldBe("::1");
        SmtpSettings.Parse("smtp://relay.example:25").Connections.ShouldBe(16);
    }

    [Theory]
    [InlineData("")]
    [InlineData("relay.example:25")]
    [InlineData("http://u:hunter2@relay.example:25")]
    [InlineData("smtp://u:hunter2@relay.example")]
    [InlineData("smtp://u:hunter2@:25")]
    [InlineData("smtp://u:hunter2@relay.example:99999")]
    [InlineData("smtp://u:hunter2@relay.example:0")]
    [InlineData("smtp://u:hunter2@relay.example:25/path")]
    [InlineData("smtp://u:hunter2#@relay.example:25")]
    [InlineData("smtp://u:hunter2:x@relay.example:25")]
    [InlineData("smtp://u:hunter2@x@relay.example:25")]
    [InlineData("smtp://hunter2@relay.example:25")]
    [InlineData("smtp://:hunter2@relay.example:25")]
    [InlineData("smtp://u:hunter2%00@relay.example:25")]
    [InlineData("smtp://u:hunter2@relay.example:25?starttls=maybe")]
    [InlineData("smtp://u:hunter2@relay.example:25?starttls=off")]
    [InlineData("smtp://u:hunter2@relay.example:25?starttls")]
    [InlineData("smtp://u:hunter2@relay.example:25?startls=required")]
    [InlineData("smtp://u:hunter2@relay.example:25?connections=0")]
    [InlineData("smtp://u:hunter2@relay.example:25?connections=-1")]
    [InlineData("smtp://u:hunter2@relay.example:25?connections=1&connections=2")]
    [InlineData("smtps://u:hunter2@relay.example:465?starttls=required")]
    public void A_malformed_value_says_what_to_do_and_never_the_password(string value)
    {
        var message = Should.Throw<FormatException>(() => SmtpSettings.Parse(value)).Message;
        message.ShouldStartWith("Mail__Smtp: ");
        message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Printing_the_settings_leaves_the_password_out()
    {
        var settings = SmtpSettings.Parse("smtp://ann:hunter2@relay.example:587");
        settings.ToString().ShouldBe("smtp://ann:…@relay.example:587 (Required, 16 connections)");
        $"{settings with { Port = 25 }}".ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_file_of_roots_that_can_not_be_used_is_said_at_start()
    {
        var settings = SmtpSettings.Parse("smtp://relay.example:587?ca=/nowhere/ca.pem");
        Should.Throw<FormatException>(() => new SmtpTransport(settings)).Message.ShouldContain("ca=");
    }
}
