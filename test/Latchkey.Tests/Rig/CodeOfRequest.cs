using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Rig;

internal static class CodeOfRequest
{
    /// <summary>The code of the newest request for an address, as a mail would carry it: for addresses that get no mail.</summary>
    public static async Task<string> CodeOfNewestRequestAsync(this IServiceProvider services, Portal portal, Storefront storefront, string address)
    {
        var key = services.GetRequiredService<SignInKey>();
        var id = await portal.ScalarAsync<object>(
            "select id from sign_in_request where organization_id = @OrganizationId and name_hash = @name order by asked_at desc limit 1",
            new { storefront.OrganizationId, name = key.Fingerprint(address) });
        return key.Code(id as Guid? ?? Guid.Parse((string)id), storefront.Policy.CodeDigits);
    }
}
