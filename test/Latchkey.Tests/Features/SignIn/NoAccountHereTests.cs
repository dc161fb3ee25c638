using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>What the mail says, and the page does not, when the address has no account on this storefront.</summary>
public sealed class NoAccountHereTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_customer_is_on_the_wrong_storefront_and_the_mail_names_the_right_one()
    {
        var city = await portal.StorefrontAsync(name: "Northgate Storage");
        var boats = await portal.StorefrontAsync(organization: city.OrganizationId, name: "Northgate Boats");
        await portal.AccountAsync(boats, "carl@boats.example");
        using var carl = portal.Visit(city);

        var waiting = await carl.GetAsync((await carl.AskAsync("carl@boats.example")).Location!);
        waiting.Body.ShouldNotContain("Northgate Boats");

        var mail = (await portal.MailsAsync("carl@boats.example"))[0];
        mail["Subject"].ShouldBe("Where to sign in: Northgate Boats");
        mail.Text.ShouldContain($"{portal.Url}s/{boats.Slug}/portal");
        mail.Text.ShouldNotContain("/portal/link/");
        (await portal.ScalarAsync<long>("select count(*) from session where organization_id = @OrganizationId", new { city.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task Another_organization_knows_the_address_and_nothing_is_said()
    {
        var (here, there) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        await portal.AccountAsync(there, "dan@there.example");
        using var dan = portal.Visit(here);
        await dan.AskAsync("dan@there.example");
        await portal.SettleAsync();
        (await portal.ScalarAsync<long>("select count(*) from mail where to_address = 'dan@there.example'")).ShouldBe(0);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task An_unknown_address_is_told_so_only_where_the_policy_wants_it(bool tells, int mails)
    {
        string address = $"nobody@tell-{tells}.example".ToLowerInvariant();
        var storefront = await portal.StorefrontAsync(SignInPolicy.New with { TellUnknown = tells });
        using var nobody = portal.Visit(storefront);
        var asked = await nobody.AskAsync(address);
        asked.Status.ShouldBe(HttpStatusCode.Redirect);
        await portal.SettleAsync();
        (await portal.ScalarAsync<long>("select count(*) from mail where to_address = @address", new { address })).ShouldBe(mails);
        if (tells) (await portal.MailsAsync(address))[0].Text.ShouldContain("There is no account with it");
    }
}
