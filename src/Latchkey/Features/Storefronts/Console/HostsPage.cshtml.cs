using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Storefronts.Console;

/// <summary>The host names of a storefront, and how far each is.</summary>
public sealed class HostsPageModel(StorefrontDirectory storefronts, StorefrontHosts hosts, IStringLocalizer<Texts> l) : PageModel
{
    public Storefront Shown { get; private set; } = null!;
    public IReadOnlyList<StorefrontHost> Hosts { get; private set; } = [];
    public string? Problem { get; private set; }
    public string? Notice { get; private set; }
    public string? Typed { get; private set; }
    public bool MayChange => HttpContext.Staff().May(Permission.Configure);

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => OnAsync(id, _ => Task.CompletedTask, cancel);

    [Needs(Permission.Configure)]
    public Task<IActionResult> OnPostAddAsync(Guid id, CancellationToken cancel) => OnAsync(id, async form =>
    {
        Typed = form["host"];
        if (await hosts.AddAsync(Shown, Typed ?? "", HttpContext.Staff().Name, cancel)) Typed = null;
        else Problem = l["That is not a host name such as portal.example.com."];
    }, cancel);

    [Needs(Permission.Configure)]
    public Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel) => OnAsync(id, async form =>
        await hosts.RemoveAsync(Shown, form["host"].ToString(), HttpContext.Staff().Name, cancel), cancel);

    [Needs(Permission.Configure)]
    public Task<IActionResult> OnPostCheckAsync(Guid id, CancellationToken cancel) => OnAsync(id, async form =>
    {
        string host = form["host"].ToString();
        var check = await hosts.CheckAsync(Shown, host, HttpContext.Staff().Name, cancel);
        Notice = check == HostCheck.Verified ? l["{0} leads here now.", host].Value : null;
        Problem = check switch
        {
            HostCheck.NotFound => l["The record is not there yet. New records can take an hour."].Value,
            HostCheck.NoAnswer => l["No answer from DNS. Try again."].Value,
            HostCheck.Taken => l["Another site of this installation has proved that {0} is theirs.", host].Value,
            HostCheck.Unknown => l["There is no such host name in the list."].Value,
            HostCheck.Verified => null,
        };
    }, cancel);

    private async Task<IActionResult> OnAsync(Guid id, Func<IFormCollection, Task> act, CancellationToken cancel)
    {
        if (await storefronts.ByKeyAsync(new(HttpContext.Staff().OrganizationId, id), cancel) is not { } found) return NotFound();
        Shown = found;
        await act(HttpMethods.IsPost(Request.Method) ? await Request.ReadPlainFormAsync(cancel) : FormCollection.Empty);
        if (Problem is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        Hosts = await hosts.ListAsync(Shown, cancel);
        return Page();
    }
}
