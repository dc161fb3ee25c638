using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignUps;

/// <summary>Whose address it is that somebody types at a sign-up.</summary>
public sealed partial class SigningUpTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_taken_a_free_an_unproven_and_a_disabled_address_get_the_same_pages()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage with { Limits = SignInLimits.Off });
        var offered = await portal.OfferAsync(storefront, units: 8);
        string[] addresses = ["taken@enum.example", "nobod@enum.example", "await@enum.example", "close@enum.example"];
        await portal.AccountAsync(storefront, addresses[0]);
        // Who has a card on file is not told from who has none.
        using (var taken = await portal.CustomerAsync(storefront, addresses[0]))
        {
            await taken.AtCheckoutAsync((await taken.PostAsync("/portal/billing?handler=Add")).Location!, TestAct.Card);
            await portal.EventsAsync();
            (await taken.GetAsync("/portal/billing")).Text.ShouldContain("Visa •••• 4242");
        }
        await portal.AccountAsync(storefront, addresses[2], state: "unproven");
        await portal.AccountAsync(storefront, addresses[3], state: "disabled");
        var prints = new List<string>();
        foreach (string address in addresses)
        {
            using var visit = portal.Visit(storefront);
            await visit.GetAsync("/portal/sign-in");
            await visit.ChooseAsync(offered.Type);
            await visit.PostAsync("/rent/dates", ("starts_on", portal.Day()));
            var pages = new List<Answer> { await visit.DetailsAsync(address), await visit.GetAsync("/rent/options") };
            await portal.SettleAsync();
            pages.AddRange([await visit.PostAsync("/rent/options"), await visit.GetAsync("/rent/review"), await visit.GetAsync("/rent/details"), await visit.GetAsync("/rent")]);
            pages.Add(await visit.PayAsync(pages[3]));
            pages.Add(await visit.AtCheckoutAsync(pages[^1].Location!, TestAct.Card));
            await portal.SettleMoneyAsync();
            await portal.SettleAsync();
            pages.AddRange([await visit.GetAsync("/rent/done"), await visit.GetAsync("/portal")]);
            prints.Add(string.Join("\n---\n", pages.Select(p => Print(p, address))));
        }

        prints[1..].ShouldAllBe(p => p == prints[0]);
        foreach (string address in addresses)
        {
            await portal.MailAboutAsync(address, "Welcome to");
            (await portal.MailsAsync(address)).Any(m => m.Text.Contains("You already have an account", StringComparison.Ordinal)).ShouldBe(address == addresses[0] || address == addresses[2], address);
        }
    }

    [Fact]
    public async Task With_a_free_address_an_account_is_made_that_is_worth_nothing_until_the_mailbox_is_proven()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront);
        using var nora = portal.Visit(storefront);
        var review = await nora.ReviewAsync(portal, offered.Type, "nora@free.example", phone: "+15550155");
        (await StateAsync(storefront, "nora@free.example")).ShouldBe("");
        await nora.RentAsync(portal, review);

        (await StateAsync(storefront, "nora@free.example")).ShouldBe("unproven, phone -, name -, password -");
        var done = await nora.GetAsync("/rent/done");
        done.Text.ShouldContain("Unit A01 (10 m²) at Riverside is yours from");
        foreach (string page in new[] { "/portal", "/portal/account", "/portal/rent" }) (await nora.GetAsync(page)).Location!.ShouldContain("/portal/sign-in");
        (await portal.ScalarAsync<string>("select u.state from unit u where u.organization_id = @OrganizationId and number = 'A01'", new { storefront.OrganizationId })).ShouldBe("occupied");
        var welcome = await portal.MailAboutAsync("nora@free.example", "Welcome to");
        welcome.Text.ShouldContain("Unit A01 (10 m²) at Riverside is yours from");
        welcome.Text.ShouldContain($"/s/{storefront.Slug}/portal");

        (await nora.SignInAsync("nora@free.example", mails: 3)).Text.ShouldContain("Unit A01");
        // The number that was typed is on the record of the business, and no way in.
        (await StateAsync(storefront, "nora@free.example")).ShouldBe("proven, phone -, name -, password -");
        (await nora.GetAsync("/rent/done")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_who_sign_up_with_one_address_have_one_account_and_neither_is_let_in()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront);
        using var nora = portal.Visit(storefront);
        using var eve = portal.Visit(storefront);
        var reviews = (await nora.ReviewAsync(portal, offered.Type, "nora@both.example"), await eve.ReviewAsync(portal, offered.Type, "nora@both.example", "Eve Evil", "+15550199"));
        await eve.RentAsync(portal, reviews.Item2);
        await nora.RentAsync(portal, reviews.Item1);

        (await StateAsync(storefront, "nora@both.example")).ShouldBe("unproven, phone -, name -, password -");
        (await portal.ScalarAsync<long>("select count(*) from account where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
        // No card stays behind that would wait in the account of whoever proves the mailbox.
        (await portal.ScalarAsync<long>("select count(*) from payment_method where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
        foreach (var visit in new[] { nora, eve })
            foreach (string page in new[] { "/portal", "/portal/billing", "/portal/account" }) (await visit.GetAsync(page)).Location!.ShouldContain("/portal/sign-in");
    }

    [Fact]
    public async Task With_a_taken_address_nothing_of_the_customer_changes_and_the_mail_goes_on_under_the_account()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront);
        var account = await portal.AccountAsync(storefront, "ann@taken.example");
        var contact = await portal.ContactOfAsync(account);
        string before = await RecordAsync(contact);
        using var eve = portal.Visit(storefront);
        await eve.ReviewAsync(portal, offered.Type, "ann@taken.example", "Eve Evil", "+15550199");

        var mail = (await portal.MailsAsync("ann@taken.example")).ShouldHaveSingleItem();
        mail.Text.ShouldContain("began to sign up at Riverbend Storage with this address");
        mail.Text.ShouldNotContain("Eve Evil");
        using var ann = portal.Visit(storefront);
        (await ann.RedeemAsync(Visit.TokenIn(mail.Text))).Location!.ShouldContain("/portal/rent");
        var begun = await ann.GetAsync("/portal/rent");
        begun.Text.ShouldContain("10 m²");
        begun.Text.ShouldNotContain("Eve Evil");
        (await ann.PostAsync("/portal/rent", ("sign_up", begun.Page.QuerySelector("input[name=sign_up]")!.GetAttribute("value")!))).Location.ShouldEndWith("/rent/review");
        (await eve.GetAsync("/rent/review")).Location.ShouldEndWith("/rent");

        var review = await ann.GetAsync("/rent/review");
        review.Text.ShouldContain("ann@taken.example");
        review.Text.ShouldNotContain("Eve Evil");
        await ann.RentAsync(portal, review);
        (await ann.GetAsync("/portal")).Text.ShouldContain("Unit A01");
        (await RecordAsync(contact)).ShouldBe(before);
        (await portal.ScalarAsync<long>("select count(*) from contact where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
        (await portal.MailAboutAsync("ann@taken.example", "Welcome to")).Text.ShouldContain("Unit A01");
    }

    [Fact]
    public async Task What_was_paid_for_with_a_taken_address_shows_in_the_account_only_when_its_holder_says_so()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront);
        var account = await portal.AccountAsync(storefront, "ann@later.example");
        string before = await RecordAsync(await portal.ContactOfAsync(account));
        using var browser = portal.Visit(storefront);
        await browser.RentAsync(portal, await browser.ReviewAsync(portal, offered.Type, "ann@later.example", "Ann A.", "+15550199"));

        (await portal.MailAboutAsync("ann@later.example", "Welcome to")).Text.ShouldContain("confirm that this is yours");
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);
        (await manager.OpenAsync("/console/activity")).Text.ShouldContain("Sign-up with the address of an account; not linked");
        using var ann = portal.Visit(storefront);
        (await ann.SignInAsync("ann@later.example", mails: 4)).Text.ShouldContain("You have no active rental.");
        (await RecordAsync(await portal.ContactOfAsync(account))).ShouldBe(before);

        var offer = await ann.GetAsync("/portal/rent");
        var id = offer.Page.QuerySelector("input[name=sign_up]")!.GetAttribute("value")!;
        using var bob = portal.Visit(storefront);
        await portal.AccountAsync(storefront, "bob@later.example");
        await bob.SignInAsync("bob@later.example");
        await bob.PostAsync("/portal/rent?handler=Take", ("sign_up", id));
        (await bob.GetAsync("/portal")).Text.ShouldContain("You have no active rental.");
        (await ann.PostAsync("/portal/rent?handler=Take", ("sign_up", id))).Location.ShouldEndWith("/portal");
        (await ann.GetAsync("/portal")).Text.ShouldContain("Unit A01");
        (await ann.PostAsync("/portal/rent?handler=Take", ("sign_up", id))).Location.ShouldEndWith("/portal/rent");
    }

    [Fact]
    public async Task What_an_outsider_typed_does_not_survive_the_first_proof()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var offered = await portal.OfferAsync(storefront);
        using var eve = portal.Visit(storefront);
        await eve.PayAsync(await eve.ReviewAsync(portal, offered.Type, "dora@proof.example", "Eve Evil", "+15550199")); // never paid
        await eve.PostAsync("/rent/review", ("emailVerified", "true"), ("accountId", Guid.NewGuid().ToString()), ("total", "1"));
        var dora = await portal.ContactAsync(storefront, "Dora Dean", "dora@proof.example");
        using (var manager = await portal.ManagerAsync(storefront))
            await manager.PostAsync($"/contacts/{dora}?handler=Send");
        using var visit = portal.Visit(storefront);
        await visit.RedeemAsync(await visit.TokenAsync("dora@proof.example"));

        (await visit.GetAsync("/portal")).Heading.ShouldBe("Hi, Dora");
        (await StateAsync(storefront, "dora@proof.example")).ShouldBe("proven, phone -, name -, password -");
        (await portal.ScalarAsync<long>("select count(*) from account_contact where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
        (await visit.GetAsync("/portal/account")).Body.ShouldNotContain("+15550199");
    }

    [Fact]
    public async Task A_customer_who_is_signed_in_is_not_asked_for_what_is_known()
    {
        var storefront = await portal.StorefrontAsync(locale: "fr");
        var offered = await portal.OfferAsync(storefront);
        await portal.AccountAsync(storefront, "bob@known.example", "Bob Baker");
        using var bob = portal.Visit(storefront);
        (await bob.SignInAsync("bob@known.example")).Page.QuerySelector("main a.button.primary")!.GetAttribute("href").ShouldEndWith("/rent");
        await bob.ChooseAsync(offered.Type);

        (await bob.PostAsync("/rent/dates", ("starts_on", portal.Day()))).Location.ShouldEndWith("/rent/options");
        (await bob.GetAsync("/rent/details")).Location.ShouldEndWith("/rent/review");
        await bob.PostAsync("/rent/options", ("option", offered.Padlock.ToString()));
        var review = await bob.GetAsync("/rent/review");
        review.Text.ShouldContain("À payer aujourd’hui");
        await bob.RentAsync(portal, review);
        (await bob.GetAsync("/portal")).Text.ShouldContain("A01");
        await portal.MailAboutAsync("bob@known.example", "Bienvenue chez Riverbend Storage");
    }

    private Task<string> StateAsync(Storefront storefront, string email) => portal.Database.ReadAsync(async c => (await c.ExecuteScalarAsync<string>("""
        select state || ', phone ' || coalesce(phone, '-') || ', name ' || coalesce(full_name, '-') || ', password ' || coalesce(password_hash, '-')
        from account where organization_id = @OrganizationId and email = @email
        """, new { storefront.OrganizationId, email })) ?? "");

    private Task<string> RecordAsync(Guid contact) => portal.Database.ReadAsync(async c =>
        string.Join('|', ((IDictionary<string, object?>)await c.QuerySingleAsync("select * from contact where id = @contact", new { contact })).Values.Select(v => $"{v}")));

    private static string Print(Answer answer, string address)
    {
        var headers = answer.Headers.Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}");
        var print = $"{answer.Status}\n{string.Join('\n', headers)}\n{answer.Body}".Replace(address, "ADDRESS", StringComparison.Ordinal);
        return Identifiers().Replace(print, "ID");
    }

    // Ids and cookies; and which of the units it is.
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|(?<=(browser|sign-up)-[a-z0-9]+=)[a-z2-7]{32}|(?<=[Uu]nit )A0[0-9]|(?<=test-checkout/)[A-Za-z0-9_]+|[0-9] free", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifiers();
}
