using System.Net;
using Dapper;
using Latchkey.Features.SignUps;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.SignUps;

/// <summary>Somebody rents on the storefront, and others want the same.</summary>
public sealed class RentingAUnitTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_visitor_goes_through_the_steps_back_and_forth_and_loses_nothing()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront);
        using var nora = portal.Visit(storefront);
        (await nora.GetAsync("/")).Text.ShouldContain("2 free");
        (await nora.GetAsync("/rent/review")).Location.ShouldEndWith("/rent");

        (await nora.ChooseAsync(offered.Type)).Location.ShouldEndWith("/rent/dates");
        (await nora.GetAsync("/")).Text.ShouldContain("1 free");
        (await nora.GetAsync("/rent/review")).Location.ShouldEndWith("/rent/dates");
        var dates = await nora.GetAsync("/rent/dates");
        dates.Text.ShouldContain("10 m², unit A01");
        dates.Text.ShouldContain("This unit is held for you for 15:00 more.");
        foreach (string day in new[] { "", "tomorrow", portal.Day(-1), portal.Day(61), "2026-02-30" })
            (await nora.PostAsync("/rent/dates", ("starts_on", day))).Status.ShouldBe(HttpStatusCode.BadRequest, day);
        (await nora.PostAsync("/rent/dates", ("starts_on", portal.Day(9)))).Location.ShouldEndWith("/rent/details");

        var refused = await nora.DetailsAsync("nora@", "Nora New", "call me");
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Text.ShouldContain("That is not one e-mail address.");
        refused.Text.ShouldContain("That is not one phone number.");
        refused.Page.QuerySelector("#name")!.GetAttribute("value").ShouldBe("Nora New");
        (await nora.DetailsAsync("nora@steps.example", phone: "+1 555 0155")).Location.ShouldEndWith("/rent/options");
        (await nora.PostAsync("/rent/options", ("option", offered.Cover.ToString()), ("option", Guid.NewGuid().ToString()))).Location.ShouldEndWith("/rent/review");

        (await nora.GetAsync("/rent/dates")).Page.QuerySelector("#starts_on")!.GetAttribute("value").ShouldBe(portal.Day(9));
        (await nora.GetAsync("/rent/details")).Page.QuerySelector("#phone")!.GetAttribute("value").ShouldBe("+15550155");
        (await nora.GetAsync("/rent/options")).Page.QuerySelectorAll("input[checked]").ShouldHaveSingleItem().GetAttribute("value").ShouldBe(offered.Cover.ToString());
        var review = await nora.GetAsync("/rent/review");
        review.Text.ShouldContain("Due today");
        review.Text.ShouldContain("Contents cover");
        review.Text.ShouldContain("105.00 USD");
        review.Text.ShouldNotContain("Disc lock");
        (await nora.PostAsync("/rent/review", ("total", "1"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await portal.CountAsync(storefront, "invoice")).ShouldBe(0);
    }

    [Fact]
    public async Task A_hundred_race_for_the_last_unit_and_one_gets_it_while_the_others_are_told_kindly()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront, units: 1);

        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(async i =>
        {
            // Each from an address of its own, as a hundred people come.
            using var http = new HttpClient(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectCallback = async (context, cancel) =>
                {
                    var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.1.{i}"), 0));
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                    return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
                },
            }) { BaseAddress = portal.Url };
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("type", offered.Type.ToString())]);
            using var answer = await http.PostAsync(new Uri($"/s/{storefront.Slug}/rent", UriKind.Relative), form);
            return (answer.StatusCode, Body: await answer.Content.ReadAsStringAsync());
        }));

        answers.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        var late = answers.Where(a => a.StatusCode == HttpStatusCode.Conflict).ToList();
        late.Count.ShouldBe(99);
        late.ShouldAllBe(a => a.Body.Contains("Nothing was charged") && a.Body.Contains("Nothing is free at the moment"));
        (await portal.ScalarAsync<long>("select count(*) from unit where organization_id = @OrganizationId and held_by is not null", new { storefront.OrganizationId })).ShouldBe(1);
        // Nobody was led to where money is taken before the unit was theirs.
        (await portal.ScalarAsync<long>("""
            select (select count(*) from invoice where organization_id = @OrganizationId) + (select count(*) from payment where organization_id = @OrganizationId) + (select count(*) from test_object where organization_id = @OrganizationId)
            """, new { storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task As_many_as_there_are_units_get_one_each_when_all_press_at_once()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront, units: 8);
        var visits = Enumerable.Range(0, 12).Select(_ => portal.Visit(storefront)).ToList();

        var answers = await Task.WhenAll(visits.Select(v => v.ChooseAsync(offered.Type)));

        answers.Count(a => a.Status == HttpStatusCode.Redirect).ShouldBe(8);
        (await portal.ScalarAsync<long>("select count(distinct unit_id) from sign_up where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(8);
        visits.ForEach(v => v.Dispose());
    }

    [Fact]
    public async Task A_hold_ends_with_its_time_and_going_on_finds_the_unit_again_or_says_that_it_is_gone()
    {
        using var rivals = await portal.RivalsAsync(units: 1);
        var (_, offered, nora, otto) = rivals;
        await nora.ChooseAsync(offered.Type);
        (await otto.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Conflict);

        portal.Clock.Advance(TimeSpan.FromMinutes(16));
        (await nora.GetAsync("/rent/dates")).Text.ShouldContain("The time is over.");
        (await nora.PostAsync("/rent/dates", ("starts_on", portal.Day()))).Location.ShouldEndWith("/rent/details");
        (await otto.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Conflict);

        portal.Clock.Advance(TimeSpan.FromMinutes(16));
        (await otto.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Redirect);
        var gone = await nora.DetailsAsync("nora@gone.example");
        gone.Location.ShouldEndWith("/rent?sold-out=yes");
        (await nora.GetAsync("/rent")).Text.ShouldContain("You have begun: 10 m², Riverside.");
    }

    [Fact]
    public async Task Another_browser_and_another_storefront_have_nothing_of_it()
    {
        var storefront = await portal.StorefrontAsync();
        var sister = await portal.StorefrontAsync(organization: storefront.OrganizationId);
        var offered = await portal.OfferAsync(storefront);
        using var nora = portal.Visit(storefront);
        await nora.ReviewAsync(portal, offered.Type, "nora@own.example");

        using var eve = portal.Visit(storefront);
        (await eve.GetAsync("/rent/review")).Location.ShouldEndWith("/rent");
        var cookie = nora.Cookies.GetAllCookies().Single(c => c.Name.Contains("sign-up", StringComparison.Ordinal));
        using var there = portal.Visit(sister);
        there.Cookies.Add(portal.Url, new Cookie(cookie.Name.Replace(storefront.Slug, sister.Slug, StringComparison.Ordinal), cookie.Value));
        (await there.GetAsync("/rent/review")).Location.ShouldEndWith("/rent");
        (await there.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Subscription", "Subscribe", "S’abonner")]
    [InlineData("Membership", "Become a member", "Devenir membre")]
    public async Task Where_there_are_no_units_a_plan_is_chosen_in_the_words_of_the_storefront(string vocabulary, string title, string french)
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Membership);
        var offered = await portal.OfferAsync(storefront, units: 0);
        await portal.ExecuteAsync("update storefront set vocabulary = @vocabulary where organization_id = @OrganizationId", new { storefront.OrganizationId, vocabulary });
        portal.Services.GetService(typeof(StorefrontDirectory)).ShouldBeOfType<StorefrontDirectory>().Forget();
        using var nora = portal.Visit(storefront);

        (await nora.GetAsync("/rent")).Heading.ShouldBe(title);
        (await nora.GetAsync("/rent?lang=fr")).Heading.ShouldBe(french);
        await nora.GetAsync("/rent?lang=en");
        var review = await nora.ReviewAsync(portal, offered.Type, $"nora@{vocabulary.ToLowerInvariant()}.example");
        review.Text.ShouldNotContain("held for you");
        await nora.RentAsync(portal, review);

        (await nora.GetAsync("/rent/done")).Text.ShouldContain("10 m² begins on");
        (await portal.ScalarAsync<string>("select kind from subscription where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(vocabulary.ToLowerInvariant());
    }
}
