using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Mail;

public sealed class HangingRelayTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_mail_the_relay_hangs_at_holds_up_no_other()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@hang.example");
        await portal.AccountAsync(storefront, "bob@hang.example");
        portal.Sink.On(Moment.Dot, ServerAct.Hang, ServerAct.Behave);
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@hang.example");
        await portal.Sink.CopiesAsync("ann@hang.example", 1);

        using var bob = portal.Visit(storefront);
        await bob.SignInAsync("bob@hang.example");

        portal.Sink.CloseConnections();
        await portal.DelayedAsync("ann@hang.example");
        portal.TurnClock(TimeSpan.FromMinutes(1));
        await portal.MailsAsync("ann@hang.example");
        var copies = await portal.Sink.CopiesAsync("ann@hang.example", 2);
        copies[1]["Message-ID"].ShouldBe(copies[0]["Message-ID"]);
    }
}
