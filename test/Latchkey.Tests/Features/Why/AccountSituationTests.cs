using Latchkey.Features.Account;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Features.SignUps;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Why;

/// <summary>What is wrong with the account or the password.</summary>
public sealed class AccountSituationTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Account_that_they_do_not_remember_from_a_sign_up()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront);
        using var ann = portal.Visit(storefront);
        await ann.RentAsync(portal, await ann.ReviewAsync(portal, offered.Type, "ann@signedup.example", "Ann Archer"));
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync("ann@signedup.example", Cause.ForgottenAccount));
        await desk.ShouldGetInAsync("ann@signedup.example", mails: 3);
    }

    [Fact]
    public async Task Sign_up_with_a_taken_address_and_what_was_rented_is_not_linked_until_staff_or_the_customer_do_it()
    {
        var storefront = await portal.StorefrontAsync();
        var offered = await portal.OfferAsync(storefront);
        await portal.AccountAsync(storefront, "ann@takenonline.example");
        using var ann = portal.Visit(storefront);
        var review = await ann.ReviewAsync(portal, offered.Type, "ann@takenonline.example", "Ann Archer");
        await portal.SettleAsync();
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.VerdictAsync("ann@takenonline.example", Cause.TakenAtSignUp);
        await ann.RentAsync(portal, review);
        portal.Clock.Advance(TimeSpan.FromSeconds(2));
        await desk.ShouldGetInAsync("ann@takenonline.example", mails: 3);

        // Staff leave it to two people; the customer says it alone, having proven the mailbox.
        await desk.VerdictAsync("ann@takenonline.example", Cause.ContactNotLinked);
        await ann.SignInAsync("ann@takenonline.example", mails: 4);
        var mine = (await ann.GetAsync("/portal/rent")).Page.QuerySelector("input[name=sign_up]")!.GetAttribute("value")!;
        (await ann.PostAsync("/portal/rent?handler=Take", ("sign_up", mine))).Location.ShouldEndWith("/portal");
        await desk.VerdictAsync("ann@takenonline.example", Cause.NothingWrong);
        (await portal.ScalarAsync<string?>("select phone from account where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBeNull();
    }

    [Fact]
    public async Task Account_disabled()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@disabled.example");
        await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<Accounts>().DisableAsync(t, storefront.Key, account));
        using var desk = await AfterAskingAsync(storefront, "ann@disabled.example");
        await desk.PressAsync(await desk.VerdictAsync("ann@disabled.example", Cause.AccountDisabled));
        await desk.ShouldGetInAsync("ann@disabled.example", mails: 1);
    }

    [Fact]
    public async Task Account_reset()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@reset.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@reset.example");
        await ResetAsync(storefront, account);
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync("ann@reset.example", Cause.AccountReset));
        await desk.ShouldGetInAsync("ann@reset.example", mails: 2);
    }

    [Fact]
    public async Task Account_merged()
    {
        var storefront = await portal.StorefrontAsync();
        var (from, into) = (await portal.AccountAsync(storefront, "ann@before.example"), await portal.AccountAsync(storefront, "ann@after.example"));
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@before.example");
        using (var support = await Approvals.Desk.OpenAsync(portal, storefront)) await support.DoAsync("Merge", from, into);
        using var desk = await Desk.OpenAsync(portal, storefront);
        var page = await desk.VerdictAsync("ann@before.example", Cause.AccountMerged);
        page.Text.ShouldContain("ann@after.example");
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@after.example", mails: 2); // the first tells of the merge
    }

    [Fact]
    public async Task Email_not_confirmed()
    {
        var storefront = await portal.FernhillAsync();
        using var ann = portal.Visit(storefront);
        await ann.RegisterAsync("ann@unconfirmed.example");
        string code = Answer.HelpCodeIn((await portal.MailsAsync("ann@unconfirmed.example"))[0].Text);
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync(code, Cause.EmailNotConfirmed));
        (await ann.ConfirmAsync(await portal.TokenAsync("confirm", "ann@unconfirmed.example", mails: 2))).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Theory]
    [InlineData(1, Cause.WrongPassword)]
    [InlineData(5, Cause.PasswordLocked)]
    public async Task Wrong_passwords(int times, Cause cause)
    {
        string email = $"ann@{cause}.example".ToLowerInvariant();
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, email);
        using var ann = portal.Visit(storefront);
        for (int i = 0; i < times; i++) await ann.TypeAsync(email, "wrong and wrong again");
        using var desk = await Desk.OpenAsync(portal, storefront);
        if (times == 5) await desk.VerdictAsync(Answer.HelpCodeIn((await portal.MailsAsync(email))[0].Text), cause);
        await desk.PressAsync(await desk.VerdictAsync(email, cause));
        await ann.ResetAsync(await portal.TokenAsync("reset", email, mails: times == 5 ? 2 : 1));
        (await ann.TypeAsync(email, Fernhill.Other)).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Reset_link_expired()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@lateset.example");
        using var ann = portal.Visit(storefront);
        await ann.ForgetAsync("ann@lateset.example");
        string token = await portal.TokenAsync("reset", "ann@lateset.example"), mail = (await portal.MailsAsync("ann@lateset.example"))[0].Text;
        portal.Clock.Advance(TimeSpan.FromMinutes(61));
        var page = await ann.GetAsync($"/portal/reset/{token}");
        (page.Heading, page.HelpCode).ShouldBe(("Link expired", Answer.HelpCodeIn(mail)));
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync(page.HelpCode!, Cause.ResetLinkExpired));
        await ann.ResetAsync(await portal.TokenAsync("reset", "ann@lateset.example", mails: 2));
        (await ann.TypeAsync("ann@lateset.example", Fernhill.Other)).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Passwords_typed_too_often_by_the_help_code_of_the_page()
    {
        var storefront = await portal.FernhillAsync(Fernhill.Policy with { Limits = SignInLimits.Off with { PasswordIp = new Limit(1, TimeSpan.FromMinutes(1)) } });
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync("ann@typedoften.example", "wrong and wrong again");
        string code = (await ann.TypeAsync("ann@typedoften.example", "wrong and wrong again")).HelpCode!;
        using var desk = await Desk.OpenAsync(portal, storefront);
        (await desk.VerdictAsync(code, Cause.PasswordLocked)).Page.QuerySelector("#words")!.TextContent.ShouldContain("A sign-in link works in place of a password too.");
    }

    [Fact]
    public async Task A_password_where_there_is_none()
    {
        var storefront = await portal.FernhillAsync(SignInPolicy.Password);
        await portal.AccountAsync(storefront, "ann@nopassword.example");
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync("ann@nopassword.example", "whatever it was before");
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync("ann@nopassword.example", Cause.PasswordWhereNone));
        await desk.ShouldGetInAsync("ann@nopassword.example", mails: 1);
    }

    [Fact]
    public async Task Sign_up_with_a_taken_address()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@takenup.example");
        using var ann = portal.Visit(storefront);
        await ann.RegisterAsync("ann@takenup.example");
        string code = Answer.HelpCodeIn((await portal.MailsAsync("ann@takenup.example"))[0].Text);
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync(code, Cause.TakenAtSignUp));
        await desk.ShouldGetInAsync("ann@takenup.example", mails: 2);
    }

    private Task<bool> ResetAsync(Storefront storefront, Guid account) =>
        portal.Database.WriteAsync(t => portal.Services.GetRequiredService<Accounts>().ResetAsync(t, storefront.Key, account));

    private async Task<Desk> AfterAskingAsync(Storefront storefront, string email)
    {
        using var ann = portal.Visit(storefront);
        await ann.AskAsync(email);
        await portal.SettleAsync();
        return await Desk.OpenAsync(portal, storefront);
    }
}
