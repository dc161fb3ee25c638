using System.Globalization;
using Latchkey.Features.Why;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Latchkey.Tests.Features.Why;

/// <summary>Every cause in every language: what staff see is there, and what a caller hears tells nothing.</summary>
public sealed class WhatMayBeSaidTests(Portal portal) : IClassFixture<Portal>
{
    /// <summary>Facts that a caller must not learn: existence, state, history, and whether a mail went out.</summary>
    static readonly string[] Forbidden =
    [
        "your account", "an account", "no account", "does not exist", "doesn't exist", "not registered", "unknown", "disabled", "merged", "we sent", "has been sent", "was sent", "we have sent",
        "is on file", "your record", "your address is", "bounced", "blocked", "suppressed", "linked", "rental",
        "votre compte", "un compte", "aucun compte", "n’existe pas", "inconnu", "désactivé", "fusionné", "nous avons envoyé", "a été envoyé", "au dossier", "votre fiche", "votre adresse est", "bloqué",
    ];

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Tells_nothing_that_a_stranger_should_not_know(string language) => In(language, l =>
    {
        foreach (var say in Enum.GetValues<Say>())
        {
            string words = SayTexts.Of(l, say, "https://portal.example");
            words.ShouldNotBeNullOrWhiteSpace();
            Forbidden.Where(f => words.Contains(f, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(words);
        }
    });

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Every_cause_fix_and_line_of_evidence_has_its_words(string language) => In(language, l =>
    {
        foreach (var cause in Enum.GetValues<Cause>()) CauseTexts.Of(l, cause).ShouldNotBeNullOrWhiteSpace();
        foreach (var fix in Enum.GetValues<Fix>()) FixTexts.Of(l, fix).ShouldNotBeNullOrWhiteSpace();
        foreach (var kind in Enum.GetValues<EvidenceKind>()) EvidenceTexts.Of(l, new Evidence(kind, DateTimeOffset.UnixEpoch, "text", 2)).ShouldNotBeNullOrWhiteSpace();
    });

    [Fact]
    public async Task Is_the_same_for_an_address_on_record_and_for_one_that_is_not()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "known@say.example");
        using var desk = await Desk.OpenAsync(portal, storefront);
        await ExpireAsync(storefront, "late@say.example");
        await LoseCookieAsync(storefront, "bare@say.example");
        var said = new List<string>();
        foreach (string address in new[] { "nobody@say.example", "known@say.example", "late@say.example", "bare@say.example" })
            said.Add((await desk.AskAsync(address)).Page.QuerySelector(".say")!.InnerHtml);
        said.Distinct().ShouldHaveSingleItem();
        said[0].ShouldContain("The link does not work"); // words for each thing that a caller may tell, whoever calls
    }

    [Fact]
    public async Task Goes_by_the_page_whose_help_code_is_told_and_not_by_what_the_addressee_did_with_the_mail()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "owner@say.example");
        using var desk = await Desk.OpenAsync(portal, storefront);
        using var owner = portal.Visit(storefront);
        var codes = new List<string>();
        foreach (string address in new[] { "nobody.at.all@say.example", "owner@say.example" })
        {
            using var stranger = portal.Visit(storefront);
            await stranger.AskAsync(address);
            codes.Add((await stranger.OpenAsync((await stranger.PostAsync("/portal/sign-in", ("code", "000"))).Location!)).HelpCode!);
        }
        string token = await owner.TokenAsync("owner@say.example");
        string mailed = (await portal.MailsAsync("owner@say.example"))[0].Text;
        await owner.GetAsync($"/portal/link/{token}");
        await desk.VerdictAsync(codes[1], Cause.CodeWrong);
        string unknown = await WordsAsync(codes[0]);
        (await WordsAsync(codes[1])).ShouldBe(unknown);

        portal.Clock.Advance(storefront.Policy.LinkLifetime);
        string page = (await owner.GetAsync($"/portal/link/{token}")).HelpCode!;
        await desk.VerdictAsync(codes[1], Cause.LinkExpired); // staff see it; the stranger is told what anybody is
        (await WordsAsync(codes[1])).ShouldBe(await WordsAsync(codes[0]));
        mailed.ShouldContain(page);
        (await WordsAsync(page)).ShouldContain("work once and for a short time");

        async Task<string> WordsAsync(string code) => (await desk.AskAsync(code)).Page.QuerySelector("#words")!.TextContent;
    }

    async Task ExpireAsync(Storefront storefront, string email)
    {
        await portal.AccountAsync(storefront, email);
        using var visit = portal.Visit(storefront);
        await visit.AskAsync(email);
        string token = await visit.TokenAsync(email);
        portal.Clock.Advance(storefront.Policy.LinkLifetime);
        var page = await visit.GetAsync($"/portal/link/{token}");
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.VerdictAsync(email, Cause.LinkExpired);
        // Whoever tells the code of the page looks at it: to them it may be named.
        (await desk.AskAsync(page.HelpCode!)).Page.QuerySelector("#words")!.TextContent.ShouldContain("work once and for a short time");
    }

    async Task LoseCookieAsync(Storefront storefront, string email)
    {
        await portal.AccountAsync(storefront, email);
        using var visit = portal.Visit(storefront);
        await visit.AskAsync(email);
        var inside = await visit.RedeemAsync(await visit.TokenAsync(email));
        visit.DropCookies();
        var lost = await visit.OpenAsync((await visit.OpenAsync(inside.Location!)).Location!);
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.VerdictAsync(email, Cause.CookieNotKept);
        (await desk.AskAsync(lost.HelpCode!)).Page.QuerySelector("#words")!.TextContent.ShouldContain("keeps cookies");
    }

    void In(string language, Action<IStringLocalizer<Texts>> check)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Language.Culture(language);
        try
        {
            check(portal.Services.GetRequiredService<IStringLocalizer<Texts>>());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
