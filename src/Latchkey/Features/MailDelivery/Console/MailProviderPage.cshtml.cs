using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.MailDelivery.Console;

/// <summary>By what an organization's mail leaves, what to enter at the provider, and a mail to try it.</summary>
[Needs(Permission.Configure)]
internal sealed class MailProviderPageModel(
    MailProviders providers, ChooseMailProvider choose, SendTestMail test, StorefrontDirectory storefronts, PublicAddress addresses, IStringLocalizer<Texts> l) : PageModel
{
    private const int MostCharacters = 2000;

    /// <summary>What is in force; null: as the installation.</summary>
    public MailProviderName? Current { get; private set; }
    /// <summary>What the form is about; null: as the installation.</summary>
    public MailProviderName? Shown { get; private set; }
    public IReadOnlyDictionary<string, string> Kept { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public IDictionary<string, string> Typed { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public List<(string Field, string Text)> Problems { get; } = [];
    public string? Problem { get; private set; }
    public bool IsUnreadable { get; private set; }
    public IReadOnlyList<Storefront> Storefronts { get; private set; } = [];
    public bool WasSaved => Request.Query.ContainsKey("saved");
    public MailProviderName? Installation => providers.Installation?.Name;
    public string HookAddress => MailHooks.AddressFor(addresses, Shown!.Value, HttpContext.Staff().OrganizationId);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await FindAsync(cancel);
        string asked = Request.Query["provider"].ToString();
        Shown = asked.Length == 0 ? Current : MailProviderFields.Named(asked);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await FindAsync(cancel);
        var form = await Request.ReadPlainFormAsync(cancel);
        string chosen = form["provider"].ToString();
        Shown = MailProviderFields.Named(chosen);
        if (Shown is null && chosen.Length > 0) return Refuse(l["Choose how mail leaves."]);
        var fields = Shown is { } provider ? Read(form, provider) : new Dictionary<string, string>(StringComparer.Ordinal);
        if (Problems.Count > 0) return Refuse(l["Nothing was saved yet. Please check:"]);
        string? problem = await choose.RunAsync(HttpContext.Staff().OrganizationId, Shown, fields, HttpContext.Staff().Name);
        if (problem is null) return Redirect("/console/mail-provider?saved");
        // Its words are for whoever sets up the installation: here the fields that it names.
        foreach (string field in MailProviderFields.Of(Shown!.Value).Where(f => problem.Contains($"__{f}", StringComparison.Ordinal)))
            Problems.Add((field, l["{0} is not as the provider shows it.", MailProviderWords.Field(l, Shown.Value, field).Label]));
        return Refuse(l["Nothing was saved yet. Please check:"]);
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancel)
    {
        await FindAsync(cancel);
        Shown = Current;
        string asked = (await Request.ReadPlainFormAsync(cancel))["storefront"].ToString();
        if (Storefronts.FirstOrDefault(s => s.Id.ToString() == asked) is not { } storefront) return Refuse(l["Choose a storefront."]);
        return await test.RunAsync(storefront, HttpContext.Staff(), cancel) is { } mail ? Redirect($"/console/emails/{mail}") : Refuse(l["There was a test mail a moment ago. Try again in half a minute."]);
    }

    /// <summary>A key that is not typed again stays as it is.</summary>
    private Dictionary<string, string> Read(IFormCollection form, MailProviderName provider)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string field in MailProviderFields.Of(provider))
        {
            string typed = form[field].ToString().Trim();
            if (MailProviderWords.IsShown(field)) Typed[field] = typed;
            else if (typed.Length == 0 && provider == Current && Kept.TryGetValue(field, out string? kept)) typed = kept;
            fields[field] = typed;
            string label = MailProviderWords.Field(l, provider, field).Label;
            if (typed.Length > MostCharacters) Problems.Add((field, l["{0} is not as the provider shows it.", label]));
            else if (typed.Length == 0 && MailProviderWords.IsNeeded(provider, field)) Problems.Add((field, l["{0} is missing.", label]));
        }
        return fields;
    }

    private async Task FindAsync(CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        Storefronts = await storefronts.OfOrganizationAsync(organization, cancel);
        if (await providers.SettingsAsync(organization) is not { } own) return;
        (Current, Kept, IsUnreadable) = (own.Provider, own.Fields ?? Kept, own.Fields is null);
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
