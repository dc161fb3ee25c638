using Latchkey.Platform.Mail;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Latchkey.Tests.Seeds;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Why;

/// <summary>What is wrong on the way of the mail. The relay is this class's own, and its tests run one after the other.</summary>
public sealed class MailSituationTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Mail_refused_by_the_mail_server()
    {
        var (business, desk) = await OpenAsync("ann@refused.example");
        using var _ = desk;
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("550 5.1.1 No such user"));
        await AskAsync(business, "ann@refused.example");
        var page = await desk.VerdictAsync("ann@refused.example", Cause.MailRejected);
        page.Text.ShouldContain("No such user");
        portal.Sink.On(Moment.Rcpt, ServerAct.Behave);
        await desk.PressAsync(page, "ann@works-now.example");
        await desk.ShouldGetInAsync("ann@works-now.example", mails: 2);
    }

    [Fact]
    public async Task Mail_that_came_back()
    {
        var (business, desk) = await OpenAsync("ann@bounced.example");
        using var _ = desk;
        await AskAsync(business, "ann@bounced.example");
        await portal.MailsAsync("ann@bounced.example");
        await ReportAsync(business, Delivery.Bounced, "The mailbox is full.", wantsNoMore: false);
        var page = await desk.VerdictAsync("ann@bounced.example", Cause.MailBounced);
        page.Text.ShouldContain("The mailbox is full.");
        await desk.PressAsync(page, "ann@empty.example");
        await desk.ShouldGetInAsync("ann@empty.example", mails: 2);
    }

    [Fact]
    public async Task Mail_held_back_since_they_called_one_spam()
    {
        var (business, desk) = await OpenAsync("ann@complained.example");
        using var _ = desk;
        await AskAsync(business, "ann@complained.example");
        await portal.MailsAsync("ann@complained.example");
        await ReportAsync(business, Delivery.Complained, "The recipient reported the mail as spam.", wantsNoMore: true);
        business.Pass(TimeSpan.FromMinutes(5));
        await AskAsync(business, "ann@complained.example");
        var page = await desk.VerdictAsync("ann@complained.example", Cause.AddressSuppressed);
        page.Text.ShouldContain("reported the mail as spam");
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@complained.example", mails: 2);
    }

    [Fact]
    public async Task Mail_still_deferred()
    {
        var (business, desk) = await OpenAsync("ann@deferred.example");
        using var _ = desk;
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("450 4.2.0 Greylisted"));
        using var ann = business.Visit();
        await ann.AskAsync("ann@deferred.example");
        await portal.DelayedAsync("ann@deferred.example"); // before the clock is turned: when it is tried again counts from the refusal
        (await desk.VerdictAsync("ann@deferred.example", Cause.MailQueued)).Text.ShouldContain("Nothing is lost. The mail leaves by itself.");
        portal.Sink.On(Moment.Rcpt, ServerAct.Behave);
        business.Pass(TimeSpan.FromMinutes(1));
        portal.Wake();
        await desk.ShouldGetInAsync("ann@deferred.example", mails: 1);
    }

    [Fact]
    public async Task Delivered_but_not_opened()
    {
        var (business, desk) = await OpenAsync("ann@spam.example");
        using var _ = desk;
        await AskAsync(business, "ann@spam.example");
        await portal.MailsAsync("ann@spam.example");
        var page = await desk.VerdictAsync("ann@spam.example", Cause.NotOpened);
        page.Page.QuerySelector("#words")!.TextContent.ShouldContain("spam folder");
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@spam.example", mails: 2);
    }

    [Fact]
    public async Task Opened_by_a_scanner_only()
    {
        var (business, desk) = await OpenAsync("ann@scanned.example");
        using var _ = desk;
        await AskAsync(business, "ann@scanned.example");
        using var scanner = business.Visit();
        scanner.Http.DefaultRequestHeaders.UserAgent.Clear();
        await scanner.GetAsync($"/portal/link/{await scanner.TokenAsync("ann@scanned.example")}");
        var page = await desk.VerdictAsync("ann@scanned.example", Cause.ScannerOnly);
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@scanned.example", mails: 2);
    }

    [Fact]
    public async Task Too_many_requests()
    {
        var (business, desk) = await OpenAsync("ann@toomany.example");
        using var _ = desk;
        for (int i = 0; i < 6; i++) await AskAsync(business, "ann@toomany.example");
        await portal.MailsAsync("ann@toomany.example", 5);
        var page = await desk.VerdictAsync("ann@toomany.example", Cause.TooManyRequests);
        await desk.PressAsync(page);
        await AskAsync(business, "ann@toomany.example");
        await desk.ShouldGetInAsync("ann@toomany.example", mails: 6);
    }

    [Fact]
    public async Task Too_many_requests_for_the_mailbox_at_other_businesses()
    {
        var policy = SignInPolicy.Storage with { Limits = new() { Mailbox = new Limit(2, TimeSpan.FromHours(1)) } };
        var (here, there) = (new Business(portal, await portal.StorefrontAsync(policy)), new Business(portal, await portal.StorefrontAsync(policy)));
        await here.CustomerAsync("ann@flooded.example");
        for (int i = 0; i < 2; i++) await AskAsync(there, "ann+shop@flooded.example");
        await AskAsync(here, "ann@flooded.example");
        using var desk = await Desk.OpenAsync(portal, here.Storefront);
        await desk.PressAsync(await desk.VerdictAsync("ann@flooded.example", Cause.TooManyRequests));
        await AskAsync(here, "ann@flooded.example");
        await desk.ShouldGetInAsync("ann@flooded.example", mails: 1);
    }

    [Fact]
    public async Task An_old_mail_whose_request_is_over()
    {
        var (business, desk) = await OpenAsync("ann@oldmail.example");
        using var _ = desk;
        await AskAsync(business, "ann@oldmail.example");
        using var ann = business.Visit();
        string old = await ann.TokenAsync("ann@oldmail.example");
        business.Pass(TimeSpan.FromMinutes(1));
        await ann.SignInAsync("ann@oldmail.example", mails: 2);
        business.Pass(TimeSpan.FromMinutes(1));
        using var phone = business.Visit();
        (await phone.GetAsync($"/portal/link/{old}")).Heading.ShouldBe("Link no longer valid");
        var page = await desk.VerdictAsync("ann@oldmail.example", Cause.OldMail);
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@oldmail.example", mails: 3);
    }

    /// <summary>What the provider's hook does with a report that it has verified.</summary>
    private async Task ReportAsync(Business business, Delivery status, string reason, bool wantsNoMore)
    {
        var mail = await portal.ScalarAsync<object>("select id from mail where organization_id = @OrganizationId", new { business.Storefront.OrganizationId });
        await portal.Services.GetRequiredService<Deliveries>().RecordAsync(new DeliveryReport
        {
            OrganizationId = business.Storefront.OrganizationId, MailId = mail as Guid? ?? Guid.Parse((string)mail), ProviderId = "p1", Status = status, Reason = reason, WantsNoMore = wantsNoMore,
        });
    }

    private async Task<(Business, Desk)> OpenAsync(string email)
    {
        var business = await Business.OpenAsync(portal, "storage");
        await business.CustomerAsync(email);
        return (business, await Desk.OpenAsync(portal, business.Storefront));
    }

    private static async Task AskAsync(Business business, string email)
    {
        using var visit = business.Visit();
        await visit.AskAsync(email);
    }
}
