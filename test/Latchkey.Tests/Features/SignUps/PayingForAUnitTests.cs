using System.Net;
using Dapper;
using Latchkey.Features.SignUps;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.SignUps;

/// <summary>From the press of Pay to the unit: once, whatever happens on the way.</summary>
public sealed class PayingForAUnitTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Pressing_twice_asks_for_the_money_once_and_going_back_to_change_something_asks_anew()
    {
        using var rivals = await portal.RivalsAsync(units: 1);
        var (storefront, offered, nora, _) = rivals;
        var review = await nora.ReviewAsync(portal, offered.Type, "nora@twice.example");

        var pressed = await Task.WhenAll(nora.PayAsync(review), nora.PayAsync(review));
        // Both at the checkout, or the later one at the page that leads there.
        var checkout = pressed.Select(p => p.Location!).First(l => !l.EndsWith("/rent/payment", StringComparison.Ordinal));
        pressed.ShouldAllBe(p => p.Location == checkout || p.Location!.EndsWith("/rent/payment"));
        (await InvoicesAsync(storefront)).ShouldBe("pending");
        (await nora.GetAsync("/rent/review")).Location.ShouldEndWith("/rent/payment");
        (await nora.PostAsync("/rent/payment")).Location.ShouldBe(checkout);

        (await nora.PostAsync("/rent/payment?handler=Change")).Location.ShouldEndWith("/rent/review");
        (await InvoicesAsync(storefront)).ShouldBe("void");
        (await nora.PostAsync("/rent/options", ("option", offered.Padlock.ToString()))).Location.ShouldEndWith("/rent/review");
        await nora.RentAsync(portal, await nora.GetAsync("/rent/review"));
        (await InvoicesAsync(storefront)).ShouldBe("paid, void");
        (await portal.CountAsync(storefront, "subscription")).ShouldBe(1);
        (await portal.ScalarAsync<string>("select period_end from invoice where organization_id = @OrganizationId and state = 'paid'", new { storefront.OrganizationId })).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_hold_lasts_as_long_as_its_checkout_and_ends_with_it()
    {
        using var rivals = await portal.RivalsAsync(units: 1);
        var (storefront, offered, nora, otto) = rivals;
        await nora.PayAsync(await nora.ReviewAsync(portal, offered.Type, "nora@ends.example"));
        portal.Clock.Advance(TimeSpan.FromMinutes(25));
        (await otto.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Conflict);

        portal.Clock.Advance(TimeSpan.FromMinutes(20));
        await portal.SettleMoneyAsync();
        (await InvoicesAsync(storefront)).ShouldBe("void");
        (await otto.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await nora.GetAsync("/rent/review")).Text.ShouldContain("The time is over.");
    }

    [Fact]
    public async Task A_bank_debit_keeps_the_unit_until_the_bank_has_confirmed_it()
    {
        using var rivals = await portal.RivalsAsync(units: 1);
        var (_, offered, nora, otto) = rivals;
        await nora.RentAsync(portal, await nora.ReviewAsync(portal, offered.Type, "nora@debit.example"), TestAct.Debit);
        (await nora.GetAsync("/rent/done")).Heading.ShouldBe("Your bank works on it");
        (await nora.PostAsync("/rent/payment?handler=Change")).Location.ShouldEndWith("/rent/done");
        await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<ForgetSignUps>().RunAsync(t, CancellationToken.None));

        portal.Clock.Advance(TimeSpan.FromDays(1));
        (await otto.ChooseAsync(offered.Type)).Status.ShouldBe(HttpStatusCode.Conflict);
        portal.Clock.Advance(TimeSpan.FromDays(6));
        await portal.SettleMoneyAsync();
        (await nora.GetAsync("/rent/done")).Heading.ShouldBe("That's it, thank you");
    }

    [Fact]
    public async Task A_payment_whose_hold_is_gone_takes_another_unit_or_goes_back()
    {
        using var rivals = await portal.RivalsAsync(units: 2);
        var (storefront, offered, nora, pete) = rivals;
        var checkout = (await nora.PayAsync(await nora.ReviewAsync(portal, offered.Type, "nora@late.example"))).Location!;
        await portal.ExecuteAsync("update unit set state = 'out_of_service', held_by = null, held_until = null where organization_id = @OrganizationId and number = 'A01'", new { storefront.OrganizationId });
        await nora.AtCheckoutAsync(checkout, TestAct.Card);
        (await nora.GetAsync("/rent/done")).Text.ShouldContain("Unit A02");

        await portal.UnitAsync(storefront, offered.Facility, offered.Type, "A03");
        checkout = (await pete.PayAsync(await pete.ReviewAsync(portal, offered.Type, "pete@late.example"))).Location!;
        await portal.ExecuteAsync("update unit set state = 'out_of_service', held_by = null, held_until = null where organization_id = @OrganizationId and number = 'A03'", new { storefront.OrganizationId });
        await pete.AtCheckoutAsync(checkout, TestAct.Card);
        await portal.SettleMoneyAsync();
        await portal.SettleAsync();
        (await pete.GetAsync("/rent/done")).Heading.ShouldBe("Sorry, your unit is gone");
        (await portal.MailAboutAsync("pete@late.example", "Your money comes back")).Text.ShouldContain("The whole amount goes back");
        (await InvoicesAsync(storefront)).ShouldBe("refunded, paid");
    }

    /// <summary>The newest first.</summary>
    private async Task<string> InvoicesAsync(Storefront storefront) => string.Join(", ", await portal.Database.ReadAsync(c =>
        c.QueryAsync<string>("select state from invoice where organization_id = @OrganizationId order by number desc", new { storefront.OrganizationId })));
}
