using Latchkey.Tests.Platform.Sms.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Sms;

public sealed class OptOutTests(PortalWithTwilio portal) : IClassFixture<PortalWithTwilio>
{
    const string Reason = "This number asked for no more messages (it answered STOP).";

    [Fact]
    public async Task A_number_that_asked_for_no_more_is_not_asked_of_Twilio_again()
    {
        const string to = "+15005550004";
        var storefront = await portal.StorefrontAsync();
        var first = await portal.TextRowAsync(await portal.TextAsync(storefront, to), row => row.State == "failed");
        (first.ReplyCode, first.Reply).ShouldBe((21610, Reason));

        var second = await portal.TextRowAsync(await portal.TextAsync(storefront, to), row => row.State == "failed");

        (second.ReplyCode, second.Reply).ShouldBe((null, Reason));
        portal.Twilio.Asked.Count(n => n == to).ShouldBe(1);
    }

    [Fact]
    public async Task One_organizations_list_is_not_anothers()
    {
        var to = Texting.NewNumber();
        var (one, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        portal.Twilio.On(to, TwilioAct.Say(400, 21610));
        await portal.TextRowAsync(await portal.TextAsync(one, to), row => row.State == "failed");

        await portal.SentTextRowAsync(await portal.TextAsync(other, to));
        (await portal.TextRowAsync(await portal.TextAsync(one, to), row => row.State == "failed")).Reply.ShouldBe(Reason);
    }

    [Fact]
    public async Task Twilio_may_say_so_later()
    {
        var (storefront, to) = (await portal.StorefrontAsync(), Texting.NewNumber());
        await portal.SentTextRowAsync(await portal.TextAsync(storefront, to));
        var text = portal.Twilio.Texts.Single(t => t.To == to);
        await portal.ReportAsync(text, "failed", 21610);
        await portal.ReportAsync(text, "failed", 21610);

        (await portal.TextRowAsync(await portal.TextAsync(storefront, to), row => row.State == "failed")).Reply.ShouldBe(Reason);
    }
}
