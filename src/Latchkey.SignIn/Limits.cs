using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>The limits that one customer ran into, and their end.</summary>
/// <param name="key">The installation's secret.</param>
public sealed class Limits(SignInKey key)
{
    private const string Clear = """
        delete from throttle
        where organization_id = @organization and storefront_id = @storefront and bucket in ('address', 'day', 'code', 'code-account', 'password')
          and (key = @name or key = @account)
        """;

    private const string ClearMailbox = """
        delete from throttle where organization_id = @installation and storefront_id = @installation and bucket = 'mailbox' and key = @mailbox
        """;

    /// <summary>
    /// Forgets what was counted under a name and for its account, and of all mails to its mailbox, wherever on the installation they were asked for:
    /// else the customer would still wait. What is counted per browser, network and storefront stays: it is not
    /// this customer's alone. Nor does it give a request new tries at its code (NIST SP 800-63B-4, 3.1.3.2).
    /// </summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="name">The address or number.</param>
    /// <param name="accountId">Its account, if it has one.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>How many counters there were.</returns>
    public async Task<int> ClearAsync(DbTransaction transaction, StorefrontKey where, SignInName name, Guid? accountId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        int cleared = await transaction.Command(ClearMailbox, ("installation", Guid.Empty), ("mailbox", key.Fingerprint(name.Mailbox()))).ExecuteAsync(cancel);
        return cleared + await transaction.Command(Clear, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("name", key.Fingerprint(name.Value)), ("account", accountId?.ToString("n") ?? "")).ExecuteAsync(cancel);
    }
}
