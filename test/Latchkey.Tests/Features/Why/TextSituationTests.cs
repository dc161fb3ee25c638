using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Platform.Sms.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Why;

/// <summary>What is wrong on the way of the text.</summary>
public sealed class TextSituationTests(TextSituationTests.WithTwilio portal) : IClassFixture<TextSituationTests.WithTwilio>
{
    [Fact]
    public async Task The_text_does_not_arrive()
    {
        const string phone = "+15557654321";
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var account = await portal.AccountAsync(storefront, "ann@notext.example");
        await portal.ExecuteAsync("update account set phone = @phone where organization_id = @OrganizationId and id = @account", new { phone, storefront.OrganizationId, account });
        portal.Twilio.On(phone, [.. Enumerable.Repeat(TwilioAct.Say(400, 21614), 9)]);
        using var ann = portal.Visit(storefront);
        await ann.AskAsync(phone);
        using var desk = await Desk.OpenAsync(portal, storefront);
        await desk.PressAsync(await desk.VerdictAsync(phone, Cause.SmsFailed));
        await desk.ShouldGetInAsync("ann@notext.example", mails: 2);
    }

    [Fact]
    public async Task No_phone_is_on_file()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        await portal.AccountAsync(storefront, "ann@nophone.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("+15557650000");
        await portal.SettleAsync();
        using var desk = await Desk.OpenAsync(portal, storefront);
        (await desk.VerdictAsync("+15557650000", Cause.NoPhone)).Text.ShouldContain("No phone number is on file.");
        await ann.AskAsync("ann@nophone.example");
        await portal.MailsAsync("ann@nophone.example");
        var page = await desk.VerdictAsync("ann@nophone.example", Cause.NotOpened);
        page.Text.ShouldContain("This phone number is not on file."); // among the other findings
        await desk.PressAsync(page);
        await desk.ShouldGetInAsync("ann@nophone.example", mails: 2);
    }

    /// <summary>Reached as it listens: the browsers of tests keep no cookies of an address that they are not at.</summary>
    public sealed class WithTwilio : PortalWithTwilio
    {
        protected override IEnumerable<string> Settings => base.Settings.Where(s => !s.Contains(PublicUrl, StringComparison.Ordinal));
    }
}
