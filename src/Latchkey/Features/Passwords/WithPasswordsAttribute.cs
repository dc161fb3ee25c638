using Latchkey.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Latchkey.Features.Passwords;

/// <summary>A page that exists only where the storefront's policy has passwords; elsewhere it is a 404, whatever is stored.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WithPasswordsAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!context.HttpContext.Storefront().Policy.Passwords) context.Result = new NotFoundResult();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
