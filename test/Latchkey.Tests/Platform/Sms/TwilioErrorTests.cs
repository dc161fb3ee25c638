using Latchkey.Platform.Mail;
using Latchkey.Platform.Sms;

namespace Latchkey.Tests.Platform.Sms;

[Trait("Engine", "none")]
public sealed class TwilioErrorTests
{
    [Theory]
    [InlineData(400, 21211, HandoverOutcome.Refused, 21211)]
    [InlineData(403, 21408, HandoverOutcome.Refused, 21408)]
    [InlineData(400, 21610, HandoverOutcome.Refused, 21610)]
    [InlineData(400, 29999, HandoverOutcome.Refused, 29999)]
    [InlineData(400, null, HandoverOutcome.Refused, 400)]
    [InlineData(400, 21606, HandoverOutcome.TryLater, 21606)]
    [InlineData(401, null, HandoverOutcome.TryLater, 20003)]
    [InlineData(403, 20005, HandoverOutcome.TryLater, 20003)]
    [InlineData(404, 20404, HandoverOutcome.TryLater, 20003)]
    [InlineData(408, null, HandoverOutcome.TryLater, 408)]
    [InlineData(429, null, HandoverOutcome.TryLater, 20429)]
    [InlineData(429, 21211, HandoverOutcome.TryLater, 21211)]
    [InlineData(500, 21211, HandoverOutcome.TryLater, 21211)]
    [InlineData(302, null, HandoverOutcome.TryLater, 302)]
    public void Only_what_is_the_numbers_fault_is_final(int status, int? code, object outcome, int kept)
    {
        var handover = TwilioErrors.Refusal(status, code);

        (handover.Outcome, handover.Code).ShouldBe(((HandoverOutcome)outcome, kept));
        handover.Reply.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(21211), InlineData(21212), InlineData(21408), InlineData(21606), InlineData(21608), InlineData(21610), InlineData(21614)]
    [InlineData(20003), InlineData(20429), InlineData(30003), InlineData(30004), InlineData(30005), InlineData(30006), InlineData(30007), InlineData(30008), InlineData(30034)]
    public void The_usual_errors_have_plain_words(int code) => TwilioErrors.Reason(code).ShouldNotContain("twilio.com");
}
