using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>The answer to every way in: the cookie, and on to the page that was wanted.</summary>
public sealed class AfterSignIn(Cookies cookies)
{
    public RedirectResult Redirect(HttpContext context, StartedSession session)
    {
        cookies.SetSession(context, session.Token, session.Lifetime);
        return new RedirectResult($"{context.Request.PathBase}{Marker.On(session.ReturnTo, session.Id)}");
    }
}
