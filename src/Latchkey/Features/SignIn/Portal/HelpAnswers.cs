using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>What the page "Can't sign in?" says, by what somebody sees or pasted. The same for everybody who says the same.</summary>
public sealed class HelpAnswers(PublicAddress addresses, IStringLocalizer<Texts> l)
{
    /// <param name="context">The page's request.</param>
    /// <param name="topic">What they see.</param>
    /// <param name="waits">Whether this browser asked for a link lately.</param>
    public HelpAnswer About(HttpContext context, HelpTopic topic, bool waits) => topic switch
    {
        HelpTopic.Mail => new("mail", l["The mail has not come"], l["If an account matches the address you typed, its mail arrives within a few minutes."], OnWith(context, waits))
        {
            Hints =
            [
                l["Read the address you typed letter by letter. A mail to a mistyped address goes nowhere."],
                l["Look in the spam folder, and in other folders that your mail program sorts into. The sender is {0}.", context.Storefront().SenderAddress],
                l["You may have given {0} another address of yours, at work or at home. Try that one too.", context.Storefront().Name],
            ],
        },
        HelpTopic.Code => new("mail", l["The code is not taken"], l["A code works for a few minutes and a few tries, and only in the browser that asked for it."], OnWith(context, waits))
        {
            Hints =
            [
                l["Type the code of the newest mail, on the page that asked for it."],
                l["The button in the same mail signs you in without a code."],
            ],
        },
        HelpTopic.Again => new("alert", l["You are sent back to the sign-in page"], l["This browser kept our test cookie just now. What remembers your sign-in may still be lost."], SignIn(context))
        {
            Hints =
            [
                l["Open the link in a normal window, not a private one, and not inside a mail program or another app."],
                l["Browser extensions that block cookies or clear them may sign you out. Allow this site in them, or try another browser."],
                l["A sign-in ends by itself after a time. Then one more mail signs you in again."],
            ],
        },
        HelpTopic.Password when context.Storefront().Policy.Passwords => new("alert", l["The password is not taken"],
            l["A mail lets you set a new one. A sign-in link works in place of a password too."], new(l["Set a new password"], $"{context.Request.PathBase}/portal/forgot-password"))
        {
            Hints = [l["Check that Caps Lock is off, and the language of your keyboard."]],
        },
        HelpTopic.Password => new("mail", l["There is no password"], l["Type your address, and a mail brings you a link that signs you in. There is nothing to remember."], SignIn(context)),
        HelpTopic.Link or HelpTopic.Other => new("question", l["{0} can help you", context.Storefront().Name],
            l["Tell them what the page says, and its help code if it shows one. They see what happened."], Help(context)),
    };

    /// <summary>About something pasted that is no sign-in link of this portal.</summary>
    public HelpAnswer About(HttpContext context, PastedLink link) => link.Kind switch
    {
        PastedKind.HelpCode => new("question", l["That is a help code"], l["Tell {0} the code {1}. They see by it what happened.", context.Storefront().Name, link.Code], Help(context)),
        PastedKind.NotOurs => new("alert", l["This link is not ours"], l["It leads to a page that has nothing to do with us. Do not type anything there. Ask for a link of ours instead."], SignIn(context)),
        PastedKind.PortalItself when link.There!.Key == context.Storefront().Key => new("mail", l["That is the address of this portal"],
            l["The link that signs you in comes by mail. Ask for it here."], SignIn(context)),
        PastedKind.PortalItself => new("link", l["That is another portal"], l["It belongs to {0}. Each portal has its own sign-in.", link.There.Name], At(link.There, "/portal")),
        PastedKind.OtherPurpose => new("link", l["This link does not sign in"], l["It is ours, and made for something else. Open it to see what."], At(link.There!, link.Path)),
        PastedKind.SignIn => new("link", l["This link belongs to another portal"], l["It signs in at {0}, not here. Open it there.", link.There!.Name],
            At(link.There, link.Token is null ? "/portal/sign-in" : $"/portal/link/{link.Token.Value}")),
        PastedKind.NotALink => new("link", l["That is not a link"], l["In the mail, press and hold the button or the long address, copy it, and paste it here. Or ask for a new link."], SignIn(context)),
    };

    public HelpAnswer Works(HttpContext context, LinkToken token) => new("check", l["This link works"],
        l["It is whole, and its time is not over. It signs in once."], new(l["Open the link"], $"{context.Request.PathBase}/portal/link/{token.Value}"));

    private DeadEnd.NextStep OnWith(HttpContext context, bool waits) =>
        waits ? new(l["Back to the waiting page"], $"{context.Request.PathBase}/portal/sign-in/check-mail") : SignIn(context);

    private DeadEnd.NextStep SignIn(HttpContext context) => new(l["Ask for a new link"], DeadEnds.SignIn(context));

    private DeadEnd.NextStep At(Storefront there, string path) => new(l["Go there"], $"{addresses.Of(there)}{path}");

    /// <summary>How the business is reached; every storefront has at least its own page.</summary>
    private DeadEnd.NextStep Help(HttpContext context) => context.Storefront() switch
    {
        { HelpEmail: { } mail } => new(l["Write to {0}", mail], $"mailto:{mail}"),
        { HelpPhone: { } phone } => new(l["Call {0}", phone], $"tel:{phone.Replace(" ", "", StringComparison.Ordinal)}"),
        var storefront => new(l["Go to {0}", storefront.Name], storefront.IsConsole() ? DeadEnds.SignIn(context) : $"{context.Request.PathBase}/"),
    };
}

/// <param name="Icon">What stands above it.</param>
/// <param name="Title">What it is.</param>
/// <param name="Message">Why.</param>
/// <param name="Next">The one next step.</param>
public sealed record HelpAnswer(string Icon, string Title, string Message, DeadEnd.NextStep Next)
{
    public IReadOnlyList<string> Hints { get; init; } = [];
}
