using System.Net;
using Dapper;
using Latchkey.Features.Payments;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>The provider's word that the newest invoice of an address is paid.</summary>
    public static async Task<Guid> PaidAsync(this Portal portal, Storefront storefront, string email)
    {
        var invoice = await portal.ScalarGuidAsync("""
            select i.id from invoice i join contact c on c.organization_id = i.organization_id and c.id = i.contact_id
            where i.organization_id = @OrganizationId and c.email = @email order by i.number desc limit 1
            """, new { storefront.OrganizationId, email });
        await portal.InvoicePaidAsync(storefront, invoice);
        await portal.SettleAsync();
        return invoice;
    }

    public static Task InvoicePaidAsync(this Portal portal, Storefront storefront, Guid invoice) => portal.Database.WriteAsync(async t =>
    {
        var row = await t.Connection!.QuerySingleAsync<Row>("""
            update invoice set state = 'paid' where organization_id = @OrganizationId and id = @invoice returning sign_up_id, contact_id, number, total, currency
            """, new { storefront.OrganizationId, invoice }, t);
        foreach (var follows in portal.Services.GetServices<InvoicePaid>())
            await follows(t, new PaidInvoice
            {
                OrganizationId = storefront.OrganizationId,
                StorefrontId = storefront.Id,
                InvoiceId = invoice,
                PaymentId = Guid.CreateVersion7(),
                ContactId = row.ContactId,
                SignUpId = row.SignUpId,
                Number = row.Number,
                Total = row.Total,
                Currency = row.Currency,
            });
    });

    private sealed record Row
    {
        public Guid? SignUpId { get; init; }
        public required Guid ContactId { get; init; }
        public required long Number { get; init; }
        public required long Total { get; init; }
        public required string Currency { get; init; }
    }
}

internal sealed record Offered(Guid Facility, Guid Type, Guid Cover, Guid Padlock);
