using System.Net;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Mailbox;

/// <summary>
/// The built-in mailbox as JSON. It shows live links, so it exists only while no mail server is configured and the installation's
/// address is this very machine, and answers only to this machine without a proxy in between.
/// </summary>
public static class MailboxEndpoints
{
    public static void MapMailbox(this WebApplication app)
    {
        if (app.Services.GetService<BuiltInMailbox>() is null) return;
        app.MapGet("/mailbox.json", (HttpContext context, BuiltInMailbox mailbox) => IsOpenTo(context)
            ? Results.Json(mailbox.NewestFirst().Select(m => new
            {
                id = m.Id,
                channel = m.Channel,
                storefront = m.Storefront,
                to = m.To.Address,
                from = m.Channel == MailChannel.Sms ? m.From.Name : m.From.Address,
                subject = m.Subject,
                text = m.Text,
                html = m.Html,
                sentAt = m.Date,
            }))
            : Results.NotFound()).AllowAnonymous();
    }

    internal static bool IsOpenTo(HttpContext context) =>
        context.RequestServices.GetRequiredService<PublicAddress>().IsLocal
        && context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
}
