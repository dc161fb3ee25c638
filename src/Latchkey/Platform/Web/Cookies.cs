using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Platform.Web;

/// <summary>
    /// <summary>What a link brought along, for the time of signing in.</summary>
    public string? Kept(HttpContext context) => Single(context, Name(context, "kept"));

    public void Keep(HttpContext context, string value, TimeSpan lifetime) => Set(context, "kept", value, lifetime);
