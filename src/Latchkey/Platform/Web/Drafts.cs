using System.Text.Json;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Platform.Web;

/// <summary>Names the fields of a page's form that outlive a session. Never a password or a code.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepsDraftAttribute(params string[] fields) : Attribute
{
    public IReadOnlyList<string> Fields => fields;
}

/// <summary>
/// What was typed into a form whose session had ended is kept for an hour, for the same browser, page and account, and fills the form
/// again after signing in. Nothing is saved until it is sent again. See <see cref="KeepsDraftAttribute"/>.
/// </summary>
public sealed class Drafts(Database database, FormDrafts drafts, Cookies cookies)
{
    /// <summary>The hidden field of the form: says whose it is.</summary>
    public const string Field = "draft";
    private const int MostBytes = 8 * 1024;

    public string Mark(HttpContext context) => drafts.Mark(cookies.BrowserOrNew(context), context.Customer()!.AccountId);

    /// <returns>Whether a draft was kept of what is being posted.</returns>
    public async Task<bool> KeepAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.ContentLength is not <= MostBytes
            || context.GetEndpoint()?.Metadata.GetMetadata<KeepsDraftAttribute>() is not { } page || cookies.Browser(context) is not { } browser) return false;
        var form = await context.Request.ReadPlainFormAsync(context.RequestAborted);
        if (form[Field] is not [{ } mark]) return false;
        string content = JsonSerializer.Serialize(page.Fields.ToDictionary(f => f, f => form[f] is [{ } one] ? one : "", StringComparer.Ordinal));
        return await database.WriteAsync(t => drafts.KeepAsync(t, context.Storefront().Key, browser, context.Request.Path, mark, content), context.RequestAborted);
    }

    /// <summary>The draft of this page. Another account's is dropped.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> FindAsync(HttpContext context)
    {
        if (cookies.Browser(context) is not { } browser) return null;
        var draft = await database.ReadAsync(
            c => drafts.FindAsync(c, context.Storefront().Key, browser, context.Request.Path, context.Customer()!.AccountId, context.RequestAborted), context.RequestAborted);
        if (draft is { Content: null }) await DropAsync(context);
        return draft?.Content is { } content ? JsonSerializer.Deserialize<Dictionary<string, string>>(content) : null;
    }

    public async Task DropAsync(HttpContext context)
    {
        if (cookies.Browser(context) is { } browser)
            await database.WriteAsync(t => FormDrafts.DropAsync(t, context.Storefront().Key, browser, context.Request.Path), context.RequestAborted);
    }
}
