using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Staff.Console;

/// <summary>Who works here, and as what. Everybody sees it; Owners change it.</summary>
public sealed class TeamPageModel(Team team, AddStaff addStaff, ChangeStaff changeStaff, IStringLocalizer<Texts> l) : PageModel
{
    /// <summary>What an organization can give; Support is the installation's.</summary>
    public static IReadOnlyList<StaffRole> Roles { get; } = [StaffRole.Staff, StaffRole.Manager, StaffRole.Owner];

    public IReadOnlyList<TeamMember> Members { get; private set; } = [];
    public string? Problem { get; private set; }
    public string? Email { get; private set; }
    public string? Name { get; private set; }
    public StaffRole Role { get; private set; } = StaffRole.Staff;

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "invited" => l["The invitation is on its way."].Value,
        "role" => l["The role is changed. They sign in again with the new one."].Value,
        "removed" => l["They are no longer on the team, and are signed out."].Value,
        _ => null,
    };

    public bool IsOver(TeamMember member) => team.IsOver(member);

    public string What(StaffRole role) => role switch
    {
        StaffRole.Staff => l["Sees everything, changes nothing."],
        StaffRole.Manager => l["Helps customers: sends links, edits records, imports."],
        StaffRole.Owner => l["Also changes settings and the team."],
        StaffRole.Support => l["Works for every organization of this installation."],
    };

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(null, cancel);

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        (Email, Name) = (form["email"], form["name"].ToString().Trim() is { Length: > 0 } typed ? typed : null);
        if (!TryReadRole(form["role"], out var role)) return await ShowAsync(l["Choose a role."], cancel);
        Role = role;
        if (Name?.Length > NewBusiness.MostCharacters) return await ShowAsync(l["A name has 100 characters at most."], cancel);
        if (!EmailAddress.TryRead(Email, out var address) || !address.IsDeliverable) return await ShowAsync(l["That is not one e-mail address. Type it like name@example.com."], cancel);
        var staff = HttpContext.Staff();
        return await addStaff.RunAsync(staff.OrganizationId, address, Name, role, staff.Name, cancel)
            ? Redirect("/console/team?done=invited")
            : await ShowAsync(l["They are on the team already."], cancel);
    }

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostRoleAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        return TryReadRole(form["role"], out var role) ? await ChangeAsync(form["member"], role, "role", cancel) : await ShowAsync(l["Choose a role."], cancel);
    }

    [Needs(Permission.Configure)]
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) =>
        await ChangeAsync((await Request.ReadPlainFormAsync(cancel))["member"], null, "removed", cancel);

    private async Task<IActionResult> ChangeAsync(string? member, StaffRole? role, string done, CancellationToken cancel)
    {
        if (!Guid.TryParse(member, out var accountId)) return NotFound();
        return await changeStaff.RunAsync(HttpContext.Staff(), accountId, role, cancel) switch
        {
            StaffChange.Done => Redirect($"/console/team?done={done}"),
            StaffChange.Unknown => NotFound(),
            StaffChange.Oneself => await ShowAsync(l["Nobody changes their own role. Ask another Owner."], cancel),
            StaffChange.LastOwner => await ShowAsync(l["An organization always has an Owner. Make somebody else Owner first, and wait until they have signed in."], cancel),
        };
    }

    private async Task<IActionResult> ShowAsync(string? problem, CancellationToken cancel)
    {
        Problem = problem;
        if (problem is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        Members = await team.ListAsync(HttpContext.Staff().OrganizationId, cancel);
        return Page();
    }

    private static bool TryReadRole(string? text, out StaffRole role) => Enum.TryParse(text, out role) && Roles.Contains(role);
}
