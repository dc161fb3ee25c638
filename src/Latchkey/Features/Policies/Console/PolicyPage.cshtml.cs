using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Policies.Console;

/// <summary>How a storefront's customers sign in: presets, every field, and where it is weaker than published rules.</summary>
public sealed class PolicyPageModel(StorefrontDirectory storefronts, ChangePolicy change, IStringLocalizer<Texts> l) : PageModel
{
    public Storefront Shown { get; private set; } = null!;
    public PolicyForm Form { get; } = new(l);
    /// <summary>What the fields hold: the policy in force, a preset that was chosen, or what was typed and refused.</summary>
    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public IReadOnlyList<PolicyDeviation> Deviations => Shown.Policy.Deviations();
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public string? Problem { get; private set; }
    public string Preset { get; private set; } = "";
    public bool WasSaved => Request.Query.ContainsKey("saved");
    public bool MayChange => HttpContext.Staff().May(Permission.Configure);

    public string PresetName(string preset) => preset switch
    {
        "storage" => l["Storage"],
        "membership" => l["Memberships"],
        "subscription" => l["Subscriptions"],
        "password" => l["With passwords"],
        _ => l["A new storefront"],
    };

    public async Task<IActionResult> OnGetAsync(Guid id, string? preset, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        Preset = preset is not null && SignInPolicy.Presets.ContainsKey(preset) ? preset : Shown.Policy.Preset;
        Show(preset is not null && SignInPolicy.Presets.TryGetValue(preset, out var chosen) ? chosen : Shown.Policy);
        return Page();
    }

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel)) return NotFound();
        var form = await Request.ReadPlainFormAsync(cancel);
        if (form.Count == 0) return Refuse(l["The form could not be read. Go back and send it again."], StatusCodes.Status400BadRequest);
        Preset = SignInPolicy.Presets.ContainsKey(form["preset"].ToString()) ? form["preset"].ToString() : Shown.Policy.Preset;
        var typed = Form.Read(form).ToList();
        Values = typed.ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);
        SignInPolicy policy;
        try
        {
            policy = PolicyFields.With(Shown.Policy, typed) with { Preset = Preset };
        }
        catch (FormatException)
        {
            return Refuse(l["A number or a duration cannot be read. Write whole numbers; a limit like 5/00:03:00."], StatusCodes.Status400BadRequest);
        }
        if (form["version"] != PolicyVersion) return Refuse(l["Somebody else changed this meanwhile. What you typed is kept below: look at it again, then save."], StatusCodes.Status409Conflict);
        var answer = await change.RunAsync(Shown, policy, HttpContext.Staff().Name, cancel);
        switch (answer.Outcome)
        {
            case PolicyChangeOutcome.InForce:
                return Redirect($"/console/storefronts/{id}/policy?saved");
            case PolicyChangeOutcome.Unsafe:
                Problems = answer.Problems.ToDictionary(p => char.ToLowerInvariant(p.Field[0]) + p.Field[1..], Form.Problem, StringComparer.Ordinal);
                return Refuse(l["Nothing was saved yet. Please check:"], StatusCodes.Status400BadRequest);
            default:
                return Refuse(l["Somebody else changed this meanwhile. What you typed is kept below: look at it again, then save."], StatusCodes.Status409Conflict);
        }
    }

    /// <summary>What the form was made on.</summary>
    public string PolicyVersion => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Shown.PolicyText)).AsSpan(0, 8));

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await storefronts.ByKeyAsync(new(HttpContext.Staff().OrganizationId, id), cancel) is not { } found) return false;
        Shown = found;
        return true;
    }

    private void Show(SignInPolicy policy) => Values = PolicyFields.Of(policy).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    private PageResult Refuse(string problem, int status)
    {
        if (Values.Count == 0) Show(Shown.Policy);
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }
}
