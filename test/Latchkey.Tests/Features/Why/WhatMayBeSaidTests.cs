using System.Globalization;
using Latchkey.Features.Why;
using Latchkey.Platform.Web;
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
        var words = new List<string>();
        foreach (string address in new[] { "known@say.example", "nobody@say.example" })
            words.Add((await desk.AskAsync(address)).Page.QuerySelector("#words")!.TextContent);
        words.Distinct().ShouldHaveSingleItem();
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
