using Latchkey.SignIn;

namespace Latchkey.Platform.Tenancy;

/// <summary>
/// The console, as a storefront of the installation itself whose customers are the staff: they sign in by the same engine and the same
/// pages, under a policy of their own. It belongs to no organization; see docs/decisions/0015-console-realm.md.
/// </summary>
public static class ConsoleRealm
{
    /// <summary>Where it is reached: on the installation's own address, never on a storefront's host.</summary>
    public const string Root = "/console";

    /// <summary>The organization that is none: the installation.</summary>
    public static readonly Guid Installation = Guid.Empty;

    public static readonly StorefrontKey Key = new(Installation, new Guid("00000000-0000-0000-0000-000000000001"));

    public static Storefront Storefront(string sender) => new()
    {
        OrganizationId = Key.OrganizationId,
        Id = Key.StorefrontId,
        Slug = "console",
        Name = "Latchkey",
        Locale = "en",
        Vocabulary = Vocabulary.Subscription,
        BrandHue = 222,
        SenderName = "Latchkey",
        SenderAddress = sender,
        Policy = SignInPolicy.Staff,
        PolicyText = "",
    };

    public static bool IsConsole(this Storefront storefront) => storefront.Key == Key;

    /// <summary>The path that the pages of this request's storefront are below.</summary>
    public static string RootPath(this HttpContext context) =>
        context.Features.Get<CurrentStorefront>() is { Storefront: var storefront } && storefront.IsConsole() ? Root : context.Request.PathBase;
}
