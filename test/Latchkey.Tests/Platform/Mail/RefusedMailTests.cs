using System.Net;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Mail;

public sealed class RefusedMailTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("ann@gone.example", nameof(Moment.Rcpt), "550 5.1.1 No such mailbox here", 550, "5.1.1", "No such mailbox here")]
    [InlineData("ann@big.example", nameof(Moment.Dot), "552 5.3.4 Message too big", 552, "5.3.4", "Message too big")]
    [InlineData("ann@spam.example", nameof(Moment.Dot), "554 Looks like spam", 554, null, "Looks like spam")]
    public async Task A_mail_the_relay_refuses_fails_with_the_relays_words(string address, string moment, string reply, int code, string? status, string words)
    {
        portal.Sink.On(Enum.Parse<Moment>(moment), ServerAct.Say(reply), ServerAct.Behave);
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, address);
        using var ann = portal.Visit(storefront);
        var asked = await ann.AskAsync(address);

        var row = await portal.RowAsync(address, row => row.State == "failed");

        (row.ReplyCode, row.ReplyStatus, row.DueAt, row.Attempts).ShouldBe((code, status, null, 1));
        row.Reply.ShouldNotBeNull().ShouldContain(words);
        // The customer's page tells nobody whether the address works.
        (await ann.GetAsync(asked.Location!)).Status.ShouldBe(HttpStatusCode.OK);
        portal.TurnClock(TimeSpan.FromHours(1));
        await portal.SettleAsync();
        (await portal.RowAsync(address, _ => true)).Attempts.ShouldBe(1);
    }
}
