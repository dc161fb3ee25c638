using Latchkey.Platform.Sms;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Platform.Sms.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Sms;

/// <summary>Twilio has no idempotency key: when no answer came, only its own list says whether it has the text.</summary>
public sealed class TextsThatMayHaveLeftTests(PortalWithTwilio portal) : IClassFixture<PortalWithTwilio>
{
    [Fact]
    public async Task A_text_that_Twilio_took_before_the_connection_broke_is_found_and_not_sent_again()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.SentTextRowAsync(await portal.TextAsync(storefront, Texting.NewNumber())); // leaves an idle connection behind, which a client may retry on by itself
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.BreakAfterTaking);
        var id = await portal.TextAsync(storefront, to);
        (await portal.DelayedTextRowAsync(id)).Reply.ShouldBe("Twilio could not be reached.");

        portal.TurnClock(TimeSpan.FromMinutes(1));

        var row = await portal.SentTextRowAsync(id);
        (row.Attempts, row.ProviderId).ShouldBe((2, portal.Twilio.Texts.Single(t => t.To == to).Sid));
        portal.Twilio.Asked.Count(n => n == to).ShouldBe(1);
        portal.Twilio.LookUps.Count(n => n == to).ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_Twilio_never_had_is_sent_after_looking()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.BreakBeforeTaking);
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);
        await portal.DelayedTextRowAsync(id);
        portal.Twilio.Texts.ShouldNotContain(t => t.To == to);

        portal.TurnClock(TimeSpan.FromMinutes(1));

        await portal.SentTextRowAsync(id);
        portal.Twilio.Texts.Count(t => t.To == to).ShouldBe(1);
        portal.Twilio.LookUps.Count(n => n == to).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_words_of_an_earlier_text_are_not_taken_for_this_one()
    {
        var (storefront, to) = (await portal.StorefrontAsync(), Texting.NewNumber());
        await portal.SentTextRowAsync(await portal.TextAsync(storefront, to));
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        portal.Twilio.On(to, TwilioAct.BreakBeforeTaking);
        var second = await portal.TextAsync(storefront, to);
        await portal.DelayedTextRowAsync(second);

        portal.TurnClock(TimeSpan.FromMinutes(1));

        var row = await portal.SentTextRowAsync(second);
        portal.Twilio.Texts.Where(t => t.To == to).Select(t => t.Sid).Last().ShouldBe(row.ProviderId);
        portal.Twilio.Texts.Count(t => t.To == to).ShouldBe(2);
    }

    [Fact]
    public async Task A_first_attempt_needs_no_looking()
    {
        var to = Texting.NewNumber();
        await portal.SentTextRowAsync(await portal.TextAsync(await portal.StorefrontAsync(), to));

        portal.Twilio.LookUps.ShouldNotContain(to);
    }

    [Fact]
    public async Task A_text_whose_worker_was_killed_after_sending_is_found_when_its_lease_ends()
    {
        var (storefront, to) = (await portal.StorefrontAsync(), Texting.NewNumber());
        var id = await portal.TextAsync(storefront, to);
        await portal.SentTextRowAsync(id);
        // As if the mark had never been written.
        await portal.ExecuteAsync("update mail set state = 'queued', provider_id = null, due_at = @due where id = @id", new { id, due = portal.Clock.GetUtcNow().AddMinutes(1) });

        portal.TurnClock(TimeSpan.FromMinutes(5));

        (await portal.SentTextRowAsync(id)).Attempts.ShouldBe(2);
        portal.Twilio.Texts.Count(t => t.To == to).ShouldBe(1);
    }
}

public sealed class TextsThatTwilioIsSilentAboutTests(TextsThatTwilioIsSilentAboutTests.ImpatientPortal portal) : IClassFixture<TextsThatTwilioIsSilentAboutTests.ImpatientPortal>
{
    [Fact]
    public async Task A_text_that_Twilio_took_without_answering_is_found_and_not_sent_again()
    {
        var to = Texting.NewNumber();
        portal.Twilio.On(to, TwilioAct.HangAfterTaking);
        var id = await portal.TextAsync(await portal.StorefrontAsync(), to);
        (await portal.DelayedTextRowAsync(id)).Reply.ShouldBe("Twilio did not answer in time.");

        portal.TurnClock(TimeSpan.FromMinutes(1));

        (await portal.SentTextRowAsync(id)).ProviderId.ShouldBe(portal.Twilio.Texts.Single(t => t.To == to).Sid);
        portal.Twilio.Asked.Count(n => n == to).ShouldBe(1);
    }

    public sealed class ImpatientPortal : PortalWithTwilio
    {
        protected override void Adjust(IServiceCollection services)
        {
            base.Adjust(services);
            services.AddHttpClient(TwilioMessages.Client, client => client.Timeout = TimeSpan.FromSeconds(5));
        }
    }
}
