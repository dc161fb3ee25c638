using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;

namespace Latchkey.Platform.Staff;

/// <summary>
/// Behind authentication: finds out who of the staff is at a console page, and for which organization. Whoever has to choose is led to the
/// choice; whoever works nowhere is told so.
/// </summary>
public sealed class ConsoleMiddleware(RequestDelegate next, StaffMembers members, Cookies cookies)
{
    public const string Choose = ConsoleRealm.Root + "/portal/organizations";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Customer() is { } session && context.GetEndpoint()?.Metadata.GetMetadata<ConsolePageAttribute>() is not null)
        {
            if (await members.FindAsync(session, cookies.Chosen(context), context.RequestAborted) is not { } user)
            {
                context.Response.Redirect(Choose);
                return;
            }
            context.Features.Set(user);
        }
        await next(context);
    }
}

/// <summary>Marks the pages under <c>*/Console/</c>; the fence sets it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConsolePageAttribute : Attribute;
