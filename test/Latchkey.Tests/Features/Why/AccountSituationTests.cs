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

        using var support = await Desk.OpenAsync(portal, storefront, Latchkey.Platform.Staff.StaffRole.Support);
        await support.PressAsync(await support.VerdictAsync("ann@takenonline.example", Cause.ContactNotLinked));
        (await portal.ScalarAsync<long>("select count(*) from account_contact where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(2);
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
        await portal.MailsAsync("ann@unconfirmed.example");
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync("ann@unconfirmed.example", Cause.EmailNotConfirmed));
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
        await portal.MailsAsync("ann@lateset.example");
        portal.Clock.Advance(TimeSpan.FromMinutes(61));
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync("ann@lateset.example", Cause.ResetLinkExpired));
        await ann.ResetAsync(await portal.TokenAsync("reset", "ann@lateset.example", mails: 2));
        (await ann.TypeAsync("ann@lateset.example", Fernhill.Other)).ShouldLeadInto($"{ann.Base}/portal");
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
        await portal.MailsAsync("ann@takenup.example");
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync("ann@takenup.example", Cause.TakenAtSignUp));
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
