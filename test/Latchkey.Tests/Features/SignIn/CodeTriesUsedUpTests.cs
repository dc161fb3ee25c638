using System.Net;
using System.Text.RegularExpressions;
using Latchkey.SignIn;
using Latchkey.Tests.Browser;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed partial class CodeTriesUsedUpTests(PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    [Theory]
    [InlineData("en", "This mail has no code, because wrong ones were typed too often. Use the link.")]
    [InlineData("fr", "Ce courriel n’a pas de code, car des codes erronés ont été saisis trop souvent. Utilisez le lien.")]
    public async Task The_next_mail_shows_no_code_and_its_link_signs_in(string locale, string words)
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription, locale: locale);
        string email = $"{Guid.NewGuid():n}@used-up.example", phone = $"+1555{Random.Shared.Next(1000000, 9999999)}";
        var account = await portal.AccountAsync(storefront, email);
        await portal.ExecuteAsync("update account set phone = @phone where organization_id = @OrganizationId and id = @account", new { phone, storefront.OrganizationId, account });
        using var ann = portal.Visit(storefront);
        await ann.AskAsync(email);
        string code = Code().Match(await portal.MessageAsync(email)).Groups["code"].Value;
        for (int i = 0; i < 3; i++) await ann.PostAsync("/portal/sign-in", ("code", code == "0000" ? "0001" : "0000"));

        portal.Clock.Advance(TimeSpan.FromSeconds(31));
        var waiting = await ann.GetAsync((await ann.AskAsync(email)).Location!);

        string mail = await portal.MessageAsync(email, 2);
        mail.ShouldContain(words);
        mail.ShouldNotContain(code);
        (await portal.MessagesAsync(phone)).Count.ShouldBe(1); // nothing to text: a text is its code
        waiting.Page.QuerySelector("input[name=code]").ShouldBeNull();
        waiting.Page.QuerySelectorAll("main p").Select(p => p.TextContent).ShouldNotContain(p => p.Contains("text message") || p.Contains("texto"));
        (await ann.PostAsync("/portal/sign-in", ("code", code))).Location!.ShouldContain("code=wrong");
        (await ann.RedeemAsync(Latchkey.Tests.Rig.Visit.TokenIn(mail))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_unknown_address_and_a_known_one_wait_on_the_same_page()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "known@used-up.example");
        var seen = new List<string>();
        foreach (string address in new[] { "known@used-up.example", "nobody@used-up.example" })
        {
            using var visit = portal.Visit(storefront);
            var asked = await visit.AskAsync(address);
            for (int i = 0; i < 5; i++) await visit.PostAsync("/portal/sign-in", ("code", "x"));
            seen.Add((await visit.GetAsync(asked.Location!)).Text.Replace(address, "ADDRESS", StringComparison.Ordinal));
        }
        seen.Distinct().ShouldHaveSingleItem();
    }

    [GeneratedRegex("#(?<code>[0-9]{4})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
