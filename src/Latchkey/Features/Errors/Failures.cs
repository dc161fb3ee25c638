using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;

namespace Latchkey.Features.Errors;

/// <summary>The help codes of failure pages: of the request or session that failed, or of a row in the activity when there is neither.</summary>
public sealed partial class Failures(Database database, SignInKey key, Brake brake, ActivityLog activity, Cookies cookies, TimeProvider clock, ILogger<Failures> log)
{
    /// <summary>Beyond it, browsers behind one network share a row: whoever makes browsers up does not fill the table.</summary>
    private static readonly Limit PerNetwork = new(30, TimeSpan.FromSeconds(2));

    /// <summary>What the log calls the failures that a help code alone leads to.</summary>
    public const string Limited = "limited";
    public const string LinkDamaged = "damaged link opened";
    public const string CookiesOff = "cookies off";
    public const string PasswordsLimited = "passwords limited";
    /// <summary>Of links that exist, the page shows the link's own code: these were damaged.</summary>
    public const string NotConfirmed = "registration not confirmed";
    public const string NotReset = "password not reset";
    public const string AddressNotConfirmed = "new address not confirmed";
    public const string ChangeNotUndone = "change of address not undone";

    /// <summary>The code of a request or a session.</summary>
    public string CodeOf(Guid id) => HelpCode.Of(key, id).ToString();

    /// <summary>The code of a request or a one-time link, for whoever holds its link.</summary>
    public string CodeOfLink(Guid id) => HelpCode.OfLink(key, id).ToString();

    /// <summary>Writes the failure down, once a minute for each browser and kind.</summary>
    /// <param name="context">The request that failed.</param>
    /// <param name="kind">How.</param>
    /// <param name="about">What the console finds it by, if anything: a keyed hash.</param>
    /// <returns>The row's code; null when there is no organization to keep it for.</returns>
    public async Task<string?> NoteAsync(HttpContext context, FailureKind kind, string? about = null)
    {
        if (context.Features.Get<CurrentStorefront>()?.Storefront is not { } storefront) return null;
        string network = context.Ip() ?? "";
        string? browser = cookies.Browser(context)?.Value;
        try
        {
            return CodeOf(await database.WriteAsync(async t =>
            {
                bool isOwn = browser is not null && await brake.TakeAsync(t, storefront.Key, "failure", network, PerNetwork);
                var id = IdOf($"{storefront.Id} {kind} {(isOwn ? browser : network)} {about}");
                await activity.AppendOnceAsync(t, id, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, Event(kind)) { StorefrontId = storefront.Id, Detail = about });
                return id;
            }));
        }
        catch (DbException e)
        {
            // The page about what failed must not fail too.
            NotNoted(e);
            return null;
        }
    }

    private static string Event(FailureKind kind) => kind switch
    {
        FailureKind.LinkExpired => "link expired",
        FailureKind.LinkUsed => "link already used",
        FailureKind.LinkRevoked => "link no longer valid",
        FailureKind.LinkDamaged => LinkDamaged,
        FailureKind.OtherBrowser => "link opened in another browser",
        FailureKind.OtherNetwork => "link opened on another network",
        FailureKind.AccountClosed => "link to a closed account",
        FailureKind.TooManyRequests => Limited,
        FailureKind.NoTriesLeft => "no tries left",
        FailureKind.CookieNotKept => "cookie not kept",
        FailureKind.CookiesOff => CookiesOff,
        FailureKind.SessionEnded => "session ended",
        FailureKind.OrganizationNotFound => "organization not found",
        FailureKind.NotReadable => "form not readable",
        FailureKind.FromAnotherSite => "sent from another site",
        FailureKind.PageNotFound => "page not found",
        FailureKind.NotPossibleHere => "method not allowed",
        FailureKind.TooLong => "form too long",
        FailureKind.ServerError => "error",
        FailureKind.EmailNotConfirmed => AddressNotConfirmed,
        FailureKind.EmailNotUndone => ChangeNotUndone,
        FailureKind.PasswordLimited => PasswordsLimited,
        FailureKind.RegistrationNotConfirmed => NotConfirmed,
        FailureKind.PasswordNotReset => NotReset,
    };

    /// <summary>The same all through a minute: the primary key decides that there is one row, and everybody is shown its code.</summary>
    private Guid IdOf(string what)
    {
        long minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60 * 60_000;
        byte[] bytes = SHA256.HashData(Encoding.ASCII.GetBytes(key.Fingerprint($"{what} {minute}"))).AsSpan(0, 16).ToArray();
        for (int i = 5; i >= 0; i--, minute >>= 8) bytes[i] = (byte)minute;
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70); // version 7, RFC 9562
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A failure could not be noted.")]
    private partial void NotNoted(Exception exception);
}
