using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Account.Console;

/// <summary>Every portal account of the organization, by address.</summary>
public sealed class CustomersPageModel(FindCustomers findCustomers, StorefrontDirectory storefronts, IStringLocalizer<Texts> l) : PageModel
{
    private static readonly string[] Known = ["unproven", "proven", "disabled"];

    public IReadOnlyList<Customer> Rows { get; private set; } = [];
    public IReadOnlyList<Storefront> Storefronts { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public string Typed { get; private set; } = "";
    public string? State { get; private set; }
    public Guid? StorefrontId { get; private set; }

    public bool IsNarrowed => Typed.Length > 0 || State is not null || StorefrontId is not null;
    public bool MayAct => HttpContext.Staff().May(Permission.Act);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Typed = Request.Query.ReadText("q");
        State = Known.FirstOrDefault(s => s == Request.Query["state"]);
        StorefrontId = Request.Query.ReadId("storefront");
        var (organization, after) = (HttpContext.Staff().OrganizationId, Request.Query.ReadId("after"));
        Storefronts = await storefronts.OfOrganizationAsync(organization, cancel);
        var list = await findCustomers.RunAsync(organization, new CustomerFilter(Typed, StorefrontId, State, after), cancel);
        Rows = list.Rows;
        Pager = new(after is null ? null : At(State, StorefrontId), list.HasMore ? At(State, StorefrontId, Rows[^1].Id) : null);
    }

    /// <summary>This list, otherwise filtered.</summary>
    public string At(string? state, Guid? storefrontId, Guid? after = null) =>
        ListAddress.Of("/console/customers", ("q", Typed), ("storefront", storefrontId?.ToString()), ("state", state), ("after", after?.ToString()));

    public IEnumerable<(string? State, string Word)> States => [(null, l["All"]), ("unproven", l["Invited"]), ("proven", l["Active"]), ("disabled", l["Disabled"])];
}
