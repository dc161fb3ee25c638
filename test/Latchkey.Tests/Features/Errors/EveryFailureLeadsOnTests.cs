using System.Net;
using AngleSharp.Dom;
using Latchkey.Features.Errors;
using Latchkey.Features.SignIn.Attempts;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Errors;

/// <summary>Meets every failure page as a customer would, and walks on from it.</summary>
public sealed class EveryFailureLeadsOnTests(Portal portal) : IClassFixture<Portal>
{
    public static TheoryData<string> Kinds => new(Enum.GetNames<FailureKind>());

    [Theory, MemberData(nameof(Kinds))]
    public async Task It_says_why_has_one_next_step_that_works_and_a_help_code(string name)
    {
        var kind = Enum.Parse<FailureKind>(name);
        var met = await new FailuresMet(portal).MeetAsync(kind);
        using var visit = met.Visit;

        ((int)met.Page.Status).ShouldBe(met.Status);
        met.Page.Text.ShouldContain(met.Cause);
        (await WalkOnAsync(visit, met.Page)).ShouldBeTrue($"the next step of {name} leads nowhere");
        if (kind == FailureKind.OrganizationNotFound) met.Page.HelpCode.ShouldBeNull();
        else await ShouldBeFoundAsync(met);
    }

    [Fact]
    public async Task Failures_of_one_browser_and_kind_share_a_row_for_a_minute()
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        await visit.GetAsync("/portal/sign-in");
        var codes = new List<string?>();
        for (int i = 0; i < 50; i++) codes.Add((await visit.GetAsync("/portal/link/damaged")).HelpCode);
        codes.Distinct().Count().ShouldBeLessThanOrEqualTo(2); // the browser's own row, and beyond the brake its network's
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        codes.ShouldNotContain((await visit.GetAsync("/portal/link/damaged")).HelpCode);

        (await RowsAsync(storefront)).ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Browsers_that_are_made_up_do_not_fill_the_table()
    {
        var storefront = await portal.StorefrontAsync();
        for (int i = 0; i < 60; i++)
        {
            using var flood = portal.Visit(storefront);
            flood.Cookies.Add(portal.Url, new Cookie($"latchkey-browser-{storefront.Slug}", BrowserSecret.Create().Value, "/"));
            (await flood.GetAsync("/portal/link/damaged")).HelpCode.ShouldNotBeNull();
        }
        (await RowsAsync(storefront)).ShouldBeLessThanOrEqualTo(31);
    }

    [Fact]
    public async Task A_code_of_another_organization_finds_nothing()
    {
        var (one, two) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        using var visit = portal.Visit(one);
        var page = await visit.GetAsync("/portal/link/damaged");

        (await FindAsync(one, page.HelpCode!)).ShouldHaveSingleItem();
        (await FindAsync(two, page.HelpCode!)).ShouldBeEmpty();
        (await FindAsync(one, "AAAA-AAAA")).ShouldBeEmpty();
    }

    private async Task ShouldBeFoundAsync(FailureMet met)
    {
        met.Page.HelpCode.ShouldNotBeNull();
        var found = (await FindAsync(met.Storefront, met.Page.HelpCode)).ShouldHaveSingleItem();
        found.Kind.ShouldBe(met.Found);
        // Of the right storefront: each has one request, or one session.
        found.StorefrontId.ShouldBe(met.Storefront.Id);
        if (met.Found != FoundKind.Activity) return;
        (await portal.ScalarAsync<string>("select event from activity where organization_id = @OrganizationId and id = @Id", new { met.Storefront.OrganizationId, found.Id }))
            .ShouldBe(met.Event);
    }

    private Task<IReadOnlyList<FoundAttempt>> FindAsync(Storefront storefront, string code) =>
        portal.Services.GetRequiredService<FindByHelpCode>().RunAsync(storefront.OrganizationId, code, TestContext.Current.CancellationToken);

    private Task<long> RowsAsync(Storefront storefront) =>
        portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId", new { storefront.OrganizationId });

    /// <summary>Takes the page's one primary step, as often as the browser is sent on.</summary>
    private static async Task<bool> WalkOnAsync(Visit visit, Answer page)
    {
        var step = page.Page.QuerySelectorAll("main .primary").ShouldHaveSingleItem();
        Answer answer;
        if (step is { LocalName: "a" })
        {
            string url = step.GetAttribute("href")!;
            if (url.StartsWith("mailto:", StringComparison.Ordinal) || url.StartsWith("tel:", StringComparison.Ordinal)) return url.Length > "mailto:".Length;
            answer = await visit.OpenAsync(url);
        }
        else
        {
            var form = step.Closest("form")!;
            var fields = form.QuerySelectorAll("input").Select(i => (i.GetAttribute("name")!, i.GetAttribute("type") == "hidden" ? i.GetAttribute("value")! : "ann@example.com")).ToArray();
            answer = await visit.SubmitAsync(form.GetAttribute("action")!, fields);
        }
        for (int i = 0; i < 5 && answer.Status == HttpStatusCode.Redirect; i++) answer = await visit.OpenAsync(answer.Location!);
        return (int)answer.Status < 400;
    }
}
