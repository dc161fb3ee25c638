using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.Why;

/// <summary>The storefront of an organization that a question is most probably about.</summary>
public sealed class ProbableStorefront(Database database, SignInKey key)
{
    /// <summary>Where they asked last; else where they are known.</summary>
    private const string Probable = """
        select storefront_id from (
          select storefront_id, last_asked_at as at, 0 as place from sign_in_request where organization_id = @organizationId and name_hash = @hash
          union all
          select storefront_id, created_at, 1 from account where organization_id = @organizationId and email = @email
          union all
          select storefront_id, created_at, 2 from contact where organization_id = @organizationId and email = @email
        ) known
        order by place, at desc limit 1
        """;

    /// <returns>Null when nobody knows the address anywhere.</returns>
    public async Task<Guid?> FindAsync(Guid organizationId, string? typed, CancellationToken cancel)
    {
        if (!EmailAddress.TryRead(typed, out var address)) return null;
        var of = new { organizationId, hash = key.Fingerprint(address.Value), email = address.Value };
        return await database.ReadAsync(c => c.QueryFirstOrDefaultAsync<Guid?>(new CommandDefinition(Probable, of, cancellationToken: cancel)), cancel);
    }
}
