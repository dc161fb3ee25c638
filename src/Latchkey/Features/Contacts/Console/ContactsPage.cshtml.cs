using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Contacts.Console;

/// <summary>Every customer of the organization, by name. What is shown stands in the address.</summary>
public sealed class ContactsPageModel(FindContacts findContacts, StorefrontDirectory storefronts, IStringLocalizer<Texts> l) : PageModel
{
    private const string Address = "/console/contacts";
    private static readonly string[] States = ["none", "unproven", "proven", "disabled"];

    public IReadOnlyList<ContactRow> Rows { get; private set; } = [];
    public IReadOnlyList<Storefront> Storefronts { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);
    public string Typed { get; private set; } = "";
    public string? AccountState { get; private set; }
    public Guid? StorefrontId { get; private set; }

    public bool IsNarrowed => Typed.Length > 0 || AccountState is not null || StorefrontId is not null;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Typed = Request.Query.ReadText("q");
        AccountState = States.FirstOrDefault(s => s == Request.Query["account"]);
        StorefrontId = Request.Query.ReadId("storefront");
        var (organization, after) = (HttpContext.Staff().OrganizationId, Request.Query.ReadId("after"));
        Storefronts = await storefronts.OfOrganizationAsync(organization, cancel);
        var list = await findContacts.RunAsync(organization, new ContactFilter(Typed, StorefrontId, AccountState, after), cancel);
        Rows = list.Rows;
        Pager = new(after is null ? null : At(AccountState, StorefrontId), list.HasMore ? At(AccountState, StorefrontId, Rows[^1].Id) : null);
    }

    /// <summary>This list, otherwise filtered.</summary>
    public string At(string? accountState, Guid? storefrontId, Guid? after = null) =>
        ListAddress.Of(Address, ("q", Typed), ("storefront", storefrontId?.ToString()), ("account", accountState), ("after", after?.ToString()));

    public IEnumerable<(string? State, string Word)> AccountStates =>
        [(null, l["All"]), ("none", l["No account"]), ("unproven", l["Invited"]), ("proven", l["Active"]), ("disabled", l["Disabled"])];
}
