using Latchkey.Features.Contacts;
using Latchkey.Platform.Mail;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Features.SignUps;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Latchkey.Tests.Seeds;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Browser;

/// <summary>How customers come into the situations that they call about.</summary>
internal static class CallSituations
{
    public static async Task AskedAsync(Business business, string email)
    {
        await business.CustomerAsync(email);
        using var ann = business.Visit();
        await ann.AskAsync(email);
        await business.SettleAsync();
    }

    public static async Task OtherAddressAsync(Business business)
    {
        await business.CustomerAsync("archer77@row3.example");
        using var ann = business.Visit();
        await ann.SignInAsync("archer77@row3.example");
        business.Pass(TimeSpan.FromDays(1));
        await ann.AskAsync("ann.archer@row3.example");
        await business.SettleAsync();
    }

    public static async Task RefusedAsync(Business business)
    {
        business.Portal.Sink.On(Moment.Rcpt, ServerAct.Say("550 5.1.1 No such user"));
        await AskedAsync(business, "ann@row4.example");
        await business.Portal.RowAsync("ann@row4.example", r => r.State == "failed");
    }

    public static async Task LateAsync(Business business, string email)
    {
        await AskedAsync(business, email);
        using var ann = business.Visit();
        string token = await ann.TokenAsync(email);
        business.Pass(business.Storefront.Policy.LinkLifetime);
        await ann.GetAsync($"/portal/link/{token}");
    }

    public static async Task UsedAsync(Business business)
    {
        await business.CustomerAsync("ann@row7.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@row7.example");
        business.Pass(TimeSpan.FromMinutes(1));
        using var phone = business.Visit();
        await phone.GetAsync($"/portal/link/{await ann.TokenAsync("ann@row7.example")}");
    }

    public static async Task OftenAsync(Business business)
    {
        await business.CustomerAsync("ann@row8.example");
        for (int i = 0; i < 6; i++)
        {
            using var ann = business.Visit();
            await ann.AskAsync("ann@row8.example");
        }
        await business.SettleAsync();
    }

    /// <summary>The business has another storefront, and they are a customer of that one.</summary>
    public static async Task<Business> ElsewhereAsync(Business business)
    {
        await business.CustomerAsync("bob@row9.example");
        using var ann = business.Visit();
        await ann.AskAsync("ann@row9.example");
        await business.SettleAsync();
        var boats = await business.SisterAsync("Riverbend Boats");
        await boats.CustomerAsync("ann@row9.example");
        return boats;
    }

    public static async Task ChangedAsync(Business business)
    {
        await business.CustomerAsync("ann@row10.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@row10.example");
        var contact = await business.Portal.ScalarAsync<object>("select id from contact where organization_id = @OrganizationId", new { business.Storefront.OrganizationId });
        (await business.Portal.Services.GetRequiredService<CorrectAddress>().RunAsync(business.Storefront, contact as Guid? ?? Guid.Parse((string)contact), "ann@row10new.example", "Max", TestContext.Current.CancellationToken))
            .ShouldBe(CorrectAddressOutcome.Corrected);
        business.Pass(TimeSpan.FromMinutes(1));
        await ann.AskAsync("ann@row10.example");
        await business.SettleAsync();
    }

    public static async Task WrongPasswordAsync(Business business)
    {
        await business.Portal.AccountWithPasswordAsync(business.Storefront, "ann@row11.example");
        using var ann = business.Visit();
        await ann.TypeAsync("ann@row11.example", "wrong and wrong again");
    }

    public static async Task ForgetfulAsync(Business business)
    {
        await AskedAsync(business, "ann@row12.example");
        using var ann = business.Visit();
        var inside = await ann.RedeemAsync(await ann.TokenAsync("ann@row12.example"));
        ann.DropCookies();
        await ann.OpenAsync((await ann.OpenAsync(inside.Location!)).Location!);
    }

