using Latchkey.Platform.Sms;
using Microsoft.Extensions.Configuration;

namespace Latchkey.Tests.Platform.Sms;

[Trait("Engine", "none")]
public sealed class TwilioSettingsTests
{
    const string Sid = "AC0123456789abcdef0123456789ABCDEF";

    [Fact]
    public void With_nothing_set_there_is_no_Twilio() => Read("", "", "").ShouldBeNull();

    [Theory]
    [InlineData("+1 (555) 123-4567", "+15551234567", false)]
    [InlineData("12345", "12345", false)]
    [InlineData("Northgate 1", "Northgate 1", false)]
    [InlineData("MG0123456789abcdef0123456789abcdef", "MG0123456789abcdef0123456789abcdef", true)]
    public void A_sender_is_a_number_a_name_or_a_messaging_service(string from, string read, bool isService)
    {
        var settings = Read(Sid, "secret", from)!;

        (settings.From, settings.IsMessagingService).ShouldBe((read, isService));
        settings.ApiBase.ShouldBe(new Uri("https://api.twilio.com"));
        settings.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("", "secret", "+15551234567", "all three")]
    [InlineData(Sid, "", "+15551234567", "all three")]
    [InlineData(Sid, "secret", "", "all three")]
    [InlineData("SK0123456789abcdef0123456789abcdef", "secret", "+15551234567", "Twilio__AccountSid")]
    [InlineData(Sid + "0", "secret", "+15551234567", "Twilio__AccountSid")]
    [InlineData(Sid + "/..", "secret", "+15551234567", "Twilio__AccountSid")]
    [InlineData(Sid, "secret", "555 1234 567", "Twilio__From")]
    [InlineData(Sid, "secret", "Northgate Storage", "Twilio__From")]
    [InlineData(Sid, "secret", "MG0123456789abcdef", "Twilio__From")]
    [InlineData(Sid, "secret", "+15551234567", "Twilio__ApiBase", "http://api.twilio.example")]
    [InlineData(Sid, "secret", "+15551234567", "Twilio__ApiBase", "api.twilio.com")]
    public void A_setting_that_makes_no_sense_says_so_and_repeats_no_secret(string sid, string token, string from, string says, string? api = null)
    {
        var failure = Should.Throw<FormatException>(() => Read(sid, token, from, api));

        failure.Message.ShouldContain(says);
        failure.Message.ShouldNotContain("secret");
    }

    static TwilioSettings? Read(string sid, string token, string from, string? api = null) => TwilioSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Twilio:AccountSid"] = sid, ["Twilio:AuthToken"] = token, ["Twilio:From"] = from, ["Twilio:ApiBase"] = api,
    }).Build());
}
