using System.Net;
using Latchkey.Features.Staff;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Staff;

/// <summary>An installation that nobody works in yet.</summary>
public sealed class SetUpTests : IAsyncLifetime
{
    private readonly Portal portal = new();

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task The_printed_address_makes_the_first_owner_once()
    {
        using var visit = portal.Visit(portal.Console);
        var token = (await SetUp.OfferAsync(CancellationToken.None))!;
        (await visit.GetAsync($"/portal/set-up?token={token}")).Heading.ShouldBe("Set up Latchkey");
        (await SendAsync(visit, token, slug: "No Slug")).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await SendAsync(visit, token)).Location.ShouldStartWith("/console/portal/sign-in/check-mail");

        (await visit.RedeemAsync(await visit.TokenAsync("olivia@setup.example"))).Location.ShouldStartWith("/console?signed-in=");
        (await visit.GetAsync("")).Heading.ShouldBe("Hi, Olivia");
        (await visit.GetAsync("/team")).Text.ShouldContain("Owner");
        (await visit.GetAsync($"/portal/set-up?token={token}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(visit, token, slug: "another")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SetUp.OfferAsync(CancellationToken.None)).ShouldBeNull();
        (await portal.ScalarAsync<long>("select count(*) from organization where name = 'Setup Storage'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_replaced_or_old_or_wrong_token_opens_nothing()
    {
        using var visit = portal.Visit(portal.Console);
        var first = (await SetUp.OfferAsync(CancellationToken.None))!;
        var second = (await SetUp.OfferAsync(CancellationToken.None))!;

        (await visit.GetAsync($"/portal/set-up?token={first}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visit.GetAsync("/portal/set-up")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visit.GetAsync($"/portal/set-up?token={second}")).Status.ShouldBe(HttpStatusCode.OK);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        (await visit.GetAsync($"/portal/set-up?token={second}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private SetUp SetUp => portal.Services.GetRequiredService<SetUp>();

    private static Task<Answer> SendAsync(Visit visit, string token, string slug = "setup-storage") => visit.PostAsync("/portal/set-up", ("token", token),
        ("organization", "Setup Storage"), ("storefront", "Setup Storage"), ("slug", slug), ("preset", "storage"), ("name", "Olivia Owner"), ("email", "olivia@setup.example"));
}
