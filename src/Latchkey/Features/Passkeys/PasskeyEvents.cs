using Latchkey.Platform.Activity;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Passkeys;

/// <summary>The activity rows of passkeys.</summary>
internal static class PasskeyEvents
{
    public static Happened Of(string what, Storefront storefront, Guid? accountId, Guid? passkeyId, string? detail = null) =>
        new(storefront.OrganizationId, ActivityType.SIGN_IN, what) { StorefrontId = storefront.Id, AccountId = accountId, SubjectId = passkeyId, Detail = detail };
}
