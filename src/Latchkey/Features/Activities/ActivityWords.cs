using Latchkey.Platform.Activity;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Activities;

/// <summary>The log in words. Events are stored in English; one that is not here yet is shown as it is.</summary>
public static class ActivityWords
{
    public static string Event(IStringLocalizer<Texts> l, string happened) => happened switch
    {
        "signed in by link" => l["Signed in by link"],
        "signed in by code" => l["Signed in by code"],
        "signed in by passkey" => l["Signed in by passkey"],
        "signed in by password" => l["Signed in by password"],
        "signed in by staff link" => l["Signed in by a link of the team"],
        "signed out" or "signed out a device" or "signed out all other devices" or "signed out all devices" => l["Signed out"],
        "limited" => l["Refused: too many requests"],
        "cookie not kept" => l["The browser did not keep the sign-in"],
        "address confirmed" => l["Address confirmed"],
        "email changed" => l["Address changed"],
        "email changed by the customer" => l["Email changed by the customer"],
        "change of email asked for" => l["Change of email asked for"],
        "change of email cancelled" => l["Change of email cancelled"],
        "details changed by the customer" => l["Details changed by the customer"],
        "email change undone" => l["Change of address undone"],
        "password refused" => l["Password refused"],
        "passkey added" => l["Passkey added"],
        "passkey removed" => l["Passkey removed"],
        "passkey refused" => l["Passkey refused"],
        "changed the sign-in policy" => l["Sign-in policy changed"],
        "copied a magic link" => l["Magic link copied"],
        "sent the portal link" => l["Portal link sent"],
        "contact edited" => l["Contact edited"],
        "email changed by staff" => l["Email changed by the team"],
        "sessions revoked" => l["Sessions revoked"],
        "account disabled" => l["Account disabled"],
        "account enabled" => l["Account enabled"],
        "resent a mail" => l["Mail resent"],
        "lifted a suppression" => l["Block of an address lifted"],
        "staff invited" => l["Invited to the team"],
        "staff removed" => l["Removed from the team"],
        "role changed" => l["Role changed"],
        "account merged" => l["Account merged"],
        "approval requested" => l["Approval requested"],
        "approval rejected" => l["Approval rejected"],
        "take-over approved" => l["Take-over approved"],
        "account reset" => l["Account reset"],
        "contact linked" => l["Contact linked"],
        "contact unlinked" => l["Contact unlinked"],
        "address taken over" => l["Address taken over"],
        "merge undone" => l["Merge undone"],
        "logo changed" => l["Logo changed"],
        "logo removed" => l["Logo removed"],
        "retention changed" => l["How long things are kept: changed"],
        "imported contacts" => l["Contacts imported"],
        "import started" => l["Import started"],
        "import stopped" => l["Import stopped"],
        "undoing an import started" => l["Undoing an import started"],
        "import undone" => l["Import undone"],
        "exported emails" => l["Emails exported"],
        "exported the activity log" => l["Activity log exported"],
        "Mail delivered" => l["Mail delivered"],
        "Mail deferred" => l["Mail delayed"],
        "Mail bounced" => l["Mail bounced"],
        "Mail rejected" => l["Mail rejected"],
        "Mail suppressed" => l["Mail not sent: the address is blocked"],
        "Mail complained" => l["Mail reported as spam"],
        "SMS delivered" => l["SMS delivered"],
        "SMS undelivered" => l["SMS not delivered"],
        "SMS failed" => l["SMS failed"],
        _ => happened,
    };

    public static string Icon(ActivityType type) => type switch
    {
        ActivityType.SIGN_IN => "door",
        ActivityType.EMAIL => "mail",
        ActivityType.SMS => "phone",
        ActivityType.WEBHOOK => "repeat",
        ActivityType.BILLING => "box",
        ActivityType.STAFF => "team",
        ActivityType.SUPPORT => "approve",
        ActivityType.API => "gear",
        ActivityType.IMPORT => "upload",
    };
}
