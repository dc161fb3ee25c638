using System.Net;
using System.Text.RegularExpressions;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Browser;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>Seed 004: the code comes by mail and by SMS; one request, one counter, two channels.</summary>
public sealed partial class CodeByTextTests(PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    private async Task<(Storefront Shop, string Email, string Phone)> CustomerAsync()
    {
        var shop = await portal.StorefrontAsync(SignInPolicy.Subscription);
        string email = $"{Guid.NewGuid():n}@text.example", phone = $"+1555{Random.Shared.Next(1000000, 9999999)}";
        var account = await portal.AccountAsync(shop, email);
        await portal.ExecuteAsync("update account set phone = @phone where organization_id = @OrganizationId and id = @account", new { phone, shop.OrganizationId, account });
        return (shop, email, phone);
    }

    [Fact]
    public async Task The_same_code_comes_by_mail_and_by_text_and_either_is_typed_where_it_was_asked_for()
    {
        var (shop, email, phone) = await CustomerAsync();
        using var ann = portal.Visit(shop);
        await ann.AskAsync(email);
        var (mail, text) = (await portal.MessageAsync(email), await portal.MessageAsync(phone));
        string code = Code().Match(text).Groups["code"].Value;
        mail.ShouldContain($"#{code}");
        text.ShouldEndWith($"@{portal.Url.Host} #{code}");
        (await ann.PostAsync("/portal/sign-in", ("code", code))).ShouldLeadInto($"{ann.Base}/portal");

        // The link of the same request died with the code.
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
        using var other = portal.Visit(shop);
        (await other.RedeemAsync(Latchkey.Tests.Rig.Visit.TokenIn(mail))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_phone_number_will_do_instead_of_the_address_however_it_is_typed()
    {
        var (shop, email, phone) = await CustomerAsync();
        using var ann = portal.Visit(shop);
        var page = await ann.GetAsync("/portal/sign-in");
        page.Page.QuerySelector("label[for=email]")!.TextContent.ShouldBe("Email or phone");
        var asked = await ann.AskAsync($"{phone[..2]} ({phone[2..5]}) {phone[5..8]}-{phone[8..]}");
        asked.Status.ShouldBe(HttpStatusCode.Redirect);
        string code = Code().Match(await portal.MessageAsync(phone)).Groups["code"].Value;
        (await portal.MessageAsync(email)).ShouldContain($"#{code}");
        (await ann.PostAsync("/portal/sign-in", ("code", code))).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Asking_again_sends_the_same_code_and_wrong_ones_count_for_both_channels()
    {
        var (shop, email, phone) = await CustomerAsync();
        using var ann = portal.Visit(shop);
        await ann.AskAsync(email);
        string first = Code().Match(await portal.MessageAsync(phone)).Groups["code"].Value;
        string wrong = first == "0000" ? "0001" : "0000";
        for (int i = 0; i < 2; i++) await ann.PostAsync("/portal/sign-in", ("code", wrong));

        portal.Clock.Advance(TimeSpan.FromSeconds(31));
        await ann.AskAsync(email);
        Code().Match(await portal.MessageAsync(phone, 2)).Groups["code"].Value.ShouldBe(first);
        await ann.PostAsync("/portal/sign-in", ("code", wrong));
        (await ann.PostAsync("/portal/sign-in", ("code", first))).Location!.ShouldContain("code=wrong");
    }

    [Fact]
    public async Task An_unknown_number_and_a_known_one_are_answered_alike()
    {
        var (shop, _, phone) = await CustomerAsync();
        var answers = new List<string>();
        foreach (string number in new[] { phone, "+15559990000" })
        {
            using var visit = portal.Visit(shop);
            var asked = await visit.AskAsync(number);
            var page = await visit.GetAsync(asked.Location!);
            answers.Add($"{asked.Status} {asked.Location} {page.Body.Replace(number[1..], "NUMBER", StringComparison.Ordinal)}");
        }
        Identifiers().Replace(answers[0], "ID").ShouldBe(Identifiers().Replace(answers[1], "ID"));
    }

    [Fact]
    public async Task Neither_an_address_nor_a_number_is_refused_with_a_hint()
    {
        var (shop, _, _) = await CustomerAsync();
        using var ann = portal.Visit(shop);
        var refused = await ann.AskAsync("call me");
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Body.ShouldContain("neither one e-mail address nor one phone number");
    }

    [GeneratedRegex("#(?<code>[0-9]{4})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, 1000)]
    private static partial Regex Identifiers();
}
