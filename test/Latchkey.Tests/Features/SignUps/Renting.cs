using System.Net;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignUps;

/// <summary>What a storefront offers, and the steps of somebody who takes it.</summary>
internal static class Renting
{
    /// <summary>A facility with one type of unit, so many free, and two options.</summary>
    public static async Task<Offered> OfferAsync(this Portal portal, Storefront storefront, int units = 2, long price = 9300)
    {
        var facility = await portal.FacilityAsync(storefront, "Riverside");
        var (type, cover, padlock) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await portal.ExecuteAsync("""
            insert into unit_type (organization_id, id, facility_id, name, price, currency) values (@OrganizationId, @type, @facility, '10 m²', @price, 'USD');
            insert into unit_option (organization_id, id, facility_id, name, price, currency, monthly) values
              (@OrganizationId, @cover, @facility, 'Contents cover', 1200, 'USD', @yes), (@OrganizationId, @padlock, @facility, 'Disc lock', 1500, 'USD', @no)
            """, new { storefront.OrganizationId, type, facility, price, cover, padlock, yes = true, no = false });
        for (int i = 1; i <= units; i++) await portal.UnitAsync(storefront, facility, type, $"A{i:00}");
        return new Offered(facility, type, cover, padlock);
    }

    /// <summary>A storefront that offers so many units, and somebody who wants one; with somebody else who does.</summary>
    public static async Task<Rivals> RivalsAsync(this Portal portal, int units)
    {
        var storefront = await portal.StorefrontAsync();
        return new Rivals(storefront, await portal.OfferAsync(storefront, units), portal.Visit(storefront), portal.Visit(storefront));
    }

    public static Task<long> CountAsync(this Portal portal, Storefront storefront, string table) =>
        portal.ScalarAsync<long>($"select count(*) from {table} where organization_id = @OrganizationId", new { storefront.OrganizationId });

    public static Task UnitAsync(this Portal portal, Storefront storefront, Guid facility, Guid type, string number) => portal.ExecuteAsync(
        "insert into unit (organization_id, id, facility_id, unit_type_id, number, state) values (@OrganizationId, @id, @facility, @type, @number, 'free')",
        new { storefront.OrganizationId, id = Guid.CreateVersion7(), facility, type, number });

    public static string Day(this Portal portal, int ahead = 0) => IsoDay.Of(portal.Clock.GetUtcNow().AddDays(ahead));

    public static Task<Answer> ChooseAsync(this Visit visit, Guid type) => visit.PostAsync("/rent", ("type", type.ToString()));

    public static Task<Answer> DetailsAsync(this Visit visit, string email, string name = "Nora New", string phone = "") =>
        visit.PostAsync("/rent/details", ("name", name), ("email", email), ("phone", phone));

    /// <summary>All steps up to the last one.</summary>
    public static async Task<Answer> ReviewAsync(this Visit visit, Portal portal, Guid type, string email, string name = "Nora New", string phone = "")
    {
        (await visit.ChooseAsync(type)).Location.ShouldEndWith("/rent/dates");
        (await visit.PostAsync("/rent/dates", ("starts_on", portal.Day()))).Location.ShouldEndWith("/rent/details");
        (await visit.DetailsAsync(email, name, phone)).Location.ShouldEndWith("/rent/options");
        (await visit.PostAsync("/rent/options")).Location.ShouldEndWith("/rent/review");
        return await visit.GetAsync("/rent/review");
    }

    /// <summary>Presses the button of the last step.</summary>
    public static Task<Answer> PayAsync(this Visit visit, Answer review) =>
        visit.PostAsync("/rent/review", ("total", review.Page.QuerySelector("input[name=total]")!.GetAttribute("value")!));

    /// <summary>Presses it, pays at the checkout, and comes back; all that follows is done.</summary>
    public static async Task<Answer> RentAsync(this Visit visit, Portal portal, Answer review, TestAct act = TestAct.Card)
    {
        var pressed = await visit.PayAsync(review);
        pressed.Status.ShouldBe(HttpStatusCode.Redirect, pressed.Text);
        var back = await visit.AtCheckoutAsync(pressed.Location!, act);
        await portal.SettleMoneyAsync();
        await portal.SettleAsync();
        return back;
    }

    /// <summary>The mail about it.</summary>
    public static async Task<MailReader> MailAboutAsync(this Portal portal, string address, string subject)
    {
        MailReader? found = null;
        await Portal.UntilAsync(async () => (found = (await portal.MailsAsync(address)).LastOrDefault(m => m.Subject.Contains(subject, StringComparison.Ordinal))) is not null);
        return found!;
    }
}

internal sealed record Offered(Guid Facility, Guid Type, Guid Cover, Guid Padlock);

internal sealed record Rivals(Storefront Storefront, Offered Offered, Visit Nora, Visit Otto) : IDisposable
{
    public void Dispose()
    {
        Nora.Dispose();
        Otto.Dispose();
    }
}
