using System.Net;
using Latchkey.Features.Why;
using Latchkey.Hosting.Cli;
using Latchkey.Platform.Staff;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Why;

public sealed class WhyPageTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("AAAA-AAAA")]
    [InlineData("'; drop table account; --")]
    [InlineData("ann@@example..com <x>")]
    [InlineData("%00\u0001")]
    public async Task Whatever_is_typed_there_is_a_page(string typed)
    {
        var storefront = await portal.StorefrontAsync();
        using var desk = await Desk.OpenAsync(portal, storefront, StaffRole.Staff);
        var page = await desk.AskAsync(typed);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Heading.ShouldBe("Why can't they sign in?");
    }

    [Fact]
    public async Task Staff_who_only_look_see_the_verdict_and_who_may_press()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@look.example");
        using var desk = await Desk.OpenAsync(portal, storefront, StaffRole.Staff);
        var page = await desk.VerdictAsync("ann@look.example", Cause.NeverSentLink);
        page.Page.QuerySelector(".verdict form").ShouldBeNull();
        page.Text.ShouldContain("A Manager or Owner may do this.");
        (await desk.PostAsync("/console/why?handler=Fix", ("address", "ann@look.example"), ("storefront", storefront.Slug), ("fix", "SendSignInLink"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_page_changes_while_the_customer_tries_again()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@live.example");
        using var desk = await Desk.OpenAsync(portal, storefront);
        var page = await desk.VerdictAsync("ann@live.example", Cause.NeverSentLink);
        string live = (await desk.PressAsync(page)).Page.QuerySelector("[data-live]")!.GetAttribute("data-live")!;
        await desk.ShouldGetInAsync("ann@live.example", mails: 1);
        await desk.VerdictAsync("ann@live.example", Cause.NothingWrong);
        var part = await desk.OpenAsync(live);
        part.Body.ShouldNotContain("<html");
        (Desk.CauseOf(part), part.Headers["Latchkey-Live"]).ShouldBe(("NothingWrong", "over"));
        part.Page.QuerySelectorAll(".timeline li").Length.ShouldBeGreaterThan(3);
        part.Page.QuerySelectorAll(".judge input[name=cause]").Select(i => i.GetAttribute("value")).Distinct().ShouldBe(["NeverSentLink"]); // what was acted on
    }

    [Fact]
    public async Task Whoever_took_the_call_says_whether_it_was_right()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@judged.example");
        using var desk = await Desk.OpenAsync(portal, storefront, StaffRole.Staff);
        await desk.VerdictAsync("ann@judged.example", Cause.NeverSentLink);
        foreach (string right in new[] { "yes", "no" })
            (await desk.PostAsync("/console/why?handler=Judge", ("address", "ann@judged.example"), ("storefront", storefront.Slug), ("cause", "NeverSentLink"), ("right", right), ("actual", "They meant the invoice.")))
                .Location!.ShouldEndWith("done=judged");
        var week = (await portal.Services.GetRequiredService<JudgeVerdict>().LastWeekAsync(storefront.OrganizationId, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (week.Cause, week.Times, week.RightTimes).ShouldBe((Cause.NeverSentLink, 2, 1));
        (await desk.AskAsync("")).Page.QuerySelector("table.list tbody tr")!.TextContent.ShouldContain("They were never sent a link.");
    }

    [Fact]
    public async Task The_record_shows_the_verdict_with_its_button_and_words()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@panel.example");
        var contact = await portal.ScalarAsync<object>("select id from contact where organization_id = @OrganizationId", new { storefront.OrganizationId });
        using var desk = await Desk.OpenAsync(portal, storefront);
        var panel = (await desk.OpenAsync($"/console/contacts/{contact}".ToLowerInvariant())).Page.QuerySelector(".why-panel").ShouldNotBeNull();
        panel.GetAttribute("data-cause").ShouldBe("NeverSentLink");
        panel.QuerySelector("#words")!.TextContent.ShouldContain("press Send sign-in link");
        (await desk.OpenAsync(panel.QuerySelector(".actions a")!.GetAttribute("href")!)).Heading.ShouldBe("Why can't they sign in?");
        var form = panel.QuerySelector("form")!;
        var pressed = await desk.PostAsync(form.GetAttribute("action")!, [.. form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))]);
        (await desk.OpenAsync(pressed.Location!)).Text.ShouldContain("A mail is on its way.");
        await desk.ShouldGetInAsync("ann@panel.example", mails: 1);
    }

    [Fact]
    public async Task A_fix_that_is_not_offered_any_more_is_not_applied()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@stale.example");
        using var desk = await Desk.OpenAsync(portal, storefront);
        var answer = await desk.PostAsync("/console/why?handler=Fix", ("address", "ann@stale.example"), ("storefront", storefront.Slug), ("fix", "EnableAccount"));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("Something has changed meanwhile.");
    }

    [Fact]
    public async Task The_command_line_prints_the_same_findings()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@verb.example");
        using var printed = new StringWriter();
        (await WhyVerb.PrintAsync(portal.Services, storefront, "ann@verb.example", printed, TestContext.Current.CancellationToken)).ShouldBe(0);
        printed.ToString().ShouldContain("They were never sent a link. (likely)");
        printed.ToString().ShouldContain("Fix: Send sign-in link");
    }
}
