using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>What every way in ends with: the cookie, and the address to go on to, which notices when the cookie is not kept.</summary>
public sealed class AfterSignIn(Cookies cookies)
{
    /// <param name="context">The request that signed in.</param>
    /// <param name="session">Its session.</param>
    /// <param name="page">The page that was wanted, when the session does not know it.</param>
    /// <returns>Where to go on.</returns>
    public string Into(HttpContext context, StartedSession session, ReturnPath? page = null)
    {
        cookies.SetSession(context, session.Token, session.Lifetime);
        bool isConsole = context.Storefront().IsConsole();
        string path = Marker.On(session.ReturnTo ?? page, isConsole ? ConsoleRealm.Root : "/portal", session.Id);
        return isConsole && path.StartsWith(ConsoleRealm.Root, StringComparison.Ordinal) ? path : $"{context.Request.PathBase}{path}";
    }
}
