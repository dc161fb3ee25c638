using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Authorization;

namespace Latchkey.Platform.Web;

/// <summary>
/// The folder is the fence: a page under <c>*/Portal/</c> needs a customer, one under <c>*/Console/</c> one of the staff and what
/// <see cref="NeedsAttribute"/> says; a page under <c>*/Storefront/</c> or one opened by name
/// (<see cref="AllowAnonymousAttribute"/>) is public; everything else is refused by the fallback policy.
/// </summary>
public sealed class FolderFence : IPageApplicationModelConvention
{
    public const string Customer = "Customer";
    public const string Staff = "Staff";

    public void Apply(PageApplicationModel model)
    {
        if (model.RelativePath.Contains("/Portal/", StringComparison.Ordinal)) Require(model, new AuthorizeAttribute(Customer));
        else if (model.RelativePath.Contains("/Console/", StringComparison.Ordinal))
        {
            Require(model, new AuthorizeAttribute(Staff));
            model.EndpointMetadata.Add(new ConsolePageAttribute());
            model.Filters.Add(new TypeFilterAttribute(typeof(PermissionFilter)));
        }
        else if (model.RelativePath.Contains("/Storefront/", StringComparison.Ordinal)) model.EndpointMetadata.Add(new AllowAnonymousAttribute());
    }

    private static void Require(PageApplicationModel model, AuthorizeAttribute policy) => model.EndpointMetadata.Add(policy);
}
