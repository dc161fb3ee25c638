using System.Net;
using System.Text.Json.Nodes;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passkeys;

public sealed class SigningInByPasskeyTests(Portal portal) : IClassFixture<Portal>
{
    const string Failed = "This passkey could not be checked. Use your email instead.";
    const string Unknown = "This passkey is not known here any more. Use your email instead.";

    [Fact]
    public async Task A_passkey_signs_in_where_nobody_typed_an_address()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@passkey.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@passkey.example");
        using var ann = portal.Visit(storefront);

        var signedIn = await ann.SignInByPasskeyAsync(storefront.Origin(), device);

        signedIn.Next().ShouldLeadInto($"{ann.Base}/portal");
        (await ann.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
        (await CountAsync("activity where event = 'signed in by passkey' and account_id = @account", account)).ShouldBe(1);
        (await CountAsync("session where means = 'passkey' and account_id = @account", account)).ShouldBe(1);
        (await CountAsync("passkey where sign_count = 1 and last_used_at is not null and account_id = @account", account)).ShouldBe(1);
    }

    [Theory]
    [InlineData("/portal/account/passkeys", "/portal/account/passkeys")]
    [InlineData("https://evil.example", "/portal")]
    [InlineData("//evil.example/portal", "/portal")]
    public async Task It_goes_on_to_the_page_that_was_wanted_and_never_off_the_site(string wanted, string reached)
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var email = $"ann@{Guid.NewGuid():n}.example";
        await portal.AccountAsync(storefront, email);
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, email);
        var question = await ann.QuestionAsync(PasskeyVisits.SignIn);

        var signedIn = await ann.AnswerAsync(PasskeyVisits.SignIn, question, device.Get(question["options"]!, storefront.Origin()), next: wanted);

        signedIn.Next().ShouldLeadInto($"{ann.Base}{reached}");
    }

    [Fact]
    public async Task The_question_names_the_storefronts_own_host_whatever_the_request_says()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        using var ann = portal.Visit(storefront);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ann.Base}{PasskeyVisits.SignIn}/ask") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Host = "evil.example";

        var options = JsonNode.Parse((await ann.SendAsync(request)).Body)!["options"]!;

        options["rpId"]!.GetValue<string>().ShouldBe(storefront.Host);
        options["userVerification"]!.GetValue<string>().ShouldBe("required");
        options["allowCredentials"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_was_signed_in_before_is_signed_out_and_pending_links_die()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@replace.example");
        await portal.AccountAsync(storefront, "bob@replace.example", "Bob Baker");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@replace.example");
        await first.PostAsync("/portal/sign-out");
        await first.AskAsync("ann@replace.example");
        var pending = await first.TokenAsync("ann@replace.example", mails: 3);
        using var shared = portal.Visit(storefront);
        await shared.SignInAsync("bob@replace.example");

        (await shared.SignInByPasskeyAsync(storefront.Origin(), device)).Status.ShouldBe(HttpStatusCode.OK);

        (await shared.GetAsync("/portal")).Text.ShouldContain("ann@replace.example");
        (await portal.ScalarAsync<string>("select s.ended_reason from session s join account a on a.id = s.account_id where a.email = 'bob@replace.example'")).ShouldBe("replaced");
        (await first.RedeemAsync(pending)).Status.ShouldNotBe(HttpStatusCode.Redirect);
    }

    public static TheoryData<string> Bends => new(Cases.Keys);

    static readonly Dictionary<string, Bent> Cases = new(StringComparer.Ordinal)
    {
        ["another site's origin"] = new() { Origin = "https://evil.example" },
        ["the right host without TLS"] = new() { Origin = "http://{host}" },
        ["a subdomain"] = new() { Origin = "https://www.{host}" },
        ["the right host on another port"] = new() { Origin = "https://{host}:8443" },
        ["a frame in another site"] = new() { CrossOrigin = true },
        ["another host's passkey"] = new() { RpId = "evil.example" },
        ["a parent domain's passkey"] = new() { RpId = "example" },
        ["nobody verified"] = new() { Flags = Bent.Present },
        ["nobody present"] = new() { Flags = Bent.Verified },
        ["a counter that stands still"] = new() { Count = 0 },
        ["no user handle"] = new() { NoUserHandle = true },
        ["a user handle that is none"] = new() { UserHandle = "bm9ib2R5" },
        ["another challenge"] = new() { Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        ["an answer to something else"] = new() { Type = "webauthn.create" },
        ["a bad signature"] = new() { BadSignature = true },
        ["junk instead of data"] = new() { Junk = [0xff, 0x00, 0x81, 0x81, 0x81] },
        ["no data at all"] = new() { Junk = [] },
    };

    [Theory, MemberData(nameof(Bends))]
    public async Task An_answer_that_is_bent_is_refused_and_changes_nothing(string what)
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var email = $"ann@{Guid.NewGuid():n}.example";
        var account = await portal.AccountAsync(storefront, email);
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, email);
        using var ann = portal.Visit(storefront);
        (await ann.SignInByPasskeyAsync(storefront.Origin(), device)).Status.ShouldBe(HttpStatusCode.OK);
        await ann.PostAsync("/portal/sign-out");
        var bent = Cases[what];

        var refused = await ann.SignInByPasskeyAsync(storefront.Origin(), device, bent with { Origin = bent.Origin?.Replace("{host}", storefront.Host, StringComparison.Ordinal) });

        refused.ShouldBeRefused(Failed);
        JsonNode.Parse(refused.Body)!["forget"].ShouldBeNull();
        (await ann.GetAsync("/portal")).Location.ShouldBe($"{ann.Base}/portal/sign-in");
        (await CountAsync("passkey where sign_count = 1 and account_id = @account", account)).ShouldBe(1);
        (await CountAsync("session where means = 'passkey' and account_id = @account", account)).ShouldBe(1);
        (await ann.SignInByPasskeyAsync(storefront.Origin(), device)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_answers_with_one_count_at_the_same_moment_sign_in_once()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@copied.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@copied.example");
        for (uint count = 5; count < 10; count++)
        {
            using var ann = portal.Visit(storefront);
            using var thief = portal.Visit(storefront);
            var answers = new List<(Visit Visit, JsonNode Question, JsonNode Credential)>();
            foreach (var visit in new[] { ann, thief })
            {
                var question = await visit.QuestionAsync(PasskeyVisits.SignIn);
                answers.Add((visit, question, device.Get(question["options"]!, storefront.Origin(), new Bent { Count = count })));
            }

            var posted = await Task.WhenAll(answers.Select(a => Task.Run(() => a.Visit.AnswerAsync(PasskeyVisits.SignIn, a.Question, a.Credential))));

            posted.Select(p => p.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.BadRequest]);
        }
        (await CountAsync("session where means = 'passkey' and account_id = @account", account)).ShouldBe(5);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"challenge":"{0}"}""")]
    [InlineData("""{"challenge":"{0}","credential":null}""")]
    [InlineData("""{"challenge":"{0}","credential":[1,2]}""")]
    [InlineData("""{"challenge":"{0}","credential":{"id":7}}""")]
    [InlineData("""{"challenge":"{0}","credential":{"id":"%%%","type":"public-key","clientExtensionResults":{},"response":{}}}""")]
    [InlineData("""{"challenge":"{0}","credential":{"id":"","rawId":"","type":"x","clientExtensionResults":{},"response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}}""")]
    [InlineData("[[[[")]
    public async Task Junk_is_refused_like_any_wrong_answer(string junk)
    {
        var storefront = await portal.StorefrontWithHostAsync();
        using var ann = portal.Visit(storefront);
        var question = await ann.QuestionAsync(PasskeyVisits.SignIn);

        var answer = await ann.JsonAsync(PasskeyVisits.SignIn, junk.Replace("{0}", question["challenge"]!.GetValue<string>(), StringComparison.Ordinal));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.SetCookies.ShouldNotContain(c => c.Contains("session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_accounts_user_handle_does_not_lead_into_that_account()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@handle.example");
        await portal.AccountAsync(storefront, "bob@handle.example");
        using var anns = new Authenticator();
        using var bobs = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, anns, "ann@handle.example");
        using var bob = await portal.WithPasskeyAsync(storefront, bobs, "bob@handle.example");
        using var thief = portal.Visit(storefront);

        (await thief.SignInByPasskeyAsync(storefront.Origin(), bobs, new Bent { UserHandle = anns.UserHandle })).ShouldBeRefused(Failed);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("unproven")]
    [InlineData("merged")]
    public async Task A_closed_account_is_refused_like_an_unknown_passkey(string state)
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, $"ann@{state}.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, $"ann@{state}.example");
        await portal.ExecuteAsync("update account set state = @state where id = @account", new { state, account });
        using var ann = portal.Visit(storefront);

        var refused = await ann.SignInByPasskeyAsync(storefront.Origin(), device);

        refused.ShouldBeRefused(Unknown);
        JsonNode.Parse(refused.Body)!["forget"].ShouldBeNull();
    }

    [Fact]
    public async Task A_passkey_that_was_removed_is_forgotten_by_the_device()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@forgotten.example");
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(storefront, device, "ann@forgotten.example");
        await portal.ExecuteAsync("delete from passkey where account_id = @account", new { account });
        using var ann = portal.Visit(storefront);

        var refused = await ann.SignInByPasskeyAsync(storefront.Origin(), device);

        refused.ShouldBeRefused(Unknown);
        var forget = JsonNode.Parse(refused.Body)!["forget"]!;
        forget["rpId"]!.GetValue<string>().ShouldBe(storefront.Host);
        forget["credentialId"]!.GetValue<string>().ShouldBe(System.Buffers.Text.Base64Url.EncodeToString(device.CredentialId));
    }

    [Fact]
    public async Task A_passkey_of_another_storefront_at_the_same_host_is_refused_and_kept()
    {
        var (one, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        await portal.AccountAsync(one, "ann@shared-host.example");
        await portal.AccountAsync(other, "ann@shared-host.example");
        var origin = portal.Url.GetLeftPart(UriPartial.Authority);
        using var device = new Authenticator();
        using var first = await portal.WithPasskeyAsync(one, device, "ann@shared-host.example", origin);
        using var ann = portal.Visit(other);

        var refused = await ann.SignInByPasskeyAsync(origin, device);

        refused.ShouldBeRefused(Unknown);
        JsonNode.Parse(refused.Body)!["forget"].ShouldBeNull();
    }

    Task<long> CountAsync(string what, Guid account) => portal.ScalarAsync<long>($"select count(*) from {what}", new { account });
}
