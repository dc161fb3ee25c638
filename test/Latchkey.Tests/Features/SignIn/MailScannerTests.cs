using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class MailScannerTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("HEAD")]
    [InlineData("GET")]
    [InlineData("OPTIONS")]
    public async Task A_scanner_that_fetches_a_link_ten_times_does_not_burn_it(string method)
    {
        var storefront = await portal.StorefrontAsync();
        var address = $"ann@{method.ToLowerInvariant()}.example";
        await portal.AccountAsync(storefront, address);
        using var ann = portal.Visit(storefront);
        await ann.AskAsync(address);
        var token = await ann.TokenAsync(address);

        for (int i = 0; i < 10; i++)
        {
            using var scanner = portal.Visit(storefront);
            var seen = await scanner.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"{scanner.Base}/portal/link/{token}") { Headers = { { "Sec-Purpose", "prefetch" } } });
            seen.SetCookies.ShouldNotContain(c => c.Contains("session", StringComparison.Ordinal));
            // Nothing but the browser that asked is told to go on by itself.
            seen.Body.ShouldNotContain("data-submit-itself=\"yes\"");
        }

        (await ann.GetAsync($"/portal/link/{token}")).Body.ShouldContain("data-submit-itself=\"yes\"");
        (await ann.RedeemAsync(token)).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Openings_are_kept_as_evidence()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@seen.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@seen.example");
        var token = await ann.TokenAsync("ann@seen.example");
        for (int i = 0; i < 3; i++) (await ann.GetAsync($"/portal/link/{token}")).Status.ShouldBe(HttpStatusCode.OK);

        for (int i = 0; i < 200; i++)
        {
            if (await portal.ScalarAsync<long>("select opens from sign_in_request where organization_id = @OrganizationId", new { storefront.OrganizationId }) == 3) return;
            await Task.Delay(20);
        }
        Assert.Fail("The openings were not noted.");
    }
}
