using Latchkey.Features.Contacts;
using Latchkey.Features.Why;
using Latchkey.Platform.Staff;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Rig;
using Latchkey.Tests.Seeds;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Why;

/// <summary>What is wrong with the address: each situation is brought about, named, put right by its button, and the customer gets in.</summary>
public sealed class AddressSituationTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task No_account_yet()
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.ContactAsync("dora@noaccount.example");
        using var dora = business.Visit();
        await dora.AskAsync("dora@noaccount.example");
        await business.SettleAsync();
        using var desk = await Desk.OpenAsync(portal, business.Storefront);

        var page = await desk.VerdictAsync("dora@noaccount.example", Cause.NoAccountYet);
        (await desk.PressAsync(page)).Text.ShouldContain("A mail is on its way.");
        await desk.ShouldGetInAsync("dora@noaccount.example", mails: 1);
        Desk.CauseOf(await desk.VerdictAsync("dora@noaccount.example", Cause.NothingWrong)).ShouldBe("NothingWrong");
    }

    [Fact]
    public async Task Never_sent_a_link()
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.CustomerAsync("ann@never.example");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        var page = await desk.VerdictAsync("ann@never.example", Cause.NeverSentLink);
        page.Text.ShouldContain("They may look for a password. There are none here.");
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@never.example", mails: 1);
    }

    [Theory]
    [InlineData("anm.archer@{0}", "a letter that is wrong")]
    [InlineData("ann.arhcer@{0}", "two letters swapped")]
    [InlineData("annarcher@{0}", "a dot left out")]
    [InlineData("ann.archer+bills@{0}", "a tag that the record does not have")]
    public async Task Address_mistyped(string typed, string how)
    {
        var business = await Business.OpenAsync(portal, "storage");
        string domain = $"{Guid.NewGuid():n}.example";
        await business.CustomerAsync($"ann.archer@{domain}");
        typed = typed.Replace("{0}", domain, StringComparison.Ordinal);
        using var ann = business.Visit();
        await ann.AskAsync(typed);
        await business.SettleAsync();
        using var desk = await Desk.OpenAsync(portal, business.Storefront);

        var page = await desk.VerdictAsync(typed, Cause.AddressMistyped);
        page.Text.ShouldContain($"ann.archer@{domain}", customMessage: how);
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync($"ann.archer@{domain}", mails: 1);
    }

    [Fact]
    public async Task A_slip_in_a_well_known_domain_and_one_in_the_name()
    {
        var business = await Business.OpenAsync(portal, "storage");
        string local = $"ann{Guid.NewGuid():n}"[..14];
        await business.CustomerAsync($"{local}@gmail.com");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        (await desk.VerdictAsync($"{local}x@gmial.com", Cause.AddressMistyped)).Text.ShouldContain($"{local}@gmail.com");
    }

    [Fact]
    public async Task Every_kind_of_slip_leads_to_who_was_meant()
    {
        var business = await Business.OpenAsync(portal, "storage");
        const string marie = "marie.dupont@near.example", jo = "jo@near.example", claude = "marie-claude.desrochers@gmail.com";
        foreach (string known in new[] { marie, jo, claude }) await business.CustomerAsync(known);
        foreach (var (typed, meant) in new[]
        {
            ("amrie.dupont@near.example", marie), ("marie.duptno@near.example", null), ("marie.dupotn@near.example", marie), ("arie.dupont@near.example", marie), ("marie.dupon@near.example", marie),
            ("xmarie.dupont@near.example", marie), ("marie.duponts@near.example", marie), ("narie.dupont@near.example", marie), ("marie_dupont@near.example", marie), ("mariedupont@near.example", marie),
            ("marie.dupont+bills@near.example", marie), ("marie.dupont@naer.example", marie), ("marie.dupont@near.exmple", marie), ("joe@near.example", jo), ("jo@nera.example", jo), ("jo@near.examples", jo),
            ("marie-claude.desrochers@gmial.com", claude), ("marie-claude.desroches@gmial.com", claude), ("marieclaude.desrochers@gmail.co", claude),
        })
        {
            var near = (await portal.Services.GetRequiredService<NearMisses>().RunAsync(business.Storefront, SignInName.Of(EmailAddress.Of(typed)), TestContext.Current.CancellationToken))
                .Where(n => !n.IsByName).ToList();
            if (meant is null) near.ShouldBeEmpty(typed); // two letters wrong is more than is guessed
            else near.ShouldContain(n => n.Email == meant, typed);
        }
    }

    [Fact]
    public async Task Address_on_the_record_differs_from_the_one_used()
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.CustomerAsync("archer77@differs.example");
        using var ann = business.Visit();
        await ann.SignInAsync("archer77@differs.example");
        business.Pass(TimeSpan.FromDays(3));
        await ann.AskAsync("ann.archer@work-differs.example");
        await business.SettleAsync();
        using var desk = await Desk.OpenAsync(portal, business.Storefront);

        var page = await desk.VerdictAsync("ann.archer@work-differs.example", Cause.OtherAddressOnRecord);
        page.Text.ShouldContain("archer77@differs.example");
        await desk.PressAsync(page, "ann.archer@work-differs.example");
        await desk.ShouldGetInAsync("ann.archer@work-differs.example", mails: 2);

        await desk.VerdictAsync("archer77@differs.example", Cause.AddressChanged);
    }

    [Fact]
    public async Task Address_changed_after_a_link_had_gone_to_the_old_one()
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.CustomerAsync("ann@oldbox.example");
        using var ann = business.Visit();
        await ann.AskAsync("ann@oldbox.example");
        string token = await ann.TokenAsync("ann@oldbox.example");
        var contact = await portal.ScalarAsync<object>("select id from contact where organization_id = @OrganizationId", new { business.Storefront.OrganizationId });
        (await portal.Services.GetRequiredService<CorrectAddress>().RunAsync(business.Storefront, contact as Guid? ?? Guid.Parse((string)contact), "ann@newbox.example", "Max", TestContext.Current.CancellationToken))
            .ShouldBe(CorrectAddressOutcome.Corrected);
        business.Pass(TimeSpan.FromMinutes(1));
        (await ann.GetAsync($"/portal/link/{token}")).Heading.ShouldBe("Link no longer valid");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        await desk.VerdictAsync(Answer.HelpCodeIn((await portal.MailsAsync("ann@newbox.example"))[0].Text), Cause.AddressChanged);
        await desk.PressAsync(await desk.VerdictAsync("ann@newbox.example", Cause.AddressChanged));
        await desk.ShouldGetInAsync("ann@newbox.example", mails: 2); // the first tells of the change
    }

    [Fact]
    public async Task A_contact_without_a_valid_address()
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.ContactAsync("dora-at-example");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        var page = await desk.VerdictAsync("Ann Arch", Cause.NoValidAddress);
        var refused = await desk.PostAsync("/console/why?handler=Fix", ("address", "Ann Arch"), ("storefront", business.Storefront.Slug), ("fix", "CorrectAddress"), ("new", "no address"));
        (refused.Status, refused.Page.QuerySelector("input[name=new]")!.GetAttribute("value")).ShouldBe((System.Net.HttpStatusCode.BadRequest, "no address"));
        await desk.PressAsync(page, "dora@valid.example");
        await desk.ShouldGetInAsync("dora@valid.example", mails: 1);
    }

    [Fact]
    public async Task Wrong_storefront()
    {
        var business = await Business.OpenAsync(portal, "storage");
        var boats = await business.SisterAsync("Riverbend Boats");
        await boats.CustomerAsync("carl@wrongplace.example");
        using var carl = business.Visit();
        await carl.AskAsync("carl@wrongplace.example");
        await business.SettleAsync();
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        var page = await desk.VerdictAsync("carl@wrongplace.example", Cause.WrongStorefront);
        page.Text.ShouldContain("Riverbend Boats knows this address.");
        page.Page.QuerySelector(".verdict form").ShouldBeNull();
        Desk.CauseOf(await desk.AskAsync("carl@wrongplace.example", boats.Storefront)).ShouldBe("NeverSentLink");
        (await portal.MailsAsync("carl@wrongplace.example"))[0].Text.ShouldContain($"/s/{boats.Storefront.Slug}/portal");
        using var there = boats.Visit();
        (await there.SignInAsync("carl@wrongplace.example", mails: 2)).Heading.ShouldBe("Hi, Ann");
    }

    [Fact]
    public async Task Two_accounts_two_addresses()
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.CustomerAsync("ann@private2.example");
        await business.CustomerAsync("ann@work2.example");
        var contact = await portal.ScalarAsync<object>("select id from contact where organization_id = @OrganizationId and email = 'ann@work2.example'", new { business.Storefront.OrganizationId });
        await business.RentsAsync(contact as Guid? ?? Guid.Parse((string)contact), "Garage");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@private2.example");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        var page = await desk.VerdictAsync("ann@private2.example", Cause.TwoAccounts);
        page.Text.ShouldContain("ann@work2.example");
        var asked = await desk.OpenAsync(page.Page.QuerySelector(".verdict a.primary")!.GetAttribute("href")!);
        (asked.Text.Contains("ann@private2.example", StringComparison.Ordinal), asked.Text.Contains("ann@work2.example", StringComparison.Ordinal)).ShouldBe((true, true), asked.Text);
    }

    [Fact]
    public async Task Contact_not_linked_to_the_account()
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.CustomerAsync("ann@unlinked.example");
        await business.RentsAsync(await business.ContactAsync("ann@unlinked.example"), "Garage, 20 m²");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@unlinked.example");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        var seen = await desk.VerdictAsync("ann@unlinked.example", Cause.ContactNotLinked);
        seen.Page.QuerySelector(".verdict form").ShouldBeNull();
        (await desk.PostAsync("/console/why?handler=Fix", ("address", "ann@unlinked.example"), ("storefront", business.Storefront.Slug), ("fix", "LinkContact"))).Status
            .ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await ann.GetAsync("/portal")).Text.ShouldNotContain("Garage, 20 m²");

        // Two people decide what shows one customer what may be another's.
        var asked = QueryHelpers.ParseQuery(new Uri(portal.Url, seen.Page.QuerySelector(".verdict a.button")!.GetAttribute("href")!).Query);
        using var support = await Approvals.Desk.OpenAsync(portal, business.Storefront);
        await support.DoAsync(asked["kind"].Single()!, Guid.Parse(asked["account"].Single()!), Guid.Parse(asked["with"].Single()!));
        (await ann.GetAsync("/portal")).Text.ShouldContain("Garage, 20 m²");
    }

    [Fact]
    public async Task An_address_that_nobody_knows_and_a_number_that_is_not_on_file()
    {
        var business = await Business.OpenAsync(portal, "subscription");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        await desk.VerdictAsync("nobody@nowhere.example", Cause.UnknownAddress);
        await desk.VerdictAsync("+1 555 987 6543", Cause.NoPhone);
    }

    [Fact]
    public async Task An_unknown_host()
    {
        var business = await Business.OpenAsync(portal, "storage");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        (await desk.VerdictAsync("https://portal.riverbnd.example/portal", Cause.UnknownHost)).Text.ShouldContain("portal.riverbnd.example");
    }

    [Fact]
    public async Task Another_organizations_addresses_are_never_near()
    {
        var (business, other) = (await Business.OpenAsync(portal, "storage"), await Business.OpenAsync(portal, "storage"));
        await other.CustomerAsync("otto.other@elsewhere.example");
        using var desk = await Desk.OpenAsync(portal, business.Storefront);
        foreach (string typed in new[] { "otto.other@elsewhere.example", "otto.othr@elsewhere.example", "otto.other@gmail.com", "Ann Archer", $"http://localhost/s/{other.Storefront.Slug}/portal" })
            (await desk.AskAsync(typed)).Text.ShouldNotContain("otto.other@elsewhere.example", customMessage: typed == "otto.other@elsewhere.example" ? null : typed);
        (await desk.VerdictAsync("otto.other@elsewhere.example", Cause.UnknownAddress)).Text.ShouldNotContain("Ann Archer");
    }
}
