using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Latchkey.Tests.Seeds;

namespace Latchkey.Tests.Browser;

/// <summary>
/// The tables of the help centres and their six steps, from what the caller says to the customer signed in, with the mouse of both: staff
/// type and press Enter, press the button; the customer opens the mail's link and goes on. Every press counts. docs/situations.md says
/// which row is which.
/// </summary>
[Trait("Engine", "none")]
public sealed class FromTheCallToSignedInTests(Rig.Browser browser, Portal portal, ITestOutputHelper output) : IClassFixture<Portal>
{
    [Fact]
    public async Task Every_row_of_the_help_centres_ends_with_the_customer_signed_in_in_three_clicks_at_the_median()
    {
        var clicks = new List<int>();
        Business? boats = null;
        var look = BrowserLook.Desktop with { BaseUrl = portal.Url.ToString() };
        await using var desk = await browser.VisitAsync(look);
        await using var customer = await browser.VisitAsync(look);
        var steps = new CallSteps(portal, desk, customer);
        foreach (var row in new CallRow[]
        {
            new("000 step 1: no account yet", SignInPolicy.Storage, Cause.NoAccountYet, "ann@row1.example", async (_, b) => await b.ContactAsync("ann@row1.example")),
            new("000 step 1: never received a link", SignInPolicy.Storage, Cause.NeverSentLink, "ann@row2.example", (_, b) => b.CustomerAsync("ann@row2.example")),
            new("000 step 2: another address than on the record", SignInPolicy.Storage, Cause.OtherAddressOnRecord, "ann.archer@row3.example", (_, b) => CallSituations.OtherAddressAsync(b)) { NewAddress = "ann.archer@row3.example", Mails = 2 },
            new("000 step 3: the mail failed", SignInPolicy.Storage, Cause.MailRejected, "ann@row4.example", (_, b) => CallSituations.RefusedAsync(b)) { NewAddress = "ann@row4works.example", Mails = 2 },
            new("000 step 4: in the spam folder", SignInPolicy.Storage, Cause.NotOpened, "ann@row5.example", (_, b) => CallSituations.AskedAsync(b, "ann@row5.example")) { Mails = 2 },
            new("000 step 5: clicked too late", SignInPolicy.Storage, Cause.LinkExpired, "ann@row6.example", (_, b) => CallSituations.LateAsync(b, "ann@row6.example")) { Mails = 2 },
            new("000 step 5: an old link, used already", SignInPolicy.Storage, Cause.LinkUsed, "ann@row7.example", (_, b) => CallSituations.UsedAsync(b)) { Mails = 2 },
            new("000 step 6: too many requests", SignInPolicy.Storage, Cause.TooManyRequests, "ann@row8.example", (_, b) => CallSituations.OftenAsync(b)) { Customer = (s, b, r) => s.AskAndFollowAsync(b, r), Mails = 6 },
            new("000: on the wrong storefront", SignInPolicy.Storage, Cause.WrongStorefront, "ann@row9.example", async (_, b) => boats = await CallSituations.ElsewhereAsync(b)) { Staff = (s, _, _) => s.TellAsync(), Customer = (s, _, r) => s.AskAndFollowAsync(boats!, r) },
            new("000: changed address, wants the old account", SignInPolicy.Storage, Cause.AddressChanged, "ann@row10.example", (_, b) => CallSituations.ChangedAsync(b)) { MailTo = "ann@row10new.example", Mails = 2 },
            new("002: incorrect password", Fernhill.Policy, Cause.WrongPassword, "ann@row11.example", (_, b) => CallSituations.WrongPasswordAsync(b)) { Customer = (s, b, r) => s.SetPasswordAsync(b, r) },
            new("002: the browser forgets the sign-in", SignInPolicy.Storage, Cause.CookieNotKept, "ann@row12.example", (_, b) => CallSituations.ForgetfulAsync(b)) { Staff = (s, _, _) => s.TellAsync(), Customer = (s, b, r) => s.AskAndFollowAsync(b, r), Mails = 2 },
            new("003: a slip in the address", SignInPolicy.Membership, Cause.AddressMistyped, "anm.archer@row13.example", async (_, b) => await b.CustomerAsync("ann.archer@row13.example")) { MailTo = "ann.archer@row13.example" },
            new("003: opened on the phone, not confirmed", SignInPolicy.Membership, Cause.ConfirmationNotPressed, "ann@row14.example", (_, b) => CallSituations.UnpressedAsync(b)) { Mails = 2 },
            new("003: sessions revoked", SignInPolicy.Membership, Cause.SessionsRevoked, "ann@row15.example", (_, b) => CallSituations.RevokedAsync(b)) { Mails = 2 },
            new("004: no valid address on file", SignInPolicy.Subscription, Cause.NoValidAddress, "Ann Arch", async (_, b) => await b.ContactAsync("ann-at-row16")) { NewAddress = "ann@row16.example" },
            new("004: the link expired", SignInPolicy.Subscription, Cause.LinkExpired, "ann@row17.example", (_, b) => CallSituations.LateAsync(b, "ann@row17.example")) { Mails = 2 },
            new("000: an account of a sign-up that they do not remember", SignInPolicy.Storage, Cause.ForgottenAccount, "ann@row18.example", (_, b) => CallSituations.SignedUpAsync(b, "ann@row18.example")) { Mails = 3 },
            new("000: signs up online with a taken address", SignInPolicy.Storage, Cause.TakenAtSignUp, "ann@row19.example", (_, b) => CallSituations.TakenOnlineAsync(b, "ann@row19.example")) { Mails = 2 },
            new("000: looks for a password field", SignInPolicy.Storage, Cause.NeverSentLink, "ann@row20.example", (_, b) => b.CustomerAsync("ann@row20.example"))
                { Staff = (_, _, _) => Task.FromResult(0), Customer = (s, b, r) => s.AskAndFollowAsync(b, r) },
            new("000: two addresses, two accounts", SignInPolicy.Storage, Cause.TwoAccounts, "ann@row21.example", (_, b) => CallSituations.TwoAccountsAsync(b, "ann@row21.example", "ann@row21work.example"))
                { Staff = (s, b, _) => s.AskSupportAsync(b), Customer = (s, b, r) => s.AskAndFollowAsync(b, r), MailTo = "ann@row21work.example", Mails = 2 },
            new("001: a rental at another facility is not shown", SignInPolicy.Storage, Cause.ContactNotLinked, "ann@row22.example",
                (s, b) => CallSituations.UnlinkedAsync(s, b, "ann@row22.example", "ann@row22.example", "Garage")) { Staff = (s, b, _) => s.AskSupportAsync(b), Customer = (s, b, _) => s.LookAgainAsync(b, "Garage") },
            new("001: a rental under another address is not shown", SignInPolicy.Storage, Cause.ContactNotLinked, "ann@row23.example",
                (s, b) => CallSituations.UnlinkedAsync(s, b, "ann@row23.example", "ann@row23work.example", "Cellar")) { Staff = (s, b, _) => s.AskSupportAsync(b), Customer = (s, b, _) => s.LookAgainAsync(b, "Cellar") },
            new("002: email not confirmed", Fernhill.Policy, Cause.EmailNotConfirmed, "ann@row24.example", (_, b) => CallSituations.RegisteredAsync(b, "ann@row24.example")) { Customer = (s, b, r) => s.ConfirmAsync(b, r), Mails = 2 },
            new("002: the account is locked", Fernhill.Policy, Cause.PasswordLocked, "ann@row25.example", (_, b) => CallSituations.LockedOutAsync(b, "ann@row25.example")) { Customer = (s, b, r) => s.SetPasswordAsync(b, r), Mails = 2 },
            new("002: the reset link expired", Fernhill.Policy, Cause.ResetLinkExpired, "ann@row26.example", (_, b) => CallSituations.LateResetAsync(b, "ann@row26.example")) { Customer = (s, b, r) => s.SetPasswordAsync(b, r), Mails = 2 },
            new("002: organization not found, the wrong portal address", SignInPolicy.Storage, Cause.UnknownHost, "https://portal.row27.example/portal", (_, b) => b.CustomerAsync("ann@row27.example"))
                { Staff = (s, _, _) => s.TellAsync(), Email = "ann@row27.example", Customer = (s, b, r) => s.AskAndFollowAsync(b, r) },
            new("003: the provider reports that the mail came back", SignInPolicy.Membership, Cause.MailBounced, "ann@row28.example", (_, b) => CallSituations.BouncedAsync(b, "ann@row28.example")) { NewAddress = "ann@row28works.example", Mails = 2 },
            new("004: the code is not taken", SignInPolicy.Subscription, Cause.CodeLocked, "ann@row29.example", (_, b) => CallSituations.WrongCodesAsync(b, "ann@row29.example")) { Mails = 2 },
        })
        {
            await customer.Context.ClearCookiesAsync();
            clicks.Add(await WalkAsync(row, steps));
            await CallSteps.GreetedAsync(customer);
            output.WriteLine($"{clicks[^1]} clicks  {row.Name}");
        }
        clicks.Order().ElementAt(clicks.Count / 2).ShouldBeLessThanOrEqualTo(3);
    }

    private async Task<int> WalkAsync(CallRow row, CallSteps steps)
    {
        var business = new Business(portal, await portal.StorefrontAsync(row.Policy));
        await row.Meet(steps, business);
        portal.Sink.On(Moment.Rcpt, ServerAct.Behave);
        await steps.TypeAsync(business, row);
        int clicks = await row.Staff(steps, business, row);
        portal.Clock.Advance(TimeSpan.FromSeconds(2));
        return clicks + await row.Customer(steps, business, row);
    }
}
