using System.Text;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Mail.Providers.Mailgun;
using Latchkey.Platform.Mail.Providers.Resend;
using Latchkey.Platform.Mail.Providers.SendGrid;
using Latchkey.Platform.Mail.Providers.Ses;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Mail.Providers;

/// <summary>The examples that the providers publish.</summary>
[Trait("Engine", "none")]
public sealed class ProviderSignatureTests
{
    const string GridKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";
    const string GridBody = "{\"category\":\"example_payload\",\"event\":\"test_event\",\"message_id\":\"message_id\"}";
    const string GridSignature = "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=";

    [Fact]
    public void The_plainest_request_of_AWSs_own_tests_is_signed_as_there()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        AwsSignature.Sign(request, [], new AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), "us-east-1", "service", new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));

        request.Headers.GetValues("Authorization").Single().ShouldBe(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    [Fact]
    public void Keys_for_some_hours_are_signed_with_their_token()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        AwsSignature.Sign(request, [], new AwsKeys("AKIDEXAMPLE", "secret", "temporary"), "us-east-1", "service", DateTimeOffset.UnixEpoch);

        request.Headers.GetValues("X-Amz-Security-Token").Single().ShouldBe("temporary");
        request.Headers.GetValues("Authorization").Single().ShouldContain("SignedHeaders=host;x-amz-date;x-amz-security-token,");
    }

    [Theory]
    [InlineData(GridBody, GridSignature, 0, true)]
    [InlineData(GridBody + " ", GridSignature, 0, false)]
    [InlineData(GridBody, "MEUCIQ", 0, false)]
    [InlineData(GridBody, "!", 0, false)]
    [InlineData(GridBody, GridSignature, 601, false)]
    [InlineData(GridBody, GridSignature, -601, false)]
    [InlineData(GridBody, GridSignature, 600, true)]
    public async Task SendGrids_example_is_right_within_ten_minutes(string body, string signature, int later, bool genuine) =>
        (await new SendGridHook(GridKey).CheckAsync(Call(body, (SendGridHook.SignatureHeader, signature), (SendGridHook.TimestampHeader, "1588788367")), At(1588788367 + later), CancellationToken.None) == HookVerdict.Genuine).ShouldBe(genuine);

    [Theory]
    [InlineData("signature", "2a75affe24846ead9e37e614a5e7643a04abf4d5b49b34d224ede9af23a00ccc", 0, true)]
    [InlineData("parent-signature", "2a75affe24846ead9e37e614a5e7643a04abf4d5b49b34d224ede9af23a00ccc", 0, true)]
    [InlineData("signature", "3a75affe24846ead9e37e614a5e7643a04abf4d5b49b34d224ede9af23a00ccc", 0, false)]
    [InlineData("signature", "", 0, false)]
    [InlineData("signature", "2a75affe24846ead9e37e614a5e7643a04abf4d5b49b34d224ede9af23a00ccc", 901, false)]
    public async Task Mailguns_example_is_right_within_a_quarter_of_an_hour(string name, string signature, int later, bool genuine)
    {
        var body = $$$"""{"signature":{"timestamp":"1534108637","token":"651869375b9df3c98fc15c4889b102119add1235c38fc92824","{{{name}}}":"{{{signature}}}"},"event-data":{}}""";
        (await new MailgunHook("TEST_WEBHOOK_SIGNING_KEY").CheckAsync(Call(body), At(1534108637 + later), CancellationToken.None) == HookVerdict.Genuine).ShouldBe(genuine);
    }

    [Theory]
    [InlineData("svix", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, true)]
    [InlineData("webhook", "v1,bm90aGluZw== v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, true)]
    [InlineData("svix", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, false)]
    [InlineData("svix", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, false)]
    [InlineData("svix", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 301, false)]
    public async Task Svixs_example_is_right_within_five_minutes(string prefix, string signatures, int later, bool genuine)
    {
        var hook = new ResendHook(StandardSignature.Key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!);
        var call = Call("{\"test\": 2432232314}", ($"{prefix}-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ($"{prefix}-timestamp", "1614265330"), ($"{prefix}-signature", signatures));
        (await hook.CheckAsync(call, At(1614265330 + later), CancellationToken.None) == HookVerdict.Genuine).ShouldBe(genuine);
    }

    static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    static HookCall Call(string body, params (string Name, string Value)[] headers)
    {
        var given = new HeaderDictionary();
        foreach (var (name, value) in headers) given[name] = value;
        return new HookCall(given, Encoding.UTF8.GetBytes(body));
    }
}
