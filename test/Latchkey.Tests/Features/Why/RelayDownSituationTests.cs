using Latchkey.Features.Why;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Platform.Mail;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Why;

/// <summary>Nobody answers at the mail server; staff cannot sign in by mail either, so the command line's way is asked.</summary>
public sealed class RelayDownSituationTests(RelayIsDownTests.PortalWithoutRelay portal) : IClassFixture<RelayIsDownTests.PortalWithoutRelay>
{
    [Fact]
    public async Task Relay_down_for_everyone()
    {
        var cancel = TestContext.Current.CancellationToken;
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@relay.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@relay.example");
        await portal.DelayedAsync("ann@relay.example");

        var (question, _) = await portal.Services.GetRequiredService<ReadQuestion>().RunAsync(storefront, "ann@relay.example", cancel);
        var verdict = (await portal.Services.GetRequiredService<DiagnoseCustomer>().RunAsync(question!, cancel)).Verdict;
        (verdict.Cause, verdict.Fix).ShouldBe((Cause.RelayDown, Fix.WaitForRelay));

        await using var relay = new ScriptedSmtpServer(portal.Port);
        portal.TurnClock(TimeSpan.FromMinutes(1));
        (await ann.RedeemAsync(Visit.TokenIn((await relay.CopiesAsync("ann@relay.example", 1))[0].Text))).Status.ShouldBe(System.Net.HttpStatusCode.Redirect);
    }
}
