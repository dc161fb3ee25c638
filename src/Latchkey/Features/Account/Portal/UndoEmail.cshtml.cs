using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Account.Portal;

/// <summary>Behind the link that was mailed to the old address. It works without signing in: whoever took the account over is signed in, not its owner.</summary>
[AllowAnonymous, RequestSizeLimit(AccountPageModel.MostBytes)]
public sealed class UndoEmailModel(Database database, OneTimeLinks links, UndoEmail undoEmail, Cookies cookies, EmailDeadEnds deadEnds) : PageModel
{
    public LinkToken Token { get; private set; } = null!;
    public OneTimeLink Link { get; private set; } = null!;
    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken cancel) => await FindAsync(token, cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (await FindAsync(form["token"] is [{ } text] ? text : null, cancel) is { } deadEnd) return deadEnd;
        if (!await undoEmail.RunAsync(HttpContext.Storefront(), Token, cancel)) return (await deadEnds.UndoAsync(HttpContext, LinkStatus.AccountClosed, Link)).ToResult();
        if (HttpContext.Customer()?.AccountId == Link.AccountId) cookies.ForgetSession(HttpContext);
        IsDone = true;
        return Page();
    }

    /// <returns>The page to show when the link does nothing here.</returns>
    private async Task<IActionResult?> FindAsync(string? text, CancellationToken cancel)
    {
        if (LinkToken.Read(text) is not { } token
            || await database.ReadAsync(c => links.LookAsync(c, HttpContext.Storefront().Key, OneTimePurpose.UndoEmail, token, cancel), cancel) is not { } link)
            return (await deadEnds.UndoAsync(HttpContext, LinkStatus.Unknown, null)).ToResult();
        (Token, Link) = (token, link);
        return link.Status == LinkStatus.Ready ? null : (await deadEnds.UndoAsync(HttpContext, link.Status, link)).ToResult();
    }
}
