using System.Diagnostics;
using System.Net;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Mail;

public sealed class RelayIsDownTests(RelayIsDownTests.PortalWithoutRelay portal) : IClassFixture<RelayIsDownTests.PortalWithoutRelay>
{
    [Fact]
    public async Task Asking_is_answered_at_once_and_the_mail_leaves_when_the_relay_is_back()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@down.example");
        using var ann = portal.Visit(storefront);
        await ann.GetAsync("/portal/sign-in");

        var waited = Stopwatch.StartNew();
        (await ann.PostAsync("/portal/sign-in", ("email", "ann@down.example"))).Status.ShouldBe(HttpStatusCode.Redirect);
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2)); // a busy machine; nothing here waits for a relay
        (await portal.DelayedAsync("ann@down.example")).Reply.ShouldNotBeNull().ShouldContain("connect");

        await using var relay = new ScriptedSmtpServer(portal.Port);
        portal.TurnClock(TimeSpan.FromMinutes(1));

        var mail = (await relay.CopiesAsync("ann@down.example", 1))[0];
        (await ann.RedeemAsync(Visit.TokenIn(mail.Text))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    public sealed class PortalWithoutRelay : Portal
    {
        public int Port { get; } = LatchkeyProcess.FreePort();

        protected override IEnumerable<string> MailSettings => [$"--Mail:Smtp=smtp://127.0.0.1:{Port}?starttls=off"];
    }
}
