using Latchkey.Platform.Activity;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>The activity row of every way in.</summary>
internal static class SignedIn
{
    public static Happened By(string means, Storefront storefront, StartedSession session) => new(storefront.OrganizationId, ActivityType.SIGN_IN, $"signed in by {means}")
    {
        StorefrontId = storefront.Id,
        AccountId = session.AccountId,
        SubjectId = session.Id,
    };
}
