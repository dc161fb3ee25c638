using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class DevicesTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open();

    [Fact]
    public async Task Are_listed_with_how_and_when_the_one_used_last_first()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        var laptop = await shop.SignInAsync("ann@example.com");
        shop.Minutes(5);
        var phone = (await shop.StartAsync(ann)).ShouldNotBeNull();
        await shop.AccountAsync("bob@example.com");
        await shop.SignInAsync("bob@example.com");

        var listed = await shop.ListAsync(ann);

        listed.Select(s => (s.Id, s.Means)).ShouldBe([(phone.Id, "passkey"), (laptop.Id, "link")]);
        listed[1].Device.ShouldBe("Safari on iPhone");
        (await shop.Sister().ListAsync(ann)).ShouldBeEmpty();
        await shop.EndAsync(laptop.Id);
        (await shop.ListAsync(ann)).ShouldHaveSingleItem().Id.ShouldBe(phone.Id);
        shop.Pass(shop.Policy.SessionLifetime);
        (await shop.ListAsync(ann)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_signed_out_by_their_owner_on_their_storefront_and_by_nobody_else()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        var bob = await shop.AccountAsync("bob@example.com");
        var session = await shop.SignInAsync("ann@example.com");

        (await shop.EndOwnAsync(bob, session.Id)).ShouldBe(0);
        (await shop.Sister().EndOwnAsync(ann, session.Id)).ShouldBe(0);
        (await shop.Sister().EndAsync(session.Id)).ShouldBe(0);
        (await shop.IsSignedInAsync(session)).ShouldBeTrue();
        (await shop.EndOwnAsync(ann, session.Id)).ShouldBe(1);
        (await shop.IsSignedInAsync(session)).ShouldBeFalse();
    }

    [Fact]
    public async Task Are_signed_out_but_one_with_the_links_on_their_way()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        var here = await shop.SignInAsync("ann@example.com");
        var there = await shop.SignInAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");

        await shop.EndOthersAsync(ann, here.Id);

        (await shop.IsSignedInAsync(here)).ShouldBeTrue();
        (await shop.IsSignedInAsync(there)).ShouldBeFalse();
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Revoked);
    }

    [Fact]
    public async Task Are_twenty_at_most_and_one_more_ends_the_oldest()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        var oldest = await shop.SignInAsync("ann@example.com");
        for (int i = 0; i < Sessions.Most; i++)
        {
            shop.Minutes(1);
            (await shop.StartAsync(ann)).ShouldNotBeNull();
        }
        (await shop.ListAsync(ann)).Count.ShouldBe(Sessions.Most);
        (await shop.IsSignedInAsync(oldest)).ShouldBeFalse();

        shop.Minutes(1);
        var newest = await shop.SignInAsync("ann@example.com");
        (await shop.IsSignedInAsync(newest)).ShouldBeTrue();
        await Town.AtOnceAsync(30, _ => shop.StartAsync(ann));
        (await shop.ListAsync(ann)).Count.ShouldBe(Sessions.Most);
    }
}

public sealed class ADraftTests(Town town) : IClassFixture<Town>
{
    const string Page = "/portal/account";
    readonly Shop shop = town.Open();
    readonly BrowserSecret browser = BrowserSecret.Create();
    readonly Guid ann = Guid.NewGuid();

    [Fact]
    public async Task Is_found_by_the_same_browser_and_account_for_an_hour()
    {
        (await shop.KeepAsync(browser, Page, shop.Mark(browser, ann), "first")).ShouldBeTrue();
        (await shop.KeepAsync(browser, Page, shop.Mark(browser, ann), "Ann Archer")).ShouldBeTrue();
        shop.Minutes(59);
        (await shop.DraftAsync(browser, Page, ann)).ShouldBe(new FormDraft("Ann Archer"));
        (await shop.DraftAsync(browser, "/portal/other", ann)).ShouldBeNull();
        (await shop.DraftAsync(BrowserSecret.Create(), Page, ann)).ShouldBeNull();
        (await shop.Sister().DraftAsync(browser, Page, ann)).ShouldBeNull();
        shop.Minutes(1);
        (await shop.DraftAsync(browser, Page, ann)).ShouldBeNull();
    }

    [Fact]
    public async Task Is_empty_for_another_account()
    {
        await shop.KeepAsync(browser, Page, shop.Mark(browser, ann), "Ann Archer");
        (await shop.DraftAsync(browser, Page, Guid.NewGuid())).ShouldBe(new FormDraft(null));
    }

    [Fact]
    public async Task Is_kept_only_for_a_form_that_a_customer_was_shown_in_this_browser()
    {
        foreach (var mark in new[] { "", "x", "AAAA", shop.Mark(BrowserSecret.Create(), ann), ann.ToString() })
            (await shop.KeepAsync(browser, Page, mark, "Ann Archer")).ShouldBeFalse();
        (await shop.CountAsync("form_draft")).ShouldBe(0);
    }

    [Fact]
    public async Task Is_not_readable_in_the_database()
    {
        await shop.KeepAsync(browser, Page, shop.Mark(browser, ann), "Ann Archer");
        var content = (await town.ValueAsync<byte[]>("select content from form_draft where organization_id = @OrganizationId", new { shop.Key.OrganizationId }))!;
        System.Text.Encoding.UTF8.GetString(content).ShouldNotContain("Ann");
    }
}
