using System.Net;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>The customer's own page: asks what they see and never who they are, and leads to one next step.</summary>
public sealed class CantSignInTests(Portal portal) : IClassFixture<Portal>
{
    private const string Help = "/portal/sign-in/help";

    [Fact]
    public async Task It_is_reached_from_every_page_of_the_way_in_and_each_answer_has_one_next_step_that_works()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        using var ann = portal.Visit(storefront);
        var asked = await ann.AskAsync("ann@helped.example");
        foreach (var page in new[] { await ann.GetAsync("/portal/sign-in"), await ann.OpenAsync(asked.Location!), await ann.GetAsync("/portal/link/damaged") })
            page.Page.QuerySelector($"main a[href$='{Help}']").ShouldNotBeNull(page.Text);

        var choices = (await ann.GetAsync(Help)).Page.QuerySelectorAll(".ways a").Select(a => a.GetAttribute("href")!).ToList();
        choices.Count.ShouldBe(6);
        foreach (string choice in choices.Where(c => !c.EndsWith("link", StringComparison.Ordinal))) await ShouldLeadOnAsync(ann, await ann.OpenAsync(choice));
        (await ann.GetAsync($"{Help}?about=mail")).Page.QuerySelector("main .primary")!.GetAttribute("href").ShouldEndWith("/check-mail");
        (await ann.GetAsync($"{Help}?about=password")).Heading.ShouldBe("There is no password");
        (await ann.GetAsync($"{Help}?about=nonsense")).Heading.ShouldBe("Can't sign in?");
        (await ann.GetAsync($"{Help}?lang=fr")).Heading.ShouldBe("Connexion impossible\u00a0?");
    }

    [Fact]
    public async Task A_pasted_link_is_read_without_being_used()
    {
        var storefront = await portal.StorefrontAsync();
        var sister = await portal.StorefrontAsync(organization: storefront.OrganizationId, name: "Riverbend Boats");
        await portal.AccountAsync(storefront, "ann@pasted.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@pasted.example");
        string token = await ann.TokenAsync("ann@pasted.example"), link = $"{portal.Url}s/{storefront.Slug}/portal/link/{token}";

        foreach (string pasted in new[] { link, $"<{link}>", link.Insert(link.Length - 9, "\r\n  "), link.Insert(link.Length - 9, "=\n"), $"Hello Ann,\n\n{link}\n\nIt works once.", $"https://scanner.example/?url={Uri.EscapeDataString(link)}&data=1" })
            (await PasteAsync(ann, pasted)).Page.QuerySelector("main .primary")!.GetAttribute("href").ShouldEndWith($"/portal/link/{token}", customMessage: pasted);
        foreach (var (pasted, heading) in new[]
        {
            (link[..^5], "Link damaged"), (link.Replace(token, new string('a', 32), StringComparison.Ordinal), "Link damaged"),
            ($"https://riverbend.example.evil/portal/link/{token}", "This link is not ours"), ($"{portal.Url}s/nobody/portal/link/{token}", "This link is not ours"),
            ($"{portal.Url}s/{storefront.Slug}/portal", "That is the address of this portal"), ($"{portal.Url}s/{sister.Slug}/portal", "That is another portal"),
            ($"{portal.Url}s/{sister.Slug}/portal/link/{token}", "This link belongs to another portal"), ($"{portal.Url}s/{storefront.Slug}/portal/reset/{token}", "This link does not sign in"),
            ((await ann.GetAsync("/portal/link/damaged")).HelpCode!, "That is a help code"), ("where is my mail", "That is not a link"), ("", "That is not a link"), (new string('x', 5000), "That is not a link"),
        })
        {
            var page = await PasteAsync(ann, pasted);
            page.Heading.ShouldBe(heading, pasted);
            await ShouldLeadOnAsync(ann, page);
        }

        (await ann.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Redirect); // all that looking has not used it up
        using var phone = portal.Visit(storefront);
        (await PasteAsync(phone, link)).Heading.ShouldBe("Link already used");
        await phone.AskAsync("ann@pasted.example");
        string second = await phone.TokenAsync("ann@pasted.example", mails: 2);
        portal.Clock.Advance(storefront.Policy.LinkLifetime);
        var expired = await PasteAsync(phone, link.Replace(token, second, StringComparison.Ordinal));
        (expired.Status, expired.Heading).ShouldBe((HttpStatusCode.OK, "Link expired"));
        await ShouldLeadOnAsync(phone, expired); // one press sends a fresh one
        await portal.MailsAsync("ann@pasted.example", 3);
    }

    [Fact]
    public async Task It_says_the_same_to_known_and_unknown_addresses_byte_for_byte()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "known@samehelp.example");
        var said = new List<string>();
        foreach (string address in new[] { "known@samehelp.example", "other@samehelp.example" })
        {
            using var visit = portal.Visit(storefront);
            await visit.AskAsync(address);
            await portal.SettleAsync();
            var pages = new List<Answer> { await visit.GetAsync(Help), await PasteAsync(visit, address) };
            foreach (string topic in new[] { "mail", "code", "again", "password", "other" }) pages.Add(await visit.GetAsync($"{Help}?about={topic}&email={address}"));
            said.Add(string.Join('\n', pages.Select(p => $"{p.Status} {p.Body}")));
        }
        said[1].ShouldBe(said[0]);
        said[0].ShouldNotContain("samehelp");
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies_is_told_so_and_somebody_who_is_signed_in_goes_to_the_portal()
    {
        var storefront = await portal.StorefrontAsync();
        using var bare = portal.Visit(storefront);
        var sentOn = await bare.GetAsync(Help);
        sentOn.Status.ShouldBe(HttpStatusCode.Redirect);
        bare.DropCookies();
        var cookies = await bare.OpenAsync((await bare.OpenAsync(sentOn.Location!)).Location!);
        cookies.Heading.ShouldBe("Your browser did not keep the sign-in");

        await portal.AccountAsync(storefront, "ann@inside.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@inside.example");
        (await ann.GetAsync(Help)).Location.ShouldBe($"/s/{storefront.Slug}/portal");
    }

    private static async Task<Answer> PasteAsync(Visit visit, string text)
    {
        await visit.GetAsync(Help);
        return await visit.PostAsync(Help, ("link", text));
    }

    private static async Task ShouldLeadOnAsync(Visit visit, Answer page)
    {
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        var step = page.Page.QuerySelectorAll("main .primary").ShouldHaveSingleItem();
        var form = step.Closest("form");
        var answer = form is null ? await visit.OpenAsync(step.GetAttribute("href")!)
            : await visit.SubmitAsync(form.GetAttribute("action")!, [.. form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))]);
        for (int i = 0; i < 5 && answer.Status == HttpStatusCode.Redirect; i++) answer = await visit.OpenAsync(answer.Location!);
        // A link to what the test made up is refused by the page behind it, which leads on in its turn.
        (answer.Status is HttpStatusCode.OK or HttpStatusCode.NotFound).ShouldBeTrue(answer.Text);
    }
}
