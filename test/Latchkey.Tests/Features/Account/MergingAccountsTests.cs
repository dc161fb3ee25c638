using System.Net;
using Latchkey.Features.Account;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Account;

public sealed class MergingAccountsTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Moves_the_contacts_signs_both_out_and_either_address_signs_in()
    {
        var storefront = await portal.StorefrontAsync();
        var (from, work) = await portal.SignedInAsync(storefront, "ann@work.example");
        var (into, home) = await portal.SignedInAsync(storefront, "ann@home.example");

        (await portal.Services.GetRequiredService<MergeAccounts>().RunAsync(storefront, from, into, TestContext.Current.CancellationToken)).ShouldBeTrue();

        foreach (var visit in new[] { work, home }) (await visit.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await portal.ScalarAsync<long>("select count(*) from account_contact where account_id = @into", new { into })).ShouldBe(2);
        (await portal.ScalarAsync<long>("select count(*) from account_contact where account_id = @from", new { from })).ShouldBe(0);
        await work.AskAsync("ann@work.example");
        await work.RedeemAsync(await work.TokenAsync("ann@home.example", 2));
        (await work.GetAsync("/portal/account")).Field("email").ShouldBe("ann@home.example");
    }
}
