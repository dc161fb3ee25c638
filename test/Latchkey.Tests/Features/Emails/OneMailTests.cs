using System.Net;
using Latchkey.Features.SignIn.Staff;
using Latchkey.SignIn;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Emails;

/// <summary>One mail: what it said, without what signs in, and sending it again.</summary>
public sealed class OneMailTests(Portal portal) : IClassFixture<Portal>
{
    private const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    [Fact]
    public async Task The_message_is_shown_in_a_frame_where_nothing_runs_and_without_what_signs_in()
    {
        using var office = await Office.OpenAsync(portal, policy: SignInPolicy.New);
        await office.CustomerAsync("ann@said.example");
        await office.AskAsync("ann@said.example");
        var sent = (await portal.MailsAsync("ann@said.example"))[0];
        string token = Visit.TokenIn(sent.Text), code = System.Text.RegularExpressions.Regex.Match(sent.Text, "#(?<code>[0-9]{6})").Groups["code"].Value;
        var id = await office.NewestAsync("ann@said.example");

        var page = await office.Staff.GetAsync($"/emails/{id}");
        var html = await office.Staff.GetAsync($"/emails/{id}?handler=Html");

        code.Length.ShouldBe(6);
        foreach (string body in new[] { page.Body, html.Body })
        {
            body.ShouldNotContain(token);
            body.ShouldNotContain(code);
        }
        page.Page.QuerySelector("iframe")!.GetAttribute("sandbox").ShouldBe("");
        page.Headers["Content-Security-Policy"].ShouldContain("frame-src 'self'");
        html.Headers["Content-Security-Policy"].ShouldBe("default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox");
        html.Body.ShouldContain("•••");
        page.Page.QuerySelector("pre")!.TextContent.ShouldContain("•••");
        page.Page.QuerySelectorAll(".timeline strong").Select(s => s.TextContent).ShouldBe(["Queued", "Accepted by the mail server"]);
    }

    [Fact]
    public async Task Hostile_names_do_nothing_on_any_page()
    {
        using var office = await Office.OpenAsync(portal, name: Hostile);
        await office.CustomerAsync("ann@hostile.example", Hostile);
        await office.AskAsync("ann@hostile.example");
        var id = await office.NewestAsync("ann@hostile.example");
        (await office.Staff.PostAsync($"/emails/{id}?handler=Resend")).Location.ShouldBe($"/console/emails/{id}?done=link");

        foreach (string path in new[] { "/emails", $"/emails/{id}", $"/emails/{id}?handler=Html", "/facilities", $"/facilities/{office.Riverside}/emails?q={Uri.EscapeDataString(Hostile)}", "/activity", $"/activity?who={Uri.EscapeDataString(Hostile)}" })
        {
            var page = await office.Staff.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.OK, path);
            page.Body.ShouldNotContain("<img src=x", customMessage: path);
            page.Body.ShouldNotContain("<script>alert", customMessage: path);
        }
    }

    [Fact]
    public async Task Resending_a_link_sends_a_new_one_and_says_who_did_it()
    {
        using var office = await Office.OpenAsync(portal);
        await office.CustomerAsync("ann@resend.example");
        await office.AskAsync("ann@resend.example");
        var id = await office.NewestAsync("ann@resend.example");
        portal.Clock.Advance(TimeSpan.FromMinutes(2));

        (await office.Staff.PostAsync($"/emails/{id}?handler=Resend")).Location.ShouldBe($"/console/emails/{id}?done=link");

        (await portal.MailsAsync("ann@resend.example", 2)).Count.ShouldBe(2);
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and event = 'sent the portal link'", new { office.Storefront.OrganizationId })).ShouldBe(1);
    }

    [Fact]
    public async Task The_address_of_a_mail_that_failed_is_corrected_and_written_to_in_one_go()
    {
        using var office = await Office.OpenAsync(portal);
        await office.CustomerAsync("gus@wrong.example", "Gus Gone");
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("550 5.1.1 No such user here"), ServerAct.Behave);
        await office.AskAsync("gus@wrong.example");

        (await office.Staff.OpenAsync("/console")).Page.QuerySelector("a[href='/console/emails?status=Failed&period=Day'] strong")!.TextContent.ShouldBe("1");
        var mail = await office.Staff.GetAsync($"/emails/{await office.NewestAsync("gus@wrong.example")}");
        string edit = mail.Page.QuerySelectorAll("a").Single(a => a.TextContent == "Correct the address and resend").GetAttribute("href")!;
        var form = await office.Staff.OpenAsync(edit);
        var saved = await office.Staff.SubmitAsync(edit.Split('?')[0], form.Form(("email", "gus@right.example")));

        saved.Location.ShouldNotBeNull().ShouldContain("sent=");
        (await portal.MailsAsync("gus@right.example", 2)).Count(m => m.Text.Contains("/portal/link/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Too_many_are_refused_with_the_time_to_wait()
    {
        using var office = await Office.OpenAsync(portal);
        await office.CustomerAsync("ann@many.example");
        await office.AskAsync("ann@many.example");
        var id = await office.NewestAsync("ann@many.example");
        Answer answer;
        int sent = 0;
        while ((answer = await office.Staff.PostAsync($"/emails/{id}?handler=Resend")).Status == HttpStatusCode.Redirect) (++sent).ShouldBeLessThan(20);
        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Text.ShouldContain("Try again after");
    }

    [Fact]
    public async Task Resending_a_notice_sends_the_same_once_a_minute_and_only_as_long_as_it_holds()
    {
        using var office = await Office.OpenAsync(portal, policy: SignInPolicy.Subscription);
        var account = await office.CustomerAsync("ann@notice.example");
        await portal.Services.GetRequiredService<CopyMagicLink>().RunAsync(office.Storefront, account, "Max", "Phone call", CancellationToken.None);
        await portal.MailsAsync("ann@notice.example");
        var id = await office.NewestAsync("ann@notice.example");
        portal.Clock.Advance(TimeSpan.FromMinutes(2));

        var both = await Task.WhenAll(office.Staff.PostAsync($"/emails/{id}?handler=Resend"), office.Staff.PostAsync($"/emails/{id}?handler=Resend"));

        both.Count(a => a.Status == HttpStatusCode.Redirect).ShouldBe(1);
        both.Count(a => a.Status == HttpStatusCode.Conflict).ShouldBe(1);
        var mails = await portal.MailsAsync("ann@notice.example", 2);
        mails[1].Subject.ShouldBe(mails[0].Subject);
        (await office.ActivitiesAsync("resent a mail")).ShouldBe(1);
        await portal.ExecuteAsync("update mail set give_up_at = @now where id = @id", new { id, now = portal.Clock.GetUtcNow() });
        (await office.Staff.PostAsync($"/emails/{id}?handler=Resend")).Text.ShouldContain("What this mail says no longer holds.");
    }

    [Fact]
    public async Task A_customer_whom_no_contact_belongs_to_gets_none()
    {
        using var office = await Office.OpenAsync(portal);
        var account = await office.CustomerAsync("ann@unlinked.example");
        await office.AskAsync("ann@unlinked.example");
        await portal.ExecuteAsync("update contact set linked = false where id in (select contact_id from account_contact where account_id = @account); delete from account_contact where account_id = @account", new { account });

        (await office.Staff.PostAsync($"/emails/{await office.NewestAsync("ann@unlinked.example")}?handler=Resend")).Text.ShouldContain("No contact belongs to this address here.");
    }
}
