using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>The console's list of contacts.</summary>
public sealed class FindingContactsTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_list_says_who_has_an_account_and_whom_mail_does_not_reach()
    {
        var storefront = await portal.StorefrontAsync();
        var riverside = await portal.FacilityAsync(storefront, "Riverside");
        await portal.ContactAsync(storefront, "Dora Dean", "dora@list.example", "555 0199", riverside);
        await portal.AccountAsync(storefront, "ann@list.example", "Ann Archer");
        await portal.AccountAsync(storefront, "bob@list.example", "Bob Baker", "unproven");
        await portal.AccountAsync(storefront, "carl@list.example", "Carl Cole", "disabled");
        await portal.ExecuteAsync("insert into suppression (organization_id, channel, address, reason, created_at) values (@OrganizationId, 'email', 'dora@list.example', 'bounced', @now)",
            new { storefront.OrganizationId, now = portal.Clock.GetUtcNow() });
        using var staff = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Staff);

        var list = await staff.GetAsync("/contacts");

        list.Rows().ShouldBe(["Ann Archer", "Bob Baker", "Carl Cole", "Dora Dean"]);
        list.Page.QuerySelectorAll("table.list tbody tr").Select(r => string.Join(' ', r.QuerySelectorAll(".chip").Select(c => c.TextContent.Trim())))
            .ShouldBe(["Active", "Invited", "Disabled", "Mail fails No account"]);
        list.Text.ShouldContain("Riverside");
        (await staff.GetAsync("/contacts?account=none")).Rows().ShouldBe(["Dora Dean"]);
        (await staff.GetAsync("/contacts?account=unproven")).Rows().ShouldBe(["Bob Baker"]);
        (await staff.GetAsync("/contacts?account=proven")).Rows().ShouldBe(["Ann Archer"]);
        (await staff.GetAsync("/contacts?account=disabled")).Rows().ShouldBe(["Carl Cole"]);
        (await staff.GetAsync("/contacts?account=king")).Rows().Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("archer", "Ann Archer")]
    [InlineData("ARCHER ann", "Ann Archer")]
    [InlineData("ann@mail.example", "Ann Archer")]
    [InlineData("Ann Archer <ANN@mail.example>", "Ann Archer")]
    [InlineData("nn@mai", "Ann Archer")]
    [InlineData("elodie@", "Élodie Noël")]
    [InlineData("élodie", "Élodie Noël")]
    [InlineData("NOËL", "Élodie Noël")]
    [InlineData("5550142", "Bob Baker")]
    [InlineData("(555) 01-42", "Bob Baker")]
    [InlineData("0555 0142", "Bob Baker")]
    [InlineData("100%", "100% Storage_Ltd")]
    [InlineData("storage_ltd", "100% Storage_Ltd")]
    [InlineData("old@mail.example", "Bob Baker")]
    public async Task A_contact_is_found_by_name_address_and_number(string typed, string found)
    {
        var storefront = await portal.StorefrontAsync();
        await portal.ContactAsync(storefront, "Ann Archer", "ann@mail.example", "555 0100");
        await portal.ContactAsync(storefront, "Élodie Noël", "elodie@mail.example");
        await portal.ContactAsync(storefront, "100% Storage_Ltd", "office@mail.example");
        var account = await portal.AccountAsync(storefront, "old@mail.example", "Bob Baker");
        await portal.ExecuteAsync("update contact set email = 'bob@mail.example', phone = '+1 555 0142' where id = @id", new { id = await portal.ContactOfAsync(account) });
        using var staff = await portal.ManagerAsync(storefront);

        (await staff.GetAsync($"/contacts?q={Uri.EscapeDataString(typed)}")).Rows().ShouldBe([found]);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("' or 1=1 --")]
    [InlineData("\\")]
    [InlineData("\0")]
    [InlineData("😀\uD83D")]
    public async Task A_strange_search_finds_nothing_and_breaks_nothing(string typed)
    {
        var storefront = await portal.StorefrontAsync();
        await portal.ContactAsync(storefront, "Ann Archer", "ann@strange.example");
        using var staff = await portal.ManagerAsync(storefront);

        var list = await staff.GetAsync($"/contacts?q={Uri.EscapeDataString(typed)}&after=x&storefront=y");

        list.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition_and_keep_what_was_asked()
    {
        var storefront = await portal.StorefrontAsync();
        for (int i = 0; i < 120; i++) await portal.ContactAsync(storefront, i % 3 == 0 ? "Same Name" : $"Name {i:000}", $"c{i}@pages.example");
        using var staff = await portal.ManagerAsync(storefront);
        var (seen, next) = (new List<string>(), "/console/contacts?q=pages");

        while (next is not null)
        {
            var page = await staff.OpenAsync(next);
            seen.AddRange(page.Page.QuerySelectorAll("table.list tbody th a").Select(a => a.GetAttribute("href")!));
            next = page.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
            next?.ShouldContain("q=pages");
        }

        seen.Count.ShouldBe(120);
        seen.Distinct().Count().ShouldBe(120);
    }

    [Fact]
    public async Task A_storefront_is_chosen_in_the_address()
    {
        var first = await portal.StorefrontAsync(name: "First Site");
        var second = await portal.StorefrontAsync(organization: first.OrganizationId, name: "Second Site");
        await portal.ContactAsync(first, "Ann Archer");
        await portal.ContactAsync(second, "Bob Baker");
        using var staff = await portal.ManagerAsync(first);

        (await staff.GetAsync("/contacts")).Rows().ShouldBe(["Ann Archer", "Bob Baker"]);
        var link = (await staff.GetAsync("/contacts?q=a")).Page.QuerySelectorAll(".filters a").Single(a => a.TextContent == "Second Site").GetAttribute("href")!;
        (await staff.OpenAsync(link)).Rows().ShouldBe(["Bob Baker"]);
        link.ShouldContain("q=a");
    }

    [Fact]
    public async Task An_empty_list_says_where_contacts_come_from_and_an_empty_search_how_to_go_on()
    {
        var storefront = await portal.StorefrontAsync();
        using var staff = await portal.ManagerAsync(storefront);

        (await staff.GetAsync("/contacts")).Text.ShouldContain("The first ones come from an import");
        var nothing = await staff.GetAsync("/contacts?q=nobody");
        nothing.Text.ShouldContain("No contact is like that.");
        nothing.Page.QuerySelector("input[type=search]")!.GetAttribute("value").ShouldBe("nobody");
    }

    [Fact]
    public async Task Another_organizations_contacts_are_not_there()
    {
        var (own, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        var theirs = await portal.ContactOfAsync(await portal.AccountAsync(other, "secret@other.example", "Otto Other"));
        using var staff = await portal.ManagerAsync(own);

        (await staff.GetAsync($"/contacts?q=secret@other.example&after={theirs}&storefront={other.Id}")).Text.ShouldNotContain("Otto");
        (await staff.GetAsync($"/contacts?after={theirs}")).Text.ShouldNotContain("Otto");
        (await staff.GetAsync($"/contacts/{theirs}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await staff.GetAsync($"/contacts/{theirs}/edit")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await staff.PostAsync($"/contacts/{theirs}?handler=Send")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request where organization_id = @OrganizationId", new { other.OrganizationId })).ShouldBe(0);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("{{7*7}} ${7*7} @(7*7)")]
    public async Task A_hostile_name_is_text_on_every_page(string name)
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, $"h{Guid.NewGuid():n}@hostile.example", name);
        var contact = await portal.ContactOfAsync(account);
        await portal.SubscriptionAsync(storefront, contact, await portal.FacilityAsync(storefront, name), name);
        using var staff = await portal.ManagerAsync(storefront);

        foreach (var path in new[] { "/contacts", $"/contacts/{contact}", $"/contacts/{contact}/edit", "/customers", "/subscriptions", $"/accounts/{account}/magic-link" })
        {
            var page = await staff.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.OK, path);
            page.Page.QuerySelectorAll("main img, main script").ShouldBeEmpty(path);
            page.Body.ShouldNotContain("<script>alert");
            (page.Text + page.Page.QuerySelector("input[name=name]")?.GetAttribute("value")).ShouldContain(name, customMessage: path);
        }
    }
}
