using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Why;

/// <summary>The words in which rows keep why something ended, and by what somebody came in.</summary>
internal static class Reasons
{
    public static string Of(IStringLocalizer<Texts> l, string reason) => reason switch
    {
        "signed in" => l["they signed in with another mail"],
        "signed out" or "signed out from another device" => l["they signed out"],
        "replaced" => l["somebody else signed in in the same browser"],
        "too many" => l["too many devices were signed in"],
        "account disabled" => l["the account was disabled"],
        "account reset" => l["the account was reset"],
        "account merged" => l["the account was merged"],
        "email changed" or "email changed by staff" or "email change undone" => l["the address was changed"],
        "password set" or "password set by mail" or "password removed" => l["the password was changed"],
        Sessions.CookieLost => l["the cookie was not kept"],
        _ => l["ended by your team"],
    };

    public static string Means(IStringLocalizer<Texts> l, string means) => means switch
    {
        "code" => l["a code"],
        "passkey" => l["a passkey"],
        "password" => l["a password"],
        "staff link" => l["a link from your team"],
        _ => l["a link"],
    };
}
