using System.Data.Common;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Demo;

/// <summary>Writes the demo's rows, one kind a method.</summary>
internal sealed class DemoWriter(DbTransaction transaction, CreateInvoice createInvoice, DateTimeOffset now)
{
    public async Task<Guid> OrganizationAsync(string name)
    {
        var id = NewId();
        await RunAsync(DemoSql.Organization, new { id, name, now });
        return id;
    }

    public async Task<StorefrontKey> StorefrontAsync(Guid organization, string slug, string name, Vocabulary vocabulary, int hue, SignInPolicy policy)
    {
        var key = new StorefrontKey(organization, NewId());
        string domain = slug.Split('-')[0] + ".example";
        await RunAsync(DemoSql.Storefront, new
        {
            key.OrganizationId, key.StorefrontId, slug, name, vocabulary = vocabulary.ToString(), hue, sender = $"portal@{domain}",
            help = $"help@{domain}", policy = PolicyJson.Write(policy), now,
        });
        return key;
    }

    public async Task<DemoFacility> FacilityAsync(StorefrontKey at, string name, string address, string phone)
    {
        var id = NewId();
        await RunAsync(DemoSql.Facility, new { at.OrganizationId, at.StorefrontId, id, name, address, phone, now });
        return new DemoFacility(at.OrganizationId, id);
    }

    public Task OptionAsync(DemoFacility at, string name, long price, bool monthly) =>
        RunAsync(DemoSql.Option, new { at.OrganizationId, at.FacilityId, id = NewId(), name, price, monthly });

    /// <summary>A kind of unit; on storefronts without units a plan.</summary>
    public async Task<Guid> UnitTypeAsync(DemoFacility at, string name, long price, string? description = null)
    {
        var id = NewId();
        await RunAsync(DemoSql.UnitType, new { at.OrganizationId, at.FacilityId, id, name, description, price });
        return id;
    }

    public async Task<Guid> UnitAsync(DemoFacility at, Guid type, string number, string state)
    {
        var id = NewId();
        await RunAsync(DemoSql.Unit, new { at.OrganizationId, at.FacilityId, id, type, number, state });
        return id;
    }

    public async Task<DemoContact> ContactAsync(StorefrontKey of, DemoFacility home, string name, string email, string? phone)
    {
        var id = NewId();
        await RunAsync(DemoSql.Contact, new { of.OrganizationId, of.StorefrontId, home.FacilityId, id, name, email, phone, now });
        return new DemoContact(of.OrganizationId, id, email, phone);
    }

    public Task AccountAsync(StorefrontKey on, DemoContact contact) =>
        RunAsync(DemoSql.Account, new
        {
            on.OrganizationId, on.StorefrontId, id = NewId(), contact.ContactId, contact.Email, phone = PhoneNumber.TryRead(contact.Phone, null, out var number) ? number.Value : null, now,
        });

    public Task PasswordAsync(StorefrontKey on, DemoContact contact, string hash) =>
        RunAsync(DemoSql.Password, new { on.OrganizationId, on.StorefrontId, contact.Email, hash, now });

    public Task SubscriptionAsync(DemoContact contact, DemoFacility at, string kind, string name, Guid? unit, long price, string startedOn) =>
        RunAsync(DemoSql.Subscription, new { contact.OrganizationId, contact.ContactId, at.FacilityId, id = NewId(), kind, name, unit, price, startedOn });

    /// <summary>Somebody of the team, who has been at the console before.</summary>
    public Task StaffAsync(Guid organization, string name, string email, StaffRole role) =>
        RunAsync(DemoSql.Staff, new { organization, id = NewId(), installation = ConsoleRealm.Installation, realm = ConsoleRealm.Key.StorefrontId, name, email, role = role.ToString(), now });

    /// <summary>An invoice of some months ago, paid by card unless it still waits.</summary>
    public async Task InvoiceAsync(StorefrontKey of, DemoContact contact, string what, long price, int monthsAgo, bool paid)
    {
        var issuedAt = now.AddMonths(-monthsAgo);
        var due = DateOnly.FromDateTime(issuedAt.UtcDateTime).AddDays(10);
        var made = await createInvoice.InTransactionAsync(transaction, new NewInvoice
        {
            OrganizationId = of.OrganizationId, StorefrontId = of.StorefrontId, ContactId = contact.ContactId, Currency = "USD", Lines = [new NewLine(what, 1, price)], DueOn = due,
        });
        await RunAsync(DemoSql.Invoice, new
        {
            of.OrganizationId, id = made.Id, issuedAt, issuedOn = IsoDay.Of(issuedAt), dueOn = IsoDay.Of(due), state = paid ? "paid" : "pending", paidBy = paid ? "card" : null,
            paidAt = paid ? issuedAt.AddDays(2) : (DateTimeOffset?)null,
        });
    }

    private Guid NewId() => Guid.CreateVersion7(now);

    private Task<int> RunAsync(string sql, object parameters) => transaction.Connection!.ExecuteAsync(sql, parameters, transaction);
}

internal sealed record DemoFacility(Guid OrganizationId, Guid FacilityId);

internal sealed record DemoContact(Guid OrganizationId, Guid ContactId, string Email, string? Phone);
