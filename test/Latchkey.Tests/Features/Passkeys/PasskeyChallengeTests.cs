using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passkeys;

public sealed class PasskeyChallengeTests(Portal portal) : IClassFixture<Portal>
{
    const string Failed = "This passkey could not be checked. Use your email instead.";
    const string NotAdded = "That did not work, and nothing was added. Try once more.";

    [Fact]
    public async Task An_answer_works_once()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@once.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@once.example");
        using var ann = portal.Visit(storefront);
        var question = await ann.QuestionAsync(PasskeyVisits.SignIn);
        var answer = device.Get(question["options"]!, storefront.Origin());

        (await ann.AnswerAsync(PasskeyVisits.SignIn, question, answer)).Status.ShouldBe(HttpStatusCode.OK);
        (await ann.AnswerAsync(PasskeyVisits.SignIn, question, answer)).ShouldBeRefused(Failed);
    }

    [Fact]
    public async Task A_wrong_answer_uses_the_challenge_up()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@used-up.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@used-up.example");
        using var ann = portal.Visit(storefront);
        var question = await ann.QuestionAsync(PasskeyVisits.SignIn);

        (await ann.AnswerAsync(PasskeyVisits.SignIn, question, device.Get(question["options"]!, storefront.Origin(), new Bent { BadSignature = true }))).ShouldBeRefused(Failed);
        (await ann.AnswerAsync(PasskeyVisits.SignIn, question, device.Get(question["options"]!, storefront.Origin()))).ShouldBeRefused(Failed);
    }

    [Fact]
    public async Task It_ends_after_five_minutes()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@late.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@late.example");
        using var ann = portal.Visit(storefront);
        var question = await ann.QuestionAsync(PasskeyVisits.SignIn);

        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        (await ann.AnswerAsync(PasskeyVisits.SignIn, question, device.Get(question["options"]!, storefront.Origin()))).ShouldBeRefused(Failed);
    }

    [Fact]
    public async Task It_belongs_to_one_browser()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@browser.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@browser.example");
        using var ann = portal.Visit(storefront);
        using var thief = portal.Visit(storefront);
        var question = await ann.QuestionAsync(PasskeyVisits.SignIn);
        var answer = device.Get(question["options"]!, storefront.Origin());

        (await thief.AnswerAsync(PasskeyVisits.SignIn, question, answer)).ShouldBeRefused(Failed);
        (await ann.AnswerAsync(PasskeyVisits.SignIn, question, answer)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_belongs_to_one_storefront()
    {
        var (one, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        await portal.AccountAsync(one, "ann@one-storefront.example");
        var origin = portal.Url.GetLeftPart(UriPartial.Authority);
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(one, device, "ann@one-storefront.example", origin);
        using var there = portal.Visit(other);
        // Even with the same secret in both cookies.
        there.Cookies.Add(portal.Url, new Cookie($"latchkey-browser-{other.Slug}", ann.Cookies.GetAllCookies().Single(c => c.Name.Contains("browser", StringComparison.Ordinal)).Value, "/"));
        var question = await there.QuestionAsync(PasskeyVisits.SignIn);

        (await ann.AnswerAsync(PasskeyVisits.SignIn, question, device.Get(question["options"]!, origin))).ShouldBeRefused(Failed);
    }

    [Fact]
    public async Task It_is_good_for_what_it_was_asked_for()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@purpose.example");
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, "ann@purpose.example");
        var toSignIn = await ann.QuestionAsync(PasskeyVisits.SignIn);
        var toAdd = await ann.QuestionAsync(PasskeyVisits.Page);
        using var another = new Authenticator();
        var made = another.Create(toAdd["options"]!, storefront.Origin(), new Bent { Challenge = toSignIn["options"]!["challenge"]!.GetValue<string>() });
        toAdd["options"]!["rpId"] = storefront.Host;

        (await ann.AnswerAsync(PasskeyVisits.SignIn, toAdd, device.Get(toAdd["options"]!, storefront.Origin()))).ShouldBeRefused(Failed);
        (await ann.AnswerAsync($"{PasskeyVisits.Page}/add", toSignIn, made, "Another")).ShouldBeRefused(NotAdded);
    }

    [Fact]
    public async Task One_that_was_asked_for_as_Ann_adds_nothing_to_Bob()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@turn.example");
        var bob = await portal.AccountAsync(storefront, "bob@turn.example");
        using var device = new Authenticator();
        using var browser = portal.Visit(storefront);
        await browser.SignInAsync("ann@turn.example");
        var question = await browser.QuestionAsync(PasskeyVisits.Page);
        var made = device.Create(question["options"]!, storefront.Origin());
        await browser.PostAsync("/portal/sign-out");
        await browser.SignInAsync("bob@turn.example");

        (await browser.AnswerAsync($"{PasskeyVisits.Page}/add", question, made, "Trojan")).ShouldBeRefused(NotAdded);

        (await portal.ScalarAsync<long>("select count(*) from passkey where account_id = @bob", new { bob })).ShouldBe(0);
    }

    [Fact]
    public async Task Too_many_from_one_place_have_to_wait()
    {
        var storefront = await portal.StorefrontWithHostAsync(SignInPolicy.New with { Limits = new SignInLimits { Passkey = new Limit(3, TimeSpan.FromMinutes(1)) } });
        using var ann = portal.Visit(storefront);
        for (int i = 0; i < 3; i++) await ann.QuestionAsync(PasskeyVisits.SignIn);

        var limited = await ann.JsonAsync($"{PasskeyVisits.SignIn}/ask", "{}");
        limited.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Body.ShouldContain("use your email instead");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await ann.QuestionAsync(PasskeyVisits.SignIn);
    }
}
