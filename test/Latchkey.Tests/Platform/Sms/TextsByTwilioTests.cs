using Latchkey.Platform.Sms;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Platform.Sms.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Sms;

public sealed class TextsByTwilioTests(PortalWithTwilio portal) : IClassFixture<PortalWithTwilio>
{
    [Fact]
    public async Task A_text_leaves_and_its_row_keeps_everything_but_the_code()
    {
        var storefront = await portal.StorefrontAsync();
        var to = Texting.NewNumber();

        var id = await portal.TextAsync(storefront, to, TimeSpan.FromMinutes(10));

        var row = await portal.SentTextRowAsync(id);
        var text = portal.Twilio.Texts.Single(t => t.To == to);
        text.Body.ShouldBe($"Riverbend Storage: your code is {HelloText.Code}\n\n@portal.example.test #{HelloText.Code}");
        (text.From, text.Service, text.ValidityPeriod).ShouldBe((FakeTwilio.From, null, 600));
        text.StatusCallback.ShouldBe($"https://portal.example.test/hooks/twilio?o={storefront.OrganizationId:n}&m={id:n}");
        (row.Channel, row.Lane, row.ProviderId, row.ReplyCode, row.Reply).ShouldBe(("sms", 2, text.Sid, 201, "Taken by Twilio."));
        row.TextBody.ShouldBe("Riverbend Storage: your code is •••\n\n@portal.example.test #•••\n");
        portal.Services.GetRequiredService<SmsChannel>().IsOn.ShouldBeTrue();
    }

    [Theory]
    [InlineData("+15005550001", 21211, "This is not a phone number.")]
    [InlineData("+15005550003", 21408, "Texts to this country are switched off in the Twilio account.")]
    [InlineData("+15005550009", 21614, "This is not a mobile number.")]
    public async Task A_number_that_Twilio_refuses_fails_the_text_for_good_in_plain_words(string to, int code, string reason)
    {
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);

        var row = await portal.TextRowAsync(id, row => row.State == "failed");

        (row.ReplyCode, row.Reply, row.Attempts, row.ProviderId).ShouldBe((code, reason, 1, null));
        row.TextBody.ShouldNotBeNull().ShouldNotContain(HelloText.Code);
    }

    [Fact]
    public async Task An_error_that_is_not_known_here_leads_to_where_it_is_explained()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.Say(400, 21999));
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);

        (await portal.TextRowAsync(id, row => row.State == "failed")).Reply.ShouldBe("Twilio gives error 21999: see https://www.twilio.com/docs/errors/21999");
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_still_a_yes()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.SayPlain(201));

        (await portal.SentTextRowAsync(await portal.TextAsync(await portal.StorefrontAsync(), to))).ProviderId.ShouldBeNull();
    }

    [Theory]
    [InlineData(429, 20429, 20429)]
    [InlineData(500, 20500, 20500)]
    [InlineData(503, null, 503)]
    [InlineData(302, null, 302)]
    [InlineData(401, 20003, 20003)]
    [InlineData(404, null, 20003)]
    [InlineData(400, 21606, 21606)]
    public async Task What_is_not_the_numbers_fault_is_tried_again_later(int status, int? code, int kept)
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, code is null ? TwilioAct.SayPlain(status) : TwilioAct.Say(status, code.Value));
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);
        (await portal.DelayedTextRowAsync(id)).ReplyCode.ShouldBe(kept);

        portal.TurnClock(TimeSpan.FromMinutes(1));

        (await portal.SentTextRowAsync(id)).Attempts.ShouldBe(2);
        portal.Twilio.Texts.Count(t => t.To == to).ShouldBe(1);
    }

    [Fact]
    public async Task The_log_says_when_Twilio_refuses_the_installation()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.Say(401, 20003));
        await portal.DelayedTextRowAsync(await portal.TextAsync(await portal.StorefrontAsync(), to));

        portal.Log.ShouldContain(line => line.StartsWith("Error: Twilio refuses this installation (error 20003)"));
    }

    [Fact]
    public async Task A_text_that_Twilio_never_takes_fails_when_its_time_is_over()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.Say(429, 20429));
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to, TimeSpan.FromMinutes(10));
        await portal.DelayedTextRowAsync(id);

        portal.TurnClock(TimeSpan.FromMinutes(10));

        (await portal.TextRowAsync(id, row => row.State == "failed")).Reply.ShouldBe("Not sent: its time was over before it could be handed over.");
        portal.Twilio.Texts.ShouldNotContain(t => t.To == to);
    }

    [Fact]
    public async Task Neither_text_nor_number_nor_token_is_in_the_log()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.Say(401, 20003), TwilioAct.BreakAfterTaking);
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);
        await portal.DelayedTextRowAsync(id);
        portal.TurnClock(TimeSpan.FromMinutes(1));
        await portal.TextRowAsync(id, row => row.Reply == "Twilio could not be reached.");
        portal.TurnClock(TimeSpan.FromMinutes(1));
        await portal.SentTextRowAsync(id);

        portal.Log.ShouldNotBeEmpty();
        foreach (var secret in new[] { HelloText.Code, to, to[1..], FakeTwilio.AuthToken, "your code is" })
            portal.Log.ShouldNotContain(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}
