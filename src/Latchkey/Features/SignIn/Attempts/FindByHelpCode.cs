using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn.Attempts;

/// <summary>Finds what a customer's help code is about, within their own organization.</summary>
public sealed class FindByHelpCode(Database database, SignInKey key, TimeProvider clock)
{
    // Short ranges of primary keys, of one second each.
    private const string InOneSecond = """
        select 'Request' as kind, id, storefront_id from sign_in_request where organization_id = @organizationId and id >= @From and id < @Before
        union all
        select 'Session', id, storefront_id from session where organization_id = @organizationId and id >= @From and id < @Before
        union all
        select 'OneTimeLink', id, storefront_id from one_time_link where organization_id = @organizationId and id >= @From and id < @Before
        union all
        select 'Mail', id, storefront_id from mail where organization_id = @organizationId and id >= @From and id < @Before and request_id is null
        union all
        select 'Activity', id, storefront_id from activity where organization_id = @organizationId and id >= @From and id < @Before and type = 'SIGN_IN'
        """;

    /// <returns>Nothing when it is no code, or one of another organization or of more than 24 days ago; hardly ever more than one.</returns>
    public async Task<IReadOnlyList<FoundAttempt>> RunAsync(Guid organizationId, string typed, CancellationToken cancel)
    {
        if (!HelpCode.TryRead(typed, out var code)) return [];
        var (from, before) = code.Range(clock.GetUtcNow());
        var rows = await database.ReadAsync(c => c.QueryAsync<FoundAttempt>(
            new CommandDefinition(InOneSecond, new { organizationId, From = from, Before = before }, cancellationToken: cancel)), cancel);
        return [.. rows.Where(r => code.IsOf(key, r.Id)).Select(r => r with { HasLink = code.IsOfLink(key, r.Id) })];
    }
}

/// <summary>What a help code is about.</summary>
public sealed record FoundAttempt
{
    public required FoundKind Kind { get; init; }
    public required Guid Id { get; init; }
    public Guid? StorefrontId { get; init; }
    /// <summary>Whether the code stands only where the request's link is: in its mails, and on the page behind it.</summary>
    public bool HasLink { get; init; }
}

public enum FoundKind
{
    Request,
    Session,
    /// <summary>A link that confirms an address or sets a password.</summary>
    OneTimeLink,
    /// <summary>A mail without a link of its own.</summary>
    Mail,
    Activity,
}
