using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// Registrations, forgotten passwords, confirmations asked for again: stored without looking the address up, so that the answer cannot
/// depend on whether it is known (ASVS 5, 6.3.8), and answered by a worker with a mail.
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="links">Makes the links of the mails.</param>
/// <param name="clock">The one clock.</param>
public sealed class PasswordAsks(SignInKey key, OneTimeLinks links, TimeProvider clock)
{
    /// <summary>How long a link works that confirms an address.</summary>
    public static readonly TimeSpan ConfirmLifetime = TimeSpan.FromHours(24);

    /// <summary>How long a link works that sets a new password.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromMinutes(60);

    /// <summary>Charges the limits of asking for mail: the same counters as links, so that no mailbox is flooded by either.</summary>
    /// <returns>When to ask again; null when it may be asked now.</returns>
    public Task<DateTimeOffset?> ChargeAsync(DbTransaction transaction, StorefrontKey where, SignInPolicy policy, PasswordAsk ask, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(ask);
        string name = key.Fingerprint(ask.Address.Value);
        return Throttles.ChargeAsync(transaction, clock.GetUtcNow(),
        [
            new(where, "address", name, policy.Limits.Address),
            new(where, "day", name, policy.Limits.AddressDay),
            .. ask.Ip is null ? Array.Empty<Charge>() : [new(where, "ip", ask.Ip, policy.Limits.Ip)],
            Charge.Installation("mailbox", key.Fingerprint(ask.Address.Mailbox()), policy.Limits.Mailbox),
            new(where, "storefront", "", policy.Limits.Storefront),
        ], cancel);
    }

    /// <summary>Stores what was asked for.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront asked.</param>
    /// <param name="ask">What was asked.</param>
    /// <param name="passwordHash">Of a registration: the hash of the password that was chosen.</param>
    /// <param name="fullName">Of a registration: the name that was typed.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public Task StoreAsync(
        DbTransaction transaction, StorefrontKey where, PasswordAsk ask, string? passwordHash = null, string? fullName = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var now = clock.GetUtcNow();
        return transaction.Command(PasswordSql.Ask, ("organization", where.OrganizationId), ("id", Guid.CreateVersion7(now)), ("storefront", where.StorefrontId),
            ("kind", ask.Kind.ToString()), ("address", ask.Address.Value), ("name", fullName), ("hash", passwordHash), ("browser", ask.Browser.Hash()),
            ("locale", ask.Locale), ("now", now)).ExecuteAsync(cancel);
    }

    /// <summary>Takes what waits and answers it. What nobody is to be told about comes back without a mail.</summary>
    /// <param name="transaction">The mails must be stored in this same transaction.</param>
    /// <param name="most">How many to take at once.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>How many were taken, and the mails to send.</returns>
    public async Task<(int Taken, IReadOnlyList<AnsweredPasswordAsk> Mails)> AnswerAsync(DbTransaction transaction, int most, CancellationToken cancel = default)
    {
        var taken = await transaction.Command(PasswordSql.Claim, ("now", clock.GetUtcNow()), ("most", most)).ListAsync(Waiting.Read, cancel);
        var mails = new List<AnsweredPasswordAsk>();
        foreach (var ask in taken)
            if (await AnswerAsync(transaction, ask, cancel) is { } mail) mails.Add(mail);
        return (taken.Count, mails);
    }

    private async Task<AnsweredPasswordAsk?> AnswerAsync(DbTransaction transaction, Waiting ask, CancellationToken cancel)
    {
        var account = await FindAsync(transaction, ask, cancel);
        if (account is null && ask.Kind == PasswordAskKind.Register)
        {
            await transaction.Command(PasswordSql.Register, ("organization", ask.Where.OrganizationId), ("id", Guid.CreateVersion7(clock.GetUtcNow())),
                ("storefront", ask.Where.StorefrontId), ("address", ask.Address.Value), ("now", clock.GetUtcNow())).ExecuteAsync(cancel);
            account = await FindAsync(transaction, ask, cancel);
        }
        var mail = account is null ? null : MailFor(ask.Kind, account);
        // A registration at a proven account leaves nothing behind.
        bool keep = ask.Kind == PasswordAskKind.Register && mail == PasswordAnswer.ConfirmEmail;
        await transaction.Command(PasswordSql.Resolved, ("organization", ask.Where.OrganizationId), ("id", ask.Id), ("account", account?.Id),
            ("keep", keep ? 1 : 0)).ExecuteAsync(cancel);
        if (mail is not { } answer) return null;
        return new AnsweredPasswordAsk(ask.Where, answer, account!.Id, ask.Address.Value, account.Locale ?? ask.Locale, await LinkAsync(transaction, ask, answer, account.Id, cancel));
    }

    private static PasswordAnswer? MailFor(PasswordAskKind kind, Account account) => (kind, account.State) switch
    {
        (PasswordAskKind.Reset, "proven" or "unproven") => account.HasPassword ? PasswordAnswer.ResetPassword : PasswordAnswer.SetPassword,
        (_, "unproven") => PasswordAnswer.ConfirmEmail,
        (_, "proven") => PasswordAnswer.HasAccount,
        _ => null,
    };

    private async Task<OneTimeLink?> LinkAsync(DbTransaction transaction, Waiting ask, PasswordAnswer answer, Guid account, CancellationToken cancel) => answer switch
    {
        PasswordAnswer.ConfirmEmail => await links.IssueAsync(transaction, ask.Where, OneTimePurpose.ConfirmEmail, account, ask.Address, ConfirmLifetime, cancel),
        PasswordAnswer.ResetPassword or PasswordAnswer.SetPassword =>
            await links.IssueAsync(transaction, ask.Where, OneTimePurpose.ResetPassword, account, ask.Address, ResetLifetime, cancel),
        PasswordAnswer.HasAccount => null,
    };

    private static Task<Account?> FindAsync(DbTransaction transaction, Waiting ask, CancellationToken cancel) => transaction.Command(PasswordSql.AccountOf,
        ("organization", ask.Where.OrganizationId), ("storefront", ask.Where.StorefrontId), ("address", ask.Address.Value))
        .FirstAsync(r => new Account(r.GetGuid(0), r.GetString(1), r.TextOrNull(2), r.GetInt32(3) == 1), cancel);

    private sealed record Account(Guid Id, string State, string? Locale, bool HasPassword);

    private sealed record Waiting(StorefrontKey Where, Guid Id, PasswordAskKind Kind, EmailAddress Address, string Locale)
    {
        public static Waiting Read(DbDataReader r) =>
            new(new StorefrontKey(r.GetGuid(0), r.GetGuid(2)), r.GetGuid(1), Enum.Parse<PasswordAskKind>(r.GetString(3)), EmailAddress.Of(r.GetString(4)), r.GetString(5));
    }
}
