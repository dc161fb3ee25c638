using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class WaitingForTheMailTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_waiting_page_survives_a_reload_and_sends_nothing_by_it()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@reload.example");
        using var ann = portal.Visit(storefront);
        var asked = await ann.AskAsync("ann@reload.example");

        for (int i = 0; i < 3; i++) (await ann.GetAsync(asked.Location!)).Text.ShouldContain("ann@reload.example");

        await portal.SettleAsync();
        (await portal.MailsAsync("ann@reload.example")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_double_click_sends_one_mail()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@double.example");
        using var ann = portal.Visit(storefront);
        await ann.GetAsync("/portal/sign-in");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ann.PostAsync("/portal/sign-in", ("email", "ann@double.example"))));

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Redirect);
        await portal.SettleAsync();
        (await portal.MailsAsync("ann@double.example")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Asking_again_later_adds_a_mail_and_every_mail_works_until_one_is_used()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "ann@again.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@again.example");
        var first = await ann.TokenAsync("ann@again.example");
        portal.Clock.Advance(TimeSpan.FromSeconds(31));
        (await ann.PostAsync("/portal/sign-in/check-mail")).Status.ShouldBe(HttpStatusCode.Redirect);
        var second = await ann.TokenAsync("ann@again.example", mails: 2);

        second.ShouldNotBe(first);
        var mails = await portal.MailsAsync("ann@again.example", 2);
        CodeIn(mails[1].Text).ShouldBe(CodeIn(mails[0].Text));
        (await ann.GetAsync($"/portal/link/{second}")).Status.ShouldBe(HttpStatusCode.OK);
        (await ann.RedeemAsync(first)).ShouldLeadInto($"{ann.Base}/portal");
        using var other = portal.Visit(storefront);
        (await other.RedeemAsync(second)).Heading.ShouldBe("Link already used");
    }

    [Fact]
    public async Task The_code_in_the_mail_signs_in_on_the_page_that_asked()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "ann@code.example");
        using var ann = portal.Visit(storefront);
        var asked = await ann.AskAsync("ann@code.example");
        var code = CodeIn((await portal.MailsAsync("ann@code.example"))[0].Text);
        (await ann.GetAsync(asked.Location!)).Page.QuerySelector("input[name=code]")!.GetAttribute("autocomplete").ShouldBe("one-time-code");

        using var elsewhere = portal.Visit(storefront);
        await elsewhere.AskAsync("ann@code.example");
        (await elsewhere.PostAsync("/portal/sign-in", ("code", code))).Location!.ShouldContain("code=wrong");

        (await ann.PostAsync("/portal/sign-in", ("code", $" {code[..3]}-{code[3..]} "))).ShouldLeadInto($"{ann.Base}/portal");
        (await ann.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task A_code_of_another_mail_is_pointed_to_where_it_works()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "ann@first.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@first.example");
        var code = CodeIn((await portal.MailsAsync("ann@first.example"))[0].Text);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await ann.AskAsync("ann@second.example");

        var wrong = await ann.PostAsync("/portal/sign-in", ("code", code));

        wrong.Location!.ShouldContain("code=wrong");
        (await ann.OpenAsync(wrong.Location!)).Text.ShouldContain("You also asked for a link with ann@first.example.");
        (await ann.RedeemAsync(await ann.TokenAsync("ann@first.example"))).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Wrong_codes_are_counted_and_a_known_and_an_unknown_address_answer_alike()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "ann@wrong.example");
        var pages = new List<string>();
        foreach (var address in new[] { "ann@wrong.example", "bob@wrong.example" })
        {
            using var visit = portal.Visit(storefront);
            await visit.AskAsync(address);
            await portal.SettleAsync();
            for (int i = 0; i < 6; i++)
            {
                var answer = await visit.PostAsync("/portal/sign-in", ("code", "nonsense"));
                pages.Add((await visit.GetAsync(answer.Location!)).WithoutHelpCode.Replace(address, "ADDRESS", StringComparison.Ordinal));
            }
            var code = await portal.Services.CodeOfNewestRequestAsync(portal, storefront, address);
            (await visit.PostAsync("/portal/sign-in", ("code", code))).Location!.ShouldContain("code=wrong");
        }
        pages[..6].ShouldBe(pages[6..], StringComparer.Ordinal);
        pages[0].ShouldContain("Tries left: 4");
        pages[5].ShouldNotContain("Tries left");
    }

    [Fact]
    public async Task Too_many_requests_are_told_openly_and_alike_for_known_and_unknown()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@busy.example");
        var pages = new List<(HttpStatusCode, string, string)>();
        foreach (var address in new[] { "ann@busy.example", "bob@busy.example" })
        {
            for (int i = 0; i < 5; i++)
            {
                using var browser = portal.Visit(storefront);
                (await browser.AskAsync(address)).Status.ShouldBe(HttpStatusCode.Redirect);
            }
            using var last = portal.Visit(storefront);
            var refused = await last.AskAsync(address);
            pages.Add((refused.Status, refused.WithoutHelpCode, refused.Headers["Retry-After"]));
        }
        pages[0].ShouldBe(pages[1]);
        pages[0].Item1.ShouldBe(HttpStatusCode.TooManyRequests);
        pages[0].Item3.ShouldBe("180");

        portal.Clock.Advance(TimeSpan.FromSeconds(181));
        using var patient = portal.Visit(storefront);
        (await patient.AskAsync("ann@busy.example")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    private static string CodeIn(string text) =>
        System.Text.RegularExpressions.Regex.Match(text, @"^[0-9]{6}$", System.Text.RegularExpressions.RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Value;
}
