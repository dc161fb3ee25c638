using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>Customers of a storefront, and the team that looks at them.</summary>
internal static class People
{
    /// <summary>A contact without an account.</summary>
    public static async Task<Guid> ContactAsync(this Portal portal, Storefront storefront, string name, string? email = null, string? phone = null, Guid? facility = null)
    {
        var (contact, now) = (Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        await portal.ExecuteAsync("""
            insert into contact (organization_id, id, storefront_id, facility_id, full_name, email, phone, created_at, updated_at)
            values (@OrganizationId, @contact, @Id, @facility, @name, @email, @phone, @now, @now)
            """, new { storefront.OrganizationId, storefront.Id, contact, facility, name, email, phone, now });
        return contact;
    }

    /// <summary>The contact that an account of the rig shows.</summary>
    public static Task<Guid> ContactOfAsync(this Portal portal, Guid account) =>
        portal.ScalarGuidAsync("select contact_id from account_contact where account_id = @account", new { account });

    public static async Task<Guid> ScalarGuidAsync(this Portal portal, string sql, object parameters) => Guid.Parse((await portal.ScalarAsync<object>(sql, parameters)).ToString()!);

    public static async Task<Guid> FacilityAsync(this Portal portal, Storefront storefront, string name)
    {
        var (facility, now) = (Guid.CreateVersion7(), portal.Clock.GetUtcNow());
        await portal.ExecuteAsync("insert into facility (organization_id, id, storefront_id, name, created_at) values (@OrganizationId, @facility, @Id, @name, @now)",
            new { storefront.OrganizationId, storefront.Id, facility, name, now });
        return facility;
    }

    public static Task SubscriptionAsync(this Portal portal, Storefront storefront, Guid contact, Guid facility, string name, string? endedOn = null) =>
        portal.ExecuteAsync("""
            insert into subscription (organization_id, id, contact_id, facility_id, kind, name, price, currency, started_on, ended_on)
            values (@OrganizationId, @id, @contact, @facility, 'subscription', @name, 1850, 'USD', '2026-03-01', @endedOn)
            """, new { storefront.OrganizationId, id = Guid.CreateVersion7(), contact, facility, name, endedOn });

    public static Task<Visit> ManagerAsync(this Portal portal, Storefront storefront, string name = "Max Manager") =>
        portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager, name);

    /// <summary>The first cell of each row of the list.</summary>
    public static IReadOnlyList<string> Rows(this Answer answer) =>
        [.. answer.Page.QuerySelectorAll("table.list tbody th").Select(h => (h.QuerySelector("a") ?? h).TextContent.Trim())];

    /// <summary>The record's form as a browser would send it back, with some fields typed over.</summary>
    public static (string Name, string Value)[] Form(this Answer answer, params (string Name, string Value)[] typed)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in answer.Page.QuerySelectorAll("form.fields input[name]")) fields[input.GetAttribute("name")!] = input.GetAttribute("value") ?? "";
        foreach (var select in answer.Page.QuerySelectorAll("form.fields select[name]"))
            fields[select.GetAttribute("name")!] = select.QuerySelector("option[selected]")?.GetAttribute("value") ?? "";
        foreach (var (name, value) in typed) fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }
}
