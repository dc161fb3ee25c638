using Latchkey.Platform.Sms;
using Latchkey.Tests.Platform.Sms.Rig;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Latchkey.Tests.Platform.Sms;

[Trait("Engine", "none")]
public sealed class TwilioSignatureTests
{
    const string Address = "https://portal.example.test/hooks/twilio?m=7";
    const string Right = "hMahQ5oH07tOo7HLQqS1o3no9bY=";

    static readonly Dictionary<string, string> Delivered = new()
    {
        ["AccountSid"] = "AC00000000000000000000000000000000", ["ApiVersion"] = "2010-04-01", ["From"] = "+15551234567",
        ["MessageSid"] = "SM22d2a2211536071460059f9f08aab955", ["SmsSid"] = "SM22d2a2211536071460059f9f08aab955",
        ["MessageStatus"] = "delivered", ["SmsStatus"] = "delivered", ["To"] = "+15145550123",
    };

    [Fact]
    public void The_published_example_is_right() => IsValid("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", new()
    {
        ["CallSid"] = "CA1234567890ABCDE", ["Caller"] = "+14158675309", ["Digits"] = "1234", ["From"] = "+14158675309", ["To"] = "+18005551212",
    }, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").ShouldBeTrue();

    [Fact]
    public void A_status_callback_is_right() => IsValid(FakeTwilio.AuthToken, Address, Delivered, Right).ShouldBeTrue();

    [Theory]
    [InlineData("https://portal.example.test:443/hooks/twilio?m=7", "https://portal.example.test/hooks/twilio?m=7")]
    [InlineData("https://portal.example.test/hooks/twilio?m=7", "https://portal.example.test:443/hooks/twilio?m=7")]
    [InlineData("http://portal.example.test/hooks/twilio?m=7", "http://portal.example.test:80/hooks/twilio?m=7")]
    [InlineData("https://portal.example.test:8443/hooks/twilio?m=7", "https://portal.example.test:8443/hooks/twilio?m=7")]
    [InlineData("https://portal.example.test:8443/hooks/twilio?m=7", "https://portal.example.test/hooks/twilio?m=7")]
    public void The_port_may_be_signed_or_not(string configured, string signedOne) =>
        IsValid(FakeTwilio.AuthToken, configured, Delivered, TwilioCallback.Sign(signedOne, Delivered)).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hMahQ5oH07tOo7HLQqS1o3no9bY")]
    [InlineData("hmahq5oh07too7hlqqs1o3no9by=")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("\uD800")]
    public void Another_signature_is_wrong(string? signature) => IsValid(FakeTwilio.AuthToken, Address, Delivered, signature).ShouldBeFalse();

    [Theory]
    [InlineData("https://portal.example.test/hooks/twilio?m=8")]
    [InlineData("https://portal.example.test/hooks/twilio")]
    [InlineData("https://portal.example.test/hooks/twilio?m=7&m=7")]
    [InlineData("https://portal.example.test/hooks/twilio?M=7")]
    [InlineData("http://portal.example.test/hooks/twilio?m=7")]
    [InlineData("https://portal.example.test:8443/hooks/twilio?m=8")]
    public void Another_address_is_wrong(string address) => IsValid(FakeTwilio.AuthToken, address, Delivered, Right).ShouldBeFalse();

    [Fact]
    public void Every_field_counts_those_not_known_too()
    {
        IsValid(FakeTwilio.AuthToken, Address, new(Delivered) { ["MessageStatus"] = "failed" }, Right).ShouldBeFalse();
        IsValid(FakeTwilio.AuthToken, Address, new(Delivered) { ["ErrorCode"] = "30003" }, Right).ShouldBeFalse();
        var newer = new Dictionary<string, string>(Delivered) { ["aNewField"] = "é ü", ["Zone"] = "" };
        IsValid(FakeTwilio.AuthToken, Address, newer, TwilioCallback.Sign(Address, newer)).ShouldBeTrue();
        newer.Remove("Zone");
        IsValid(FakeTwilio.AuthToken, Address, newer, TwilioCallback.Sign(Address, Delivered)).ShouldBeFalse();
        IsValid("another token", Address, Delivered, Right).ShouldBeFalse();
    }

    static bool IsValid(string token, string address, Dictionary<string, string> fields, string? signature) =>
        TwilioSignature.IsValid(token, address, new FormCollection(fields.ToDictionary(f => f.Key, f => new StringValues(f.Value))), signature);
}
