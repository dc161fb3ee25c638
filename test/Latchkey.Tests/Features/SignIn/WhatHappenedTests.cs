using Latchkey.Features.SignIn;
using Latchkey.Features.SignIn.Attempts;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>Each step of an attempt can be read afterwards, whether the address is known or not.</summary>
public sealed class WhatHappenedTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_sign_in_that_went_well_is_told_from_asking_to_the_cookie()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "ann@well.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@well.example");
        var token = await ann.TokenAsync("ann@well.example");
        await ann.PostAsync("/portal/sign-in", ("code", "000"));
        using (var scanner = portal.Visit(storefront))
        {
            scanner.Http.DefaultRequestHeaders.UserAgent.Clear();
            await scanner.GetAsync($"/portal/link/{token}");
        }
        using var phone = portal.Visit(storefront);
        await phone.GetAsync($"/portal/link/{token}");
        await Portal.UntilAsync(async () => (await StepsAsync(storefront)).Any(s => s.Kind == AttemptStepKind.OpenedElsewhere));
        await phone.OpenAsync((await phone.RedeemAsync(token)).Location!);

        await Portal.UntilAsync(async () => (await StepsAsync(storefront)).Any(s => s.Kind == AttemptStepKind.CookieKept));

        var steps = await StepsAsync(storefront);
        steps.Select(s => s.Kind).ShouldBe(
        [
            AttemptStepKind.Asked, AttemptStepKind.Resolved, AttemptStepKind.Queued, AttemptStepKind.Sent, AttemptStepKind.OpenedElsewhere, AttemptStepKind.OpenedByProgram,
            AttemptStepKind.CodeWrong, AttemptStepKind.ConfirmedElsewhere, AttemptStepKind.Redeemed, AttemptStepKind.CookieKept,
        ], ignoreOrder: true);
        steps[0].Kind.ShouldBe(AttemptStepKind.Asked);
        steps[^1].Kind.ShouldBe(AttemptStepKind.CookieKept);
        steps.Single(s => s.Kind == AttemptStepKind.Redeemed).Detail.ShouldBe("link");
    }

    [Fact]
    public async Task An_unknown_address_that_was_refused_and_then_forgotten_by_everybody()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New with { TellUnknown = true });
        for (int i = 0; i < 6; i++)
        {
            using var browser = portal.Visit(storefront);
            await browser.AskAsync("bob@unknown.example");
        }
        await portal.MailsAsync("bob@unknown.example", 5);
        portal.Clock.Advance(TimeSpan.FromDays(1));

        (await StepsAsync(storefront)).Select(s => s.Kind).ShouldBe(
            [AttemptStepKind.Asked, AttemptStepKind.Unknown, AttemptStepKind.Queued, AttemptStepKind.ToldUnknown, AttemptStepKind.Limited, AttemptStepKind.Expired], ignoreOrder: true);

        portal.Clock.Advance(Housekeeping.UnknownKept - TimeSpan.FromDays(1));
        await ForgetAsync();
        (await CountAsync(storefront)).ShouldBe((5, 5, 1)); // two weeks and not a moment more
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await ForgetAsync();
        (await CountAsync(storefront)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_cookie_that_was_not_kept_ends_its_session_and_is_written_down_once()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@nocookie.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@nocookie.example");
        var inside = await ann.RedeemAsync(await ann.TokenAsync("ann@nocookie.example"));
        ann.DropCookies();

        for (int i = 0; i < 3; i++)
        {
            var lost = await ann.OpenAsync(inside.Location!);
            (await ann.OpenAsync(lost.Location!)).Heading.ShouldBe("Your browser did not keep the sign-in");
        }

        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and event = 'cookie not kept'", new { storefront.OrganizationId })).ShouldBe(1);
        (await StepsAsync(storefront))[^1].Kind.ShouldBe(AttemptStepKind.CookieNotKept);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        (await ann.OpenAsync(inside.Location!)).Location.ShouldBe($"{ann.Base}/portal/sign-in");
    }

    [Fact]
    public async Task Nobody_ends_a_session_by_its_mark_once_its_cookie_came_back()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@marked.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@marked.example");
        var inside = await ann.RedeemAsync(await ann.TokenAsync("ann@marked.example"));
        await ann.OpenAsync(inside.Location!);
        await Portal.UntilAsync(async () => (await StepsAsync(storefront))[^1].Kind == AttemptStepKind.CookieKept);

        using var other = portal.Visit(storefront);
        (await other.OpenAsync(inside.Location!)).Location.ShouldBe($"{ann.Base}/portal/sign-in");
        (await other.GetAsync($"/portal/sign-in/cookies?{inside.Location!.Split('?')[1]}")).Location.ShouldBe($"{ann.Base}/portal/sign-in");
        (await ann.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }

    private async Task<IReadOnlyList<AttemptStep>> StepsAsync(Storefront storefront)
    {
        var cancel = TestContext.Current.CancellationToken;
        var first = await portal.ScalarAsync<object>("select id from sign_in_request where organization_id = @OrganizationId order by id limit 1", new { storefront.OrganizationId });
        return await portal.Services.GetRequiredService<AttemptSteps>().OfRequestAsync(storefront.OrganizationId, first as Guid? ?? Guid.Parse((string)first), cancel);
    }

    private Task ForgetAsync() => portal.Database.WriteAsync(t => portal.Services.GetRequiredService<ForgetUnknown>().RunAsync(t, CancellationToken.None));

    private async Task<(long Requests, long Mails, long Refusals)> CountAsync(Storefront storefront) => (
        await portal.ScalarAsync<long>("select count(*) from sign_in_request where organization_id = @OrganizationId", new { storefront.OrganizationId }),
        await portal.ScalarAsync<long>("select count(*) from mail where organization_id = @OrganizationId and to_address <> ''", new { storefront.OrganizationId }),
        await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and detail is not null", new { storefront.OrganizationId }));
}
