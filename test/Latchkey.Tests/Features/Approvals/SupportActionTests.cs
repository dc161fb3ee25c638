using System.Data.Common;
using System.Net;
using Dapper;
using Latchkey.Features.Approvals;
using Latchkey.Features.Contacts;
using Latchkey.Tests.Features.Account;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Approvals;

/// <summary>Each support action from end to end.</summary>
public sealed class SupportActionTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_merge_moves_the_contacts_signs_both_out_and_either_address_signs_in()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (from, work) = await portal.SignedInAsync(desk.Storefront, "ann@work.example");
        var (into, home) = await portal.SignedInAsync(desk.Storefront, "ann@home.example");

        await desk.DoAsync("Merge", from, into);

        foreach (var visit in new[] { work, home }) (await visit.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await desk.LinksAsync(into)).ShouldBe(2);
        (await desk.LinksAsync(from)).ShouldBe(0);
        (await desk.Manager.OpenAsync($"/console/accounts/{from}/magic-link")).Location.ShouldBe($"/console/accounts/{into}/magic-link", "the old id leads on");
        (await desk.Manager.OpenAsync($"/console/accounts/{from}")).Location.ShouldBe((await desk.Manager.OpenAsync($"/console/accounts/{into}")).Location);
        (await desk.Manager.OpenAsync($"/console/accounts/{into}")).Location.ShouldNotBeNull().ShouldStartWith("/console/contacts/");
        var told = (await portal.MailsAsync("ann@work.example", 2))[^1];
        told.Subject.ShouldBe("Your accounts are one now");
        told.Text.ShouldContain("h•••");
        told.Text.ShouldNotContain("ann@home.example");
        (await portal.MailsAsync("ann@home.example", 2))[^1].Subject.ShouldBe("Your accounts are one now");
        await work.AskAsync("ann@work.example");
        await work.RedeemAsync(await work.TokenAsync("ann@home.example", 3));
        (await work.GetAsync("/portal/account")).Field("email").ShouldBe("ann@home.example");
        (await portal.ScalarAsync<string>("select changes from activity where organization_id = @OrganizationId and event = 'account merged' and changes is not null",
            new { desk.Storefront.OrganizationId })).ShouldBe("""{"state":["proven","merged"]}""");
        (await portal.ScalarAsync<string>("select max(actor) from activity where organization_id = @OrganizationId and event = 'account merged'",
            new { desk.Storefront.OrganizationId })).ShouldBe("Sue Support");
    }

    [Fact]
    public async Task Of_a_contact_that_two_link_and_unlink_at_once_the_mark_says_what_is_left()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (one, two) = (await portal.AccountAsync(desk.Storefront, "ann@one-mark.example"), await portal.AccountAsync(desk.Storefront, "ann@two-mark.example"));
        var contact = await desk.ContactAsync(one);
        Func<DbTransaction, Task> link(Guid account) => t => portal.Services.GetRequiredService<LinkContacts>().ByStaffAsync(t, desk.Storefront, account, contact);
        Func<DbTransaction, Task> unlink(Guid accountId) => t => t.Connection!.QueryAsync<Guid>(ApprovalSql.Unlink, new { desk.Storefront.OrganizationId, accountId, contactId = contact }, t);
        var links = () => portal.ScalarAsync<long>("select count(*) from account_contact where contact_id = @contact", new { contact });
        var mark = () => portal.ScalarAsync<bool>("select linked from contact where id = @contact", new { contact });

        foreach (var (first, second, left) in new[] { (link(two), unlink(one), 1), (link(one), unlink(two), 1), (unlink(one), link(two), 1), (link(one), link(two), 2), (unlink(two), unlink(one), 0) })
        {
            await AtOnceAsync(first, second);

            (await links()).ShouldBe(left);
            (await mark()).ShouldBe(left > 0);
        }
    }

    [Fact]
    public async Task A_merge_is_undone_within_30_days()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (from, into) = (await portal.AccountAsync(desk.Storefront, "ann@undo-work.example"), await portal.AccountAsync(desk.Storefront, "ann@undo-home.example"));
        var approval = await desk.RequestAsync("Merge", from, into);
        await desk.ApproveAsync(approval);
        await portal.MailsAsync("ann@undo-home.example");
        using var home = portal.Visit(desk.Storefront);
        await home.SignInAsync("ann@undo-home.example", mails: 2);
        (await desk.Manager.GetAsync(approval)).Page.QuerySelector("#undo").ShouldBeNull();
        (await desk.Support.GetAsync(approval)).Page.QuerySelector("#undo").ShouldNotBeNull();

        var undone = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.Support.PostAsync($"{approval}?handler=Undo")));

        undone.Count(a => a.Location?.EndsWith("?done=undone", StringComparison.Ordinal) == true).ShouldBe(1);
        (await home.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await desk.StateAsync(from)).ShouldBe("proven");
        (await desk.LinksAsync(from)).ShouldBe(1);
        (await desk.LinksAsync(into)).ShouldBe(1);
        (await portal.MailsAsync("ann@undo-work.example", 2))[^1].Subject.ShouldBe("Your accounts are separate again");
        using var work = portal.Visit(desk.Storefront);
        await work.SignInAsync("ann@undo-work.example", mails: 3);
        (await work.GetAsync("/portal/account")).Field("email").ShouldBe("ann@undo-work.example");
    }

    [Fact]
    public async Task A_merge_is_not_undone_later_or_when_it_would_overrun_somebody()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (from, into) = (await portal.AccountAsync(desk.Storefront, "ann@late-work.example"), await portal.AccountAsync(desk.Storefront, "ann@late-home.example"));
        var contact = await desk.ContactAsync(from);
        var approval = await desk.RequestAsync("Merge", from, into);
        await desk.ApproveAsync(approval);
        await desk.DoAsync("Unlink", into, contact);

        var refused = await desk.Support.PostAsync($"{approval}?handler=Undo");

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain("Something has changed since: linked contacts.");
        await portal.ExecuteAsync("update merge_record set undo_until = @now where organization_id = @OrganizationId", new { desk.Storefront.OrganizationId, now = portal.Clock.GetUtcNow() });
        (await desk.Support.PostAsync($"{approval}?handler=Undo")).Text.ShouldContain("A merge can be undone for 30 days. They are over.");
        (await desk.StateAsync(from)).ShouldBe("merged");
    }

    [Fact]
    public async Task A_reset_takes_every_credential_and_keeps_what_the_customer_has()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (account, ann) = await portal.SignedInAsync(desk.Storefront, "ann@resets.example");
        await portal.ExecuteAsync("update account set password_hash = 'x', password_set_at = @now where organization_id = @OrganizationId and id = @account",
            new { desk.Storefront.OrganizationId, account, now = portal.Clock.GetUtcNow() });

        await desk.DoAsync("Reset", account);

        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await desk.StateAsync(account)).ShouldBe("unproven");
        (await desk.LinksAsync(account)).ShouldBe(1);
        (await portal.ScalarAsync<long>("select count(*) from account where id = @account and password_hash is not null", new { account })).ShouldBe(0);
        (await portal.MailsAsync("ann@resets.example", 2))[^1].Subject.ShouldBe("Your account was reset");
        await ann.SignInAsync("ann@resets.example", mails: 3);
        (await desk.StateAsync(account)).ShouldBe("proven");
    }

    [Fact]
    public async Task A_contact_is_linked_and_unlinked_and_both_mailboxes_are_told()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (account, other) = (await portal.AccountAsync(desk.Storefront, "ann@links.example"), await portal.AccountAsync(desk.Storefront, "ann@old-links.example", "Ann <b>Old</b>"));
        var contact = await desk.ContactAsync(other);

        var preview = await desk.Manager.GetAsync($"/approvals/new?kind=Link&account={account}&with={contact}");
        preview.Text.ShouldContain("Account and contact have different addresses");
        preview.Body.ShouldNotContain("<b>Old</b>");
        await desk.DoAsync("Link", account, contact);

        (await desk.LinksAsync(account)).ShouldBe(2);
        (await portal.MailsAsync("ann@links.example"))[^1].Subject.ShouldBe("Something was added to your account");
        (await portal.MailsAsync("ann@old-links.example"))[^1].Subject.ShouldBe("Your record is in an account now");

        await desk.DoAsync("Unlink", account, contact);

        (await desk.LinksAsync(account)).ShouldBe(1);
        (await portal.MailsAsync("ann@links.example", 2))[^1].Subject.ShouldBe("Something was removed from your account");
        (await desk.EventsAsync("contact linked")).ShouldBe(1);
        (await desk.EventsAsync("contact unlinked")).ShouldBe(1);
    }

    [Fact]
    public async Task An_address_is_taken_over_a_day_after_both_mailboxes_were_told()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (account, ann) = await portal.SignedInAsync(desk.Storefront, "ann@lost.example");
        var (holder, bob) = await portal.SignedInAsync(desk.Storefront, "ann@wanted.example");
        var approval = await desk.RequestAsync("TakeOver", account, holder);

        (await desk.ApproveAsync(approval)).Location.ShouldEndWith("?done=Waits");

        (await portal.MailsAsync("ann@lost.example", 2))[^1].Subject.ShouldBe("The address of your account will change");
        (await portal.MailsAsync("ann@wanted.example", 2))[^1].Subject.ShouldBe("This address will be another account's");
        (await desk.ApproveAsync(approval)).Text.ShouldContain("The 24 hours are not over yet.");
        (await desk.EmailAsync(account)).ShouldBe("ann@lost.example");
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
        await DayLaterAsync(desk);

        (await desk.ApproveAsync(approval)).Location.ShouldEndWith("?done=Done");

        (await desk.EmailAsync(account)).ShouldBe("ann@wanted.example");
        (await desk.EmailAsync(holder)).ShouldEndWith("@nobody.invalid");
        (await desk.StateAsync(holder)).ShouldBe("disabled");
        foreach (var visit in new[] { ann, bob }) (await visit.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await portal.MailsAsync("ann@lost.example", 3))[^1].Subject.ShouldBe("The address of your account was changed");
        await portal.MailsAsync("ann@wanted.example", 3);
        await ann.SignInAsync("ann@wanted.example", mails: 4);
        (await portal.ScalarAsync<Guid>("select account_id from session where organization_id = @OrganizationId and ended_at is null", new { desk.Storefront.OrganizationId })).ShouldBe(account);
        (await desk.ApproveAsync(approval)).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_take_over_that_a_mailbox_objects_to_is_stopped_by_whoever_answers_the_phone()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (account, holder) = (await portal.AccountAsync(desk.Storefront, "ann@object.example"), await portal.AccountAsync(desk.Storefront, "bob@object.example"));
        var approval = await desk.RequestAsync("TakeOver", account, holder, by: desk.Support);
        using var sid = await desk.SupportAsync();
        await desk.ApproveAsync(approval, sid);

        (await desk.Manager.PostAsync($"{approval}?handler=Reject", ("note", "Bob called."))).Location.ShouldEndWith("?done=Rejected");

        await DayLaterAsync(desk);
        (await desk.ApproveAsync(approval, sid)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await desk.EmailAsync(account)).ShouldBe("ann@object.example");
        (await desk.Support.GetAsync(approval)).Text.ShouldContain("Bob called.");
    }

    [Fact]
    public async Task What_undoes_a_merge_is_forgotten_when_it_is_over()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (from, into) = (await portal.AccountAsync(desk.Storefront, "ann@forgets.example"), await portal.AccountAsync(desk.Storefront, "ann@remembers.example"));
        await portal.ExecuteAsync("update account set password_hash = 'x' where organization_id = @OrganizationId", new { desk.Storefront.OrganizationId });
        await desk.DoAsync("Merge", from, into);
        var forget = portal.Services.GetRequiredService<ForgetMerged>();

        await portal.Database.WriteAsync(t => forget.RunAsync(t, CancellationToken.None));
        (await PasswordsAsync()).ShouldBe(2);
        await portal.ExecuteAsync("update merge_record set undo_until = @now where organization_id = @OrganizationId", new { desk.Storefront.OrganizationId, now = portal.Clock.GetUtcNow() });
        await portal.Database.WriteAsync(t => forget.RunAsync(t, CancellationToken.None));

        (await PasswordsAsync()).ShouldBe(1);

        Task<long> PasswordsAsync() => portal.ScalarAsync<long>("select count(*) from account where organization_id = @OrganizationId and password_hash is not null", new { desk.Storefront.OrganizationId });
    }

    /// <summary>For this approval alone: the clock is everybody's.</summary>
    private Task DayLaterAsync(Desk desk) => portal.ExecuteAsync("update approval set due_at = @now where organization_id = @OrganizationId and due_at is not null",
        new { desk.Storefront.OrganizationId, now = portal.Clock.GetUtcNow() });

    /// <summary>The second does its work before the first has committed, or waits for it.</summary>
    private async Task AtOnceAsync(Func<DbTransaction, Task> first, Func<DbTransaction, Task> second)
    {
        var (isWritten, begun) = (new TaskCompletionSource(), new TaskCompletionSource());
        var one = portal.Database.WriteAsync(async t =>
        {
            await first(t);
            isWritten.TrySetResult();
            await Task.WhenAny(begun.Task, Task.Delay(100));
        });
        await isWritten.Task;
        await portal.Database.WriteAsync(async t =>
        {
            await second(t);
            begun.TrySetResult();
        });
        await one;
    }
}
