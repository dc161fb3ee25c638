using System.Buffers.Text;
using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// What a browser was typing when its session ended, kept until its holder has signed in again. Encrypted together with the page, browser
/// and account it is for: the database alone gives nothing away, and for anybody else it does not open.
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock.</param>
public sealed class FormDrafts(SignInKey key, TimeProvider clock)
{
    /// <summary>How long a draft is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int GuidCharacters = 32;

    /// <summary>Says in a form whose it is. Only a form that was shown to a signed-in customer has one, so nobody else leaves drafts.</summary>
    public string Mark(BrowserSecret browser, Guid accountId)
    {
        ArgumentNullException.ThrowIfNull(browser);
        return Base64Url.EncodeToString(key.Seal($"{Owner(browser)}{accountId:n}"));
    }

    /// <summary>Keeps a draft; an older one of the same page goes.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="browser">The browser it was typed in.</param>
    /// <param name="page">The page it belongs to: a path below the storefront.</param>
    /// <param name="mark">The form's <see cref="Mark"/>, as it came back.</param>
    /// <param name="content">What was typed. Never a password or a code.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>False when the mark is not one of this browser's: nothing is kept.</returns>
    public async Task<bool> KeepAsync(
        DbTransaction transaction, StorefrontKey where, BrowserSecret browser, string page, string mark, string content, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(browser);
        if (AccountOf(mark, browser) is not { } accountId) return false;
        var now = clock.GetUtcNow();
        await transaction.Command(FormDraftSql.Keep, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("browser", browser.Hash()),
            ("page", page), ("content", key.Seal(About(page, browser, accountId) + content)), ("now", now), ("expires", now + Lifetime)).ExecuteAsync(cancel);
        return true;
    }

    /// <summary>The draft of a page, for an account.</summary>
    /// <returns>Null when there is none; without content when it is another account's: then drop it.</returns>
    public Task<FormDraft?> FindAsync(
        DbConnection connection, StorefrontKey where, BrowserSecret browser, string page, Guid accountId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(browser);
        string about = About(page, browser, accountId);
        return connection.Command(FormDraftSql.Find, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("browser", browser.Hash()), ("page", page), ("now", clock.GetUtcNow())).FirstAsync(
            r => new FormDraft(key.Unseal(r.GetFieldValue<byte[]>(0)) is { } text && text.StartsWith(about, StringComparison.Ordinal) ? text[about.Length..] : null), cancel);
    }

    /// <summary>Drops the draft of a page, whosever it is.</summary>
    /// <returns>How many were dropped: 1 or 0.</returns>
    public static Task<int> DropAsync(DbTransaction transaction, StorefrontKey where, BrowserSecret browser, string page, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(browser);
        return transaction.Command(FormDraftSql.Drop, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("browser", browser.Hash()), ("page", page)).ExecuteAsync(cancel);
    }

    private Guid? AccountOf(string mark, BrowserSecret browser) =>
        Base64Url.IsValid(mark) && key.Unseal(Base64Url.DecodeFromChars(mark)) is { } text && text.StartsWith(Owner(browser), StringComparison.Ordinal)
            && Guid.TryParseExact(text[^GuidCharacters..], "n", out var accountId) ? accountId : null;

    private static string Owner(BrowserSecret browser) => $"owner {browser.Value} ";

    private static string About(string page, BrowserSecret browser, Guid accountId) => $"draft {page} {browser.Value} {accountId:n}\n";
}

/// <summary>A draft that was found.</summary>
/// <param name="Content">What was typed; null when another account's holder typed it.</param>
public sealed record FormDraft(string? Content);
