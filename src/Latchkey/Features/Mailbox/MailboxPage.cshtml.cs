using System.Text.RegularExpressions;
using Latchkey.Platform.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Mailbox;

/// <summary>The built-in mailbox as a page. See <see cref="MailboxEndpoints"/> for when it exists.</summary>
[AllowAnonymous]
public sealed partial class MailboxPageModel(IServiceProvider services) : PageModel
{
    private const string PagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";

    public IReadOnlyList<OutgoingMail> Mails { get; private set; } = [];
    public OutgoingMail? Open { get; private set; }

    public IActionResult OnGet(Guid? id)
    {
        if (services.GetService<BuiltInMailbox>() is not { } mailbox || !MailboxEndpoints.IsOpenTo(HttpContext)) return NotFound();
        Mails = mailbox.NewestFirst();
        Open = Mails.FirstOrDefault(m => m.Id == id);
        Response.Headers.ContentSecurityPolicy = PagePolicy;
        return id is not null && Open is null ? NotFound() : Page();
    }

    /// <summary>The HTML part for the frame of the page: as a mail program would show it, nothing loaded, no script.</summary>
    public IActionResult OnGetHtml(Guid id)
    {
        if (OnGet(id) is not PageResult) return NotFound();
        Response.Headers.ContentSecurityPolicy = MailPolicy;
        // A link would open inside the frame otherwise, where no page of the portal may be.
        return Content(Open!.Html.Replace("<head>", "<head><base target=\"_top\">", StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    public string Title(OutgoingMail mail) => mail.Channel == MailChannel.Sms ? $"SMS from {mail.From.Name}" : mail.Subject;

    public string FirstLine(OutgoingMail sms) => sms.Text.Split('\n')[0];

    public IEnumerable<string> TextParts(OutgoingMail mail) => Address().Split(mail.Text);

    [GeneratedRegex(@"(?<address>https?://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
