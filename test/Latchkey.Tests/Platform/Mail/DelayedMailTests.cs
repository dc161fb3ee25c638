using System.Net;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Mail;

public sealed class DelayedMailTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("ann@later.example", "450 4.2.0 Greylisted, come back")]
    [InlineData("ann@busy.example", "421 4.3.2 Shutting down")]
    [InlineData("ann@nul.example", "451 not \0 now\u001b[31m")]
    public async Task A_mail_the_relay_puts_off_is_sent_later_under_the_same_Message_ID_with_the_same_link(string address, string reply)
    {
        portal.Sink.On(Moment.Dot, ServerAct.Say(reply), ServerAct.Behave);
        using var ann = await AskAsync(address);
        var delayed = await portal.DelayedAsync(address);
        delayed.ReplyCode.ShouldBe(int.Parse(reply[..3], System.Globalization.CultureInfo.InvariantCulture));
        delayed.DueAt!.Value.ShouldBeGreaterThan(portal.Clock.GetUtcNow());

        portal.TurnClock(TimeSpan.FromMinutes(1));

        (await portal.RowAsync(address, row => row.State == "sent")).Attempts.ShouldBe(2);
        var copies = await portal.Sink.CopiesAsync(address, 2);
        copies[1]["Message-ID"].ShouldBe(copies[0]["Message-ID"]);
        Visit.TokenIn(copies[1].Text).ShouldBe(Visit.TokenIn(copies[0].Text));
        (await ann.RedeemAsync(Visit.TokenIn(copies[1].Text))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(nameof(Moment.Greeting))]
    [InlineData(nameof(Moment.Rcpt))]
    [InlineData(nameof(Moment.Body))]
    [InlineData(nameof(Moment.Dot))]
    public async Task A_connection_that_breaks_is_tried_again(string moment)
    {
        var address = $"ann@{moment.ToLowerInvariant()}.example";
        portal.Sink.CloseConnections();
        portal.Sink.On(Enum.Parse<Moment>(moment), ServerAct.Drop, ServerAct.Drop, ServerAct.Behave);
        using var ann = await AskAsync(address);
        (await portal.DelayedAsync(address)).ReplyCode.ShouldBeNull();

        for (int minutes = 1; (await portal.RowAsync(address, row => row.State == "sent" || row.Reply is not null)).State != "sent" && minutes < 4; minutes++)
        {
            portal.TurnClock(TimeSpan.FromMinutes(minutes));
            await portal.RowAsync(address, row => row.State == "sent" || (row.Attempts > minutes && row.DueAt < portal.Clock.GetUtcNow() + TimeSpan.FromMinutes(4)));
        }

        (await portal.MailsAsync(address)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_life_of_a_link_counts_from_the_moment_its_mail_was_taken()
    {
        var life = Latchkey.SignIn.SignInPolicy.Storage.LinkLifetime;
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("450 4.2.0 Greylisted"), ServerAct.Behave);
        using var ann = await AskAsync("ann@slow.example");
        await portal.DelayedAsync("ann@slow.example");
        portal.TurnClock(TimeSpan.FromMinutes(10));
        var token = await ann.TokenAsync("ann@slow.example");

        portal.Clock.Advance(life - TimeSpan.FromMinutes(1));

        (await ann.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task After_its_life_the_link_is_dead()
    {
        using var ann = await AskAsync("ann@toolate.example");
        var token = await ann.TokenAsync("ann@toolate.example");

        portal.Clock.Advance(Latchkey.SignIn.SignInPolicy.Storage.LinkLifetime);

        (await ann.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_mail_that_no_relay_takes_in_time_fails_and_says_so()
    {
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("450 4.2.0 Greylisted"));
        using var ann = await AskAsync("ann@never.example");
        await portal.DelayedAsync("ann@never.example");

        portal.TurnClock(Latchkey.SignIn.SignInPolicy.Storage.RequestLifetime);

        var row = await portal.RowAsync("ann@never.example", row => row.State == "failed");
        row.Reply.ShouldBe("Not sent: its time was over before it could be handed over.");
        row.DueAt.ShouldBeNull();
        portal.Sink.On(Moment.Rcpt, ServerAct.Behave);
    }

    async Task<Visit> AskAsync(string address)
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, address);
        var visit = portal.Visit(storefront);
        (await visit.AskAsync(address)).Status.ShouldBe(HttpStatusCode.Redirect);
        return visit;
    }
}
