using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Errors;

/// <summary>The dead ends that can meet anybody, in the current language.</summary>
public sealed class DeadEnds(Failures failures, IStringLocalizer<Texts> l, TimeProvider clock)
{
    /// <param name="context">The request that was refused.</param>
    /// <param name="againAt">When the next one is granted.</param>
    /// <param name="about">What was asked for, as a keyed hash.</param>
    /// <param name="requestId">The sign-in request, when there is one already.</param>
    public async Task<DeadEnd> TooManyRequestsAsync(HttpContext context, DateTimeOffset againAt, string? about = null, Guid? requestId = null)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling((againAt - clock.GetUtcNow()).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new DeadEnd
        {
            Kind = FailureKind.TooManyRequests,
            Status = StatusCodes.Status429TooManyRequests,
            Title = l["Too many requests"],
            Message = seconds < 120
                ? l["A link was asked for too often. Please wait {0} seconds, then ask again.", seconds]
                : l["A link was asked for too often. Please wait {0} minutes, then ask again.", (seconds + 59) / 60],
            Note = l["A link that has already reached you still works."],
            Next = new DeadEnd.NextStep(l["Back to sign-in"], SignIn(context)),
            WaitSeconds = seconds,
            HelpCode = requestId is { } id ? failures.CodeOf(id) : await failures.NoteAsync(context, FailureKind.TooManyRequests, about),
        };
    }

    public DeadEnd OrganizationNotFound(HttpContext context) => new()
    {
        Kind = FailureKind.OrganizationNotFound,
        Status = StatusCodes.Status404NotFound,
        Title = l["Organization not found"],
        Message = l["There is no portal at this address. Check it for typing errors, or open the link in a mail from the business you are looking for."],
        Next = Home(context),
        HelpCode = null,
    };

    /// <summary>An error that has no page of its own.</summary>
    public async Task<DeadEnd> ForStatusAsync(HttpContext context, int status)
    {
        var (kind, title, message) = status switch
        {
            StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType =>
                (FailureKind.NotReadable, l["That did not arrive in one piece"], l["The form could not be read. Go back and send it again."]),
            StatusCodes.Status403Forbidden => (FailureKind.FromAnotherSite, l["That came from another site"], l["To be safe, this page only takes what was sent from itself. Open it here and try again."]),
            StatusCodes.Status404NotFound => (FailureKind.PageNotFound, l["Page not found"], l["There is nothing at this address."]),
            StatusCodes.Status405MethodNotAllowed => (FailureKind.NotPossibleHere, l["That is not possible here"], l["This page cannot be used that way."]),
            StatusCodes.Status413PayloadTooLarge => (FailureKind.TooLong, l["That is too long"], l["More was sent than this form takes. Shorten it and send it again."]),
            _ => (FailureKind.ServerError, l["Something went wrong on our side"], l["It has been noted. Please try again in a moment."]),
        };
        return new DeadEnd
        {
            Kind = kind,
            Status = status,
            Title = title,
            Message = message,
            Next = Home(context),
            HelpCode = await failures.NoteAsync(context, kind),
        };
    }

    public static string SignIn(HttpContext context) => $"{context.RootPath()}/portal/sign-in";

    private DeadEnd.NextStep Home(HttpContext context) => context.Features.Get<CurrentStorefront>() is null
        ? new(l["Find your portal"], "/find-portal")
        : context.Storefront().IsConsole() ? new(l["Go to the console"], ConsoleRealm.Root)
        : new(l["Go to the customer portal"], $"{context.Request.PathBase}/portal");
}
