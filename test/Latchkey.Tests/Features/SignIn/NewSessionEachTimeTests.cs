using System.Net;
using System.Text.RegularExpressions;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>A session that somebody knew before a sign-in is worth nothing after it (ASVS 5, 7.2.4).</summary>
public sealed partial class NewSessionEachTimeTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("link")]
    [InlineData("code")]
    [InlineData("password")]
    [InlineData("confirming that it is you")]
    [InlineData("a new password")]
    public async Task Another_proof_gives_the_browser_another_session_and_ends_the_one_before(string proof)
    {
        var storefront = await portal.FernhillAsync(Fernhill.Policy with { CodeDigits = 6 });
        string email = $"{Guid.NewGuid():n}@renewed.example";
        await portal.AccountWithPasswordAsync(storefront, email);
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync(email, Fernhill.Password);
        string before = SessionOf(ann);

        await (proof switch
        {
            "link" => ann.SignInAsync(email),
            "code" => TypeCodeAsync(ann, email),
            "password" => ann.TypeAsync(email, Fernhill.Password),
            "confirming that it is you" => ConfirmAsync(ann, email),
            _ => ann.PostAsync("/portal/account/password", ("password", Fernhill.Other)),
        });

        SessionOf(ann).ShouldNotBe(before);
        (await ann.IsSignedInAsync()).ShouldBeTrue();
        using var thief = WithSession(storefront, before);
        (await thief.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_that_was_planted_in_a_browser_is_not_the_one_that_signs_in()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@planted.example");
        string planted = new('a', 52);
        using var ann = WithSession(storefront, planted);

        await ann.SignInAsync("ann@planted.example");

        SessionOf(ann).ShouldNotBe(planted);
        using var thief = WithSession(storefront, planted);
        (await thief.IsSignedInAsync()).ShouldBeFalse();
    }

    private async Task TypeCodeAsync(Visit ann, string email)
    {
        await ann.AskAsync(email);
        (await ann.PostAsync("/portal/sign-in", ("code", Code().Match((await portal.MailsAsync(email))[0].Text).Groups["code"].Value))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task ConfirmAsync(Visit ann, string email)
    {
        await ann.PostAsync("/portal/account/confirm?next=password");
        (await ann.RedeemAsync(await ann.TokenAsync(email))).ShouldLeadInto($"{ann.Base}/portal/account/password");
    }

    private Visit WithSession(Storefront storefront, string session)
    {
        var visit = portal.Visit(storefront);
        visit.Cookies.Add(portal.Url, new Cookie($"latchkey-session-{storefront.Slug}", session, "/"));
        return visit;
    }

    private static string SessionOf(Visit visit) => visit.Cookies.GetAllCookies().Last(c => c.Name.StartsWith("latchkey-session-", StringComparison.Ordinal)).Value;

    [GeneratedRegex("#(?<code>[0-9]{6})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