    public static async Task UnpressedAsync(Business business)
    {
        await AskedAsync(business, "ann@row14.example");
        using var phone = business.Visit();
        await phone.GetAsync($"/portal/link/{await phone.TokenAsync("ann@row14.example")}");
    }

    public static async Task RevokedAsync(Business business)
    {
        var account = await business.CustomerAsync("ann@row15.example");
        using var ann = business.Visit();
        await ann.SignInAsync("ann@row15.example");
        await business.RevokeSessionsAsync(account);
    }

    /// <summary>They rented a unit online, and have never asked for a link.</summary>
    public static async Task SignedUpAsync(Business business, string email)
    {
        var offered = await business.Portal.OfferAsync(business.Storefront);
        using var ann = business.Visit();
        await ann.RentAsync(business.Portal, await ann.ReviewAsync(business.Portal, offered.Type, email, "Ann Archer"));
    }

    /// <summary>They have an account, and are about to rent a unit as if they had none.</summary>
    public static async Task TakenOnlineAsync(Business business, string email)
    {
        var offered = await business.Portal.OfferAsync(business.Storefront);
        await business.CustomerAsync(email);
        using var ann = business.Visit();
        await ann.ReviewAsync(business.Portal, offered.Type, email, "Ann Archer");
        await business.SettleAsync();
    }

    public static async Task TwoAccountsAsync(Business business, string email, string other)
    {
        await business.CustomerAsync(email);
        await business.CustomerAsync(other);
        var contact = await business.Portal.ScalarAsync<object>("select id from contact where organization_id = @OrganizationId and email = @other", new { business.Storefront.OrganizationId, other });
        await business.RentsAsync(contact as Guid? ?? Guid.Parse((string)contact), "Garage");
        using var ann = business.Visit();
        await ann.SignInAsync(email);
    }

    /// <summary>What they rent stands on another record than the one that their account shows.</summary>
    public static async Task UnlinkedAsync(CallSteps steps, Business business, string email, string recorded, string rental)
    {
        await business.CustomerAsync(email);
        await business.RentsAsync(await business.ContactAsync(recorded), rental);
        await steps.ComeInAsync(business, email);
    }

    public static async Task RegisteredAsync(Business business, string email)
    {
        using var ann = business.Visit();
        await ann.RegisterAsync(email);
        await business.Portal.MailsAsync(email);
    }

    public static async Task LockedOutAsync(Business business, string email)
    {
        await business.Portal.AccountWithPasswordAsync(business.Storefront, email);
        using var ann = business.Visit();
        for (int i = 0; i < 5; i++) await ann.TypeAsync(email, "wrong and wrong again");
        await business.Portal.MailsAsync(email);
    }

    public static async Task LateResetAsync(Business business, string email)
    {
        await business.Portal.AccountWithPasswordAsync(business.Storefront, email);
        using var ann = business.Visit();
        await ann.ForgetAsync(email);
        await business.Portal.MailsAsync(email);
        business.Pass(TimeSpan.FromMinutes(61));
    }

    /// <summary>The provider reports it, as its hook does once it is verified.</summary>
    public static async Task BouncedAsync(Business business, string email)
    {
        await AskedAsync(business, email);
        await business.Portal.MailsAsync(email);
        var mail = await business.Portal.ScalarAsync<object>("select id from mail where organization_id = @OrganizationId", new { business.Storefront.OrganizationId });
        await business.Portal.Services.GetRequiredService<Deliveries>().RecordAsync(new DeliveryReport
        {
            OrganizationId = business.Storefront.OrganizationId, MailId = mail as Guid? ?? Guid.Parse((string)mail), ProviderId = "p1", Status = Delivery.Bounced, Reason = "The mailbox is full.",
        });
    }

    public static async Task WrongCodesAsync(Business business, string email)
    {
        await business.CustomerAsync(email);
        using var ann = business.Visit();
        await ann.AskAsync(email);
        await business.Portal.MailsAsync(email);
        for (int i = 0; i < business.Storefront.Policy.CodeTries; i++) await ann.PostAsync("/portal/sign-in", ("code", "000"));
    }
}
