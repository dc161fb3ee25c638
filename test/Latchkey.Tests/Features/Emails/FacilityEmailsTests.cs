using System.Net;
using Latchkey.Platform.Mail;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Emails;

/// <summary>Facility → Emails: what was sent, whether it arrived, and why not.</summary>
public sealed class FacilityEmailsTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_emails_of_each_facility_are_two_clicks_from_the_menu()
    {
        using var office = await Office.OpenAsync(portal);
        var page = await office.Staff.GetAsync("/facilities");
        page.Page.QuerySelectorAll("table.list a").Select(a => a.GetAttribute("href")).ShouldBe([$"/console/facilities/{office.Mill}/emails", $"/console/facilities/{office.Riverside}/emails"]);
        (await office.ListAsync()).Text.ShouldContain("As soon as a customer asks for a sign-in link, its mail is here.");
    }

    [Fact]
    public async Task A_link_that_left_stands_in_the_list_of_its_facility_as_sent()
    {
        using var office = await Office.OpenAsync(portal);
        await office.CustomerAsync("ann@left.example");
        await office.AskAsync("ann@left.example");

        var list = await office.ListAsync();

        Office.Addresses(list).ShouldBe(["ann@left.example"]);
        list.Page.QuerySelector("table.list .chip")!.TextContent.Trim().ShouldBe("Sent");
        list.Page.QuerySelector("table.list tbody td")!.TextContent.ShouldContain("Sign-in link");
        Office.Addresses(await office.ListAsync(facility: office.Mill)).ShouldBeEmpty();
        Office.Addresses(await office.Staff.GetAsync("/emails")).ShouldBe(["ann@left.example"]);
    }

    [Fact]
    public async Task A_refused_mail_says_why_in_plain_words_and_keeps_the_servers()
    {
        using var office = await Office.OpenAsync(portal);
        await office.CustomerAsync("ann@refused.example");
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("550 5.1.1 <ann@refused.example>: user unknown in local table"), ServerAct.Behave);
        await office.AskAsync("ann@refused.example");

        var failed = await office.ListAsync("?status=Failed");

        Office.Addresses(failed).ShouldBe(["ann@refused.example"]);
        failed.Text.ShouldContain("There is no such mailbox. Check the address.");
        Office.Addresses(await office.ListAsync("?status=Sent")).ShouldBeEmpty();
        var mail = await office.Staff.GetAsync($"/emails/{await office.NewestAsync("ann@refused.example")}");
        mail.Page.QuerySelectorAll(".timeline strong").Select(s => s.TextContent).ShouldBe(["Queued", "Tried once", "Given up"]);
        mail.Page.QuerySelector(".timeline details .raw")!.TextContent.ShouldContain("user unknown in local table");
        mail.Page.QuerySelector(".notice.danger")!.TextContent.Trim().ShouldBe("There is no such mailbox. Check the address.");
    }

    [Fact]
    public async Task The_filters_show_what_they_say_and_stand_in_the_address()
    {
        using var office = await Office.OpenAsync(portal);
        await office.WriteAsync(2, i => $"mail{i}@filter.example");
        await office.WriteAsync(1, _ => "+15550140", channel: MailChannel.Sms, kind: "sign_in_code_sms", subject: "");
        await office.WriteAsync(1, _ => "bad@filter.example", state: "failed");
        await office.WriteAsync(1, _ => "notice@filter.example", kind: "passkey_notice");

        Office.Addresses(await office.ListAsync("?channel=sms")).ShouldBe(["+15550140"]);
        Office.Addresses(await office.ListAsync("?kind=passkey_notice")).ShouldBe(["notice@filter.example"]);
        Office.Addresses(await office.ListAsync("?status=Failed")).ShouldBe(["bad@filter.example"]);
        Office.Addresses(await office.ListAsync("?period=Day")).ShouldBeEmpty();
        Office.Addresses(await office.ListAsync("?period=Week")).Count.ShouldBe(5);
        var none = await office.ListAsync("?status=Failed&channel=sms");
        none.Text.ShouldContain("No mail matches.");
        none.Page.QuerySelector("option[value=sms]")!.HasAttribute("selected").ShouldBeTrue();
        none.Page.QuerySelectorAll(".filters a").Select(a => a.GetAttribute("href")).ShouldContain($"/console/facilities/{office.Riverside}/emails?status=Sent&channel=sms");
        (await office.ListAsync("?status=17&channel=fax&period=soon&after=x&kind=%00")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("ann", new[] { "ann@search.example", "joann@search.example" })]
    [InlineData("ANN@Search.example", new[] { "ann@search.example", "joann@search.example" })]
    [InlineData("o_nn", new string[0])]
    [InlineData("%", new string[0])]
    [InlineData("\\", new string[0])]
    [InlineData("nobody", new string[0])]
    public async Task A_part_of_an_address_finds_its_mails(string typed, string[] found)
    {
        using var office = await Office.OpenAsync(portal);
        foreach (string address in new[] { "ann@search.example", "joann@search.example", "bob@search.example" })
        {
            await office.CustomerAsync(address);
            await office.WriteAsync(1, _ => address);
        }

        Office.Addresses(await office.ListAsync($"?q={Uri.EscapeDataString(typed)}")).Order(StringComparer.Ordinal).ShouldBe(found);
    }

    [Fact]
    public async Task An_address_that_is_nobodys_is_found_as_it_was_typed_and_texts_by_their_number()
    {
        using var office = await Office.OpenAsync(portal);
        await office.WriteAsync(1, _ => "stranger@search.example", kind: "no_account");
        await office.WriteAsync(1, _ => "+15550147777", channel: MailChannel.Sms, kind: "sign_in_code_sms", subject: "");

        Office.Addresses(await office.ListAsync("?q=stranger@search.example")).ShouldBe(["stranger@search.example"]);
        Office.Addresses(await office.ListAsync("?q=strang")).ShouldBe(["stranger@search.example"]);
        Office.Addresses(await office.ListAsync("?q=%2B1+555+014+7777")).ShouldBe(["+15550147777"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&q=pager.example")]
    [InlineData("&status=Sent")]
    public async Task Pages_follow_each_other_without_a_gap(string filter)
    {
        using var office = await Office.OpenAsync(portal);
        await portal.AccountAsync(office.Storefront, "one@pager.example");
        await office.WriteAsync(120, _ => "one@pager.example");
        var seen = new List<string>();
        var page = await office.ListAsync($"?period=Week{filter}");
        while (true)
        {
            seen.AddRange(page.Page.QuerySelectorAll("table.list tbody th a").Select(a => a.GetAttribute("href")!));
            if (page.Page.QuerySelector(".pager a[rel=next]") is not { } next) break;
            page = await office.Staff.OpenAsync(next.GetAttribute("href")!);
        }

        seen.Count.ShouldBe(120);
        seen.Distinct().Count().ShouldBe(120);
        seen.ShouldBe(seen.OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_rare_is_looked_for_further_back_page_by_page()
    {
        using var office = await Office.OpenAsync(portal);
        await office.WriteAsync(1, _ => "old@rare.example", state: "failed", daysAgo: 3);
        await office.WriteAsync(10_001, i => $"many{i}@rare.example");

        var first = await office.ListAsync("?status=Failed");
        Office.Addresses(first).ShouldBeEmpty();
        first.Text.ShouldContain("No such mail since");
        var next = await office.Staff.OpenAsync(first.Page.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);
        Office.Addresses(next).ShouldBe(["old@rare.example"]);
    }
}
