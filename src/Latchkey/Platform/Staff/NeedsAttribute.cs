using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace Latchkey.Platform.Staff;

/// <summary>What a console page, or one of its handlers, needs. Without it looking needs <see cref="Permission.See"/>, and posting <see cref="Permission.Act"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Permission permission) : Attribute
{
    public Permission Permission => permission;

    /// <summary>What a handler needs: by its own attribute, else its page's, else by its method.</summary>
    public static Permission Of(HandlerMethodDescriptor handler) =>
        handler.MethodInfo.GetCustomAttributes(typeof(NeedsAttribute), inherit: true).OfType<NeedsAttribute>().SingleOrDefault()?.Permission
        ?? handler.MethodInfo.DeclaringType!.GetCustomAttributes(typeof(NeedsAttribute), inherit: true).OfType<NeedsAttribute>().SingleOrDefault()?.Permission
        ?? (HttpMethods.IsGet(handler.HttpMethod) ? Permission.See : Permission.Act);
}

/// <summary>Refuses what the role does not allow, before the page is bound.</summary>
public sealed partial class PermissionFilter(ILogger<PermissionFilter> log) : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is not { } handler) return;
        var (staff, needed) = (context.HttpContext.Staff(), NeedsAttribute.Of(handler));
        if (staff.May(needed)) return;
        Refused(context.ActionDescriptor.ViewEnginePath, needed, staff.Role, staff.AccountId, staff.OrganizationId);
        context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Page} needs {Permission}: refused to {Role} {AccountId} of {OrganizationId}.")]
    private partial void Refused(string page, Permission permission, StaffRole role, Guid accountId, Guid organizationId);
}
