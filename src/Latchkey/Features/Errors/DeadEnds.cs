using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Errors;

/// <summary>The dead ends that can meet anybody, in the current language.</summary>
public sealed class DeadEnds(IStringLocalizer<Texts> l, TimeProvider clock)
{
    public DeadEnd TooManyRequests(HttpContext context, DateTimeOffset againAt)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling((againAt - clock.GetUtcNow()).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new DeadEnd
        {
            Status = StatusCodes.Status429TooManyRequests,
            Title = l["Too many requests"],
            Message = seconds < 120
                ? l["A link was asked for too often. Please wait {0} seconds, then ask again.", seconds]
                : l["A link was asked for too often. Please wait {0} minutes, then ask again.", (seconds + 59) / 60],
            Note = l["A link that has already reached you still works."],
            Next = new DeadEnd.NextStep(l["Back to sign-in"], SignIn(context)),
            WaitSeconds = seconds,
        };
    }

    public DeadEnd OrganizationNotFound() => new()
    {
        Status = StatusCodes.Status404NotFound,
        Title = l["Organization not found"],
        Message = l["There is no portal at this address. Check it for typing errors, or open the link in a mail from the business you are looking for."],
    };

    /// <summary>An error that has no page of its own.</summary>
    public DeadEnd ForStatus(HttpContext context, int status)
    {
        var (title, message) = status switch
        {
            StatusCodes.Status400BadRequest => (l["That did not arrive in one piece"], l["The form could not be read. Go back and send it again."]),
            StatusCodes.Status403Forbidden => (l["That came from another site"], l["To be safe, this page only takes what was sent from itself. Open it here and try again."]),
            StatusCodes.Status404NotFound => (l["Page not found"], l["There is nothing at this address."]),
            StatusCodes.Status405MethodNotAllowed => (l["That is not possible here"], l["This page cannot be used that way."]),
            StatusCodes.Status413PayloadTooLarge => (l["That is too long"], l["More was sent than this form takes. Shorten it and send it again."]),
            StatusCodes.Status415UnsupportedMediaType => (l["That did not arrive in one piece"], l["The form could not be read. Go back and send it again."]),
            _ => (l["Something went wrong on our side"], l["It has been noted. Please try again in a moment."]),
        };
        return new DeadEnd
        {
            Status = status,
            Title = title,
            Message = message,
            Next = context.Features.Get<CurrentStorefront>() is null ? null : new DeadEnd.NextStep(l["Go to the customer portal"], $"{context.Request.PathBase}/portal"),
        };
    }

    public static string SignIn(HttpContext context) => $"{context.Request.PathBase}/portal/sign-in";
}
