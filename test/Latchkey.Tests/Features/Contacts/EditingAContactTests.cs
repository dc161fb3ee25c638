using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Features.Account;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>Staff correct a customer's record.</summary>
public sealed class EditingAContactTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Name_number_facility_and_language_are_saved_with_what_they_were_before()
    {
        var storefront = await portal.StorefrontAsync();
        var mill = await portal.FacilityAsync(storefront, "Old Mill");
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@edit.example", "555 0199");
        using var staff = await portal.ManagerAsync(storefront);

        var saved = await EditAsync(staff, contact, ("name", "Dora Dean-Smith"), ("phone", "+1 555 123 4567"), ("facility", mill.ToString()), ("language", "fr"));

        saved.Location.ShouldBe($"/console/contacts/{contact}?done=saved");
        var record = await staff.OpenAsync(saved.Location!);
        record.Heading.ShouldStartWith("Dora Dean-Smith");
        record.Text.ShouldContain("Old Mill");
        record.Text.ShouldContain("Français");
        record.Text.ShouldContain("Name: Dora Dean → Dora Dean-Smith");
        record.Text.ShouldContain("Phone: 555 0199 → +15551234567");
        (await portal.ScalarAsync<string>("select actor from activity where contact_id = @contact", new { contact })).ShouldBe("Max Manager");
    }

    [Fact]
    public async Task The_address_of_the_account_goes_with_it_everything_of_before_dies_and_both_mailboxes_are_told()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@old.example");
        var contact = await portal.ContactOfAsync(account);
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@old.example");
        await ann.SaveAsync(("email", "ann@pending.example"));
        await portal.MailsAsync("ann@pending.example");
        using var second = portal.Visit(storefront);
        await second.AskAsync("ann@old.example");
        var token = await second.TokenAsync("ann@old.example", 2);
        using var staff = await portal.ManagerAsync(storefront);

        var saved = await EditAsync(staff, contact, ("email", "Ann@New.example"));

        saved.Location.ShouldBe($"/console/contacts/{contact}?done=saved-account");
        (await EmailOfAsync(account)).ShouldBe("ann@new.example");
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await second.RedeemAsync(token)).Status.ShouldNotBe(HttpStatusCode.Redirect);
        (await portal.ScalarAsync<long>("select count(*) from one_time_link where account_id = @account and purpose = 'ChangeEmail' and revoked_at is null", new { account })).ShouldBe(0);
        var told = (await portal.MailsAsync("ann@old.example", 3))[^1];
        told.Subject.ShouldBe("Your address was changed");
        told.Text.ShouldNotContain("ann@new.example");
        (await portal.MailsAsync("ann@new.example"))[0].Subject.ShouldBe("This is the address of your account at Riverbend Storage now");
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and (detail like '%@%' or changes like '%@old%' or changes like '%@new%')",
            new { storefront.OrganizationId })).ShouldBe(0);
        (await portal.ScalarAsync<string>("select changes from activity where contact_id = @contact and event = 'email changed by staff'", new { contact })).ShouldContain("email");
        (await portal.ScalarAsync<string?>("select password_hash from account where id = @account", new { account })).ShouldBeNull();

        (await staff.PostAsync($"/contacts/{contact}?handler=Send")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await ann.RedeemAsync(await ann.TokenAsync("ann@new.example", 2))).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task The_old_mailbox_can_take_it_back_at_once()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@mine.example");
        var contact = await portal.ContactOfAsync(account);
        using var staff = await portal.ManagerAsync(storefront);
        await EditAsync(staff, contact, ("email", "thief@story.example"));
        using var thief = portal.Visit(storefront);
        await thief.SignInAsync("thief@story.example", 2);

        var mail = (await portal.MailsAsync("ann@mine.example"))[0];
        var undo = AccountVisit.TokenIn(mail.Text, "undo-email");
        using var ann = portal.Visit(storefront);
        await ann.GetAsync($"/portal/account/undo-email/{undo}");
        (await ann.PostAsync("/portal/account/undo-email", ("token", undo))).Heading.ShouldBe("Your address is back");

        (await EmailOfAsync(account)).ShouldBe("ann@mine.example");
        (await thief.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await portal.ScalarAsync<string>("select text_body from mail where to_address = 'ann@mine.example' and kind = 'email_replaced'")).ShouldNotContain(undo);
    }

    [Fact]
    public async Task An_address_of_an_account_that_was_never_opened_is_corrected_and_a_new_link_gets_them_in()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@tpyo.example");
        using var staff = await portal.ManagerAsync(storefront);
        await staff.PostAsync($"/contacts/{contact}?handler=Send");
        using var stranger = portal.Visit(storefront);
        var token = await stranger.TokenAsync("dora@tpyo.example");

        (await EditAsync(staff, contact, ("email", "dora@typo.example"))).Location.ShouldBe($"/console/contacts/{contact}?done=saved-account");

        (await portal.MailsAsync("dora@tpyo.example", 2))[^1].Text.ShouldNotContain("undo-email");
        (await stranger.RedeemAsync(token)).Status.ShouldNotBe(HttpStatusCode.Redirect);
        await staff.PostAsync($"/contacts/{contact}?handler=Send");
        using var dora = portal.Visit(storefront);
        (await dora.RedeemAsync(await dora.TokenAsync("dora@typo.example", 2))).ShouldLeadInto($"{dora.Base}/portal");
        (await dora.GetAsync("/portal")).Heading.ShouldBe("Hi, Dora");
    }

    [Theory]
    [InlineData("proven", true)]
    [InlineData("unproven", true)]
    [InlineData("disabled", true)]
    [InlineData("proven", false)]
    public async Task An_address_of_another_account_is_refused_and_leads_to_support(string state, bool hasAccount)
    {
        var storefront = await portal.StorefrontAsync();
        var (mine, taken) = ($"a{Guid.NewGuid():n}@take.example", $"b{Guid.NewGuid():n}@take.example");
        await portal.AccountAsync(storefront, taken, "Bob Baker", state);
        var contact = hasAccount ? await portal.ContactOfAsync(await portal.AccountAsync(storefront, mine)) : await portal.ContactAsync(storefront, "Ann Archer", mine);
        using var staff = await portal.ManagerAsync(storefront);

        var refused = await EditAsync(staff, contact, ("email", taken), ("name", "Ann Typed"));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain("Ask Support to take it over");
        refused.Page.QuerySelector("#email")!.GetAttribute("value").ShouldBe(taken);
        refused.Page.QuerySelector("#name")!.GetAttribute("value").ShouldBe("Ann Typed");
        (await portal.ScalarAsync<string>("select full_name || ' ' || email from contact where id = @contact", new { contact })).ShouldBe($"Ann Archer {mine}");
        (await portal.ScalarAsync<long>("select count(*) from mail where to_address in (@mine, @taken)", new { mine, taken })).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_address_on_another_storefront_is_another_account()
    {
        var storefront = await portal.StorefrontAsync();
        var other = await portal.StorefrontAsync(organization: storefront.OrganizationId);
        var elsewhere = await portal.AccountAsync(other, "ann@both.example");
        var account = await portal.AccountAsync(storefront, "ann@first.example");
        using var staff = await portal.ManagerAsync(storefront);

        (await EditAsync(staff, await portal.ContactOfAsync(account), ("email", "ann@both.example"))).Location!.ShouldEndWith("done=saved-account");

        (await EmailOfAsync(account)).ShouldBe("ann@both.example");
        (await EmailOfAsync(elsewhere)).ShouldBe("ann@both.example");
    }

    [Fact]
    public async Task The_address_an_account_signs_in_by_is_not_taken_away()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@needed.example");
        using var staff = await portal.ManagerAsync(storefront);

        var refused = await EditAsync(staff, await portal.ContactOfAsync(account), ("email", ""));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain("The customer signs in by this address.");
    }

    [Fact]
    public async Task The_other_records_of_the_customer_get_the_address_too()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@two.example");
        var (first, second) = (await portal.ContactOfAsync(account), await portal.ContactAsync(storefront, "Ann at Old Mill", "ann@two.example"));
        var stranger = await portal.ContactAsync(storefront, "Ann Unlinked", "ann@two.example");
        await portal.ExecuteAsync("insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by) values (@OrganizationId, @account, @second, @now, 'import'); update contact set linked = true where id = @second",
            new { storefront.OrganizationId, account, second, now = portal.Clock.GetUtcNow() });
        using var staff = await portal.ManagerAsync(storefront);

        await EditAsync(staff, first, ("email", "ann@moved.example"));

        (await portal.ScalarAsync<string>("select email from contact where id = @second", new { second })).ShouldBe("ann@moved.example");
        (await portal.ScalarAsync<string>("select email from contact where id = @stranger", new { stranger })).ShouldBe("ann@two.example");
        (await portal.ScalarAsync<long>("select count(*) from activity where contact_id = @second and event = 'email changed by staff'", new { second })).ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_sees_both_and_loses_nothing()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@race.example", "+15550100200");
        using var first = await portal.ManagerAsync(storefront, "First");
        using var second = await portal.ManagerAsync(storefront, "Second");
        var (theirs, mine) = (await first.GetAsync($"/contacts/{contact}/edit"), await second.GetAsync($"/contacts/{contact}/edit"));
        await first.PostAsync($"/contacts/{contact}/edit", theirs.Form(("name", "Dora First"), ("phone", "+1 555 010 0999")));

        var conflict = await second.PostAsync($"/contacts/{contact}/edit", mine.Form(("name", "Dora Second"), ("language", "fr")));

        conflict.Status.ShouldBe(HttpStatusCode.Conflict);
        conflict.Text.ShouldContain("Somebody else changed this record while you were editing.");
        conflict.Page.QuerySelectorAll("table.list tbody tr").Select(r => string.Join('|', r.Children.Select(c => c.TextContent.Trim()))).ShouldBe(["Full name|Dora First|Dora Second", "Language|–|fr"]);
        (await portal.ScalarAsync<string>("select full_name from contact where id = @contact", new { contact })).ShouldBe("Dora First");
        (await second.PostAsync($"/contacts/{contact}/edit", conflict.Form())).Location!.ShouldEndWith("done=saved");
        (await portal.ScalarAsync<string>("select full_name || ' ' || phone || ' ' || locale from contact where id = @contact", new { contact })).ShouldBe("Dora Second +15550100999 fr");
    }

    [Fact]
    public async Task Of_ten_who_save_in_the_same_moment_one_does()
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactOfAsync(await portal.AccountAsync(storefront, "ann@moment.example"));
        using var staff = await portal.ManagerAsync(storefront);
        var form = await staff.GetAsync($"/contacts/{contact}/edit");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => staff.PostAsync($"/contacts/{contact}/edit", form.Form(("email", $"ann{i}@moment.example")))));

        answers.Count(a => a.Status == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.Conflict).ShouldBe(9);
        (await portal.ScalarAsync<long>("select count(*) from activity where contact_id = @contact and event = 'email changed by staff'", new { contact })).ShouldBe(1);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("name", "a\u0007b")]
    [InlineData("email", "not an address")]
    [InlineData("email", "a@b.example\r\nBcc: c@d.example")]
    [InlineData("phone", "call me")]
    [InlineData("facility", "00000000-0000-0000-0000-000000000001")]
    public async Task What_cannot_be_saved_is_said_at_its_field_and_stays_typed(string field, string typed)
    {
        var storefront = await portal.StorefrontAsync();
        var contact = await portal.ContactAsync(storefront, "Dora Dean", "dora@bad.example");
        using var staff = await portal.ManagerAsync(storefront);

        var refused = await EditAsync(staff, contact, ("language", "fr"), (field, typed));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Page.QuerySelector($"a[href='#{field}']").ShouldNotBeNull();
        refused.Page.QuerySelector("#language option[selected]")!.GetAttribute("value").ShouldBe("fr");
        (await portal.ScalarAsync<string>("select full_name from contact where id = @contact", new { contact })).ShouldBe("Dora Dean");
    }

    [Fact]
    public async Task A_facility_of_another_organization_cannot_be_chosen()
    {
        var (storefront, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        var theirs = await portal.FacilityAsync(other, "Otherside");
        var contact = await portal.ContactAsync(storefront, "Dora Dean");
        using var staff = await portal.ManagerAsync(storefront);

        (await EditAsync(staff, contact, ("facility", theirs.ToString()))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<Answer> EditAsync(Visit staff, Guid contact, params (string, string)[] typed) =>
        await staff.PostAsync($"/contacts/{contact}/edit", (await staff.GetAsync($"/contacts/{contact}/edit")).Form(typed));

    private Task<string> EmailOfAsync(Guid account) => portal.ScalarAsync<string>("select email from account where id = @account", new { account });
}
