using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class ManySignInsTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_thousand_sign_ins_of_32_customers_at_a_time_lose_nothing_and_do_nothing_twice()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage with { Limits = SignInLimits.Off });
        string[] customers = [.. Enumerable.Range(0, 1000).Select(i => $"customer{i}@crowd.example")];
        await Parallel.ForEachAsync(customers, async (address, _) => await portal.AccountAsync(storefront, address));
        var crowd = new Crowd(portal.Url, $"/s/{storefront.Slug}/portal", portal.Sink);

        await crowd.SignInAsync(customers, atOnce: 32, tryTwice: false, TestContext.Current.CancellationToken);
        await portal.SettleAsync();

        crowd.SignedIn.Select(s => s.Address).Order().ShouldBe(customers.Order());
        crowd.SignedIn.Select(s => s.Cookie).Distinct().Count().ShouldBe(1000);
        portal.Sink.Mails.Count.ShouldBe(1000);
        (await portal.ScalarAsync<long>("select count(*) from session where ended_at is null")).ShouldBe(1000);
        (await portal.ScalarAsync<long>("select count(distinct request_id) from session")).ShouldBe(1000);
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request where redeemed_at is not null")).ShouldBe(1000);
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request")).ShouldBe(1000);
        (await portal.ScalarAsync<long>("select count(*) from mail where state <> 'failed'")).ShouldBe(1000);
        (await portal.ScalarAsync<long>("select count(*) from activity where event = 'signed in by link'")).ShouldBe(1000);
        portal.Log.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
