using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments.Test;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Platform.Payments;

/// <summary>
/// By which account an organization takes payments: its own, else the installation's, else, on one's own machine, the built-in test
/// checkout. Anywhere else it takes none: a checkout that lets everybody through would give things away.
/// </summary>
public sealed partial class PaymentAccounts(Database database, SignInKey key, StripeSettings settings, PublicAddress addresses, TimeProvider clock, ILogger<PaymentAccounts> log)
{
    public PaymentAccount? Installation => settings.Account;

    /// <returns>Null when the organization takes no payments online, or its settings cannot be read.</returns>
    public async Task<PaymentAccount?> ForAsync(Guid organization)
    {
        var row = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Row>(PaymentProviderSql.Find, new { organization }));
        return row is not null ? Open(organization, row.Settings) : settings.Account ?? (addresses.IsLocal ? TestAccount.Of(organization, key) : null);
    }

    /// <summary>The account that made a payment: another may have been chosen since.</summary>
    public async Task<PaymentAccount?> ForAsync(Guid organization, string provider) =>
        provider == PaymentAccount.TestName ? (addresses.IsLocal ? TestAccount.Of(organization, key) : null)
        : await ForAsync(organization) is { IsTest: false } account ? account : null;

    /// <summary>The organization's own.</summary>
    public async Task<OwnPayments?> OwnAsync(Guid organization) =>
        await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Row>(PaymentProviderSql.Find, new { organization })) is { } row ? new OwnPayments(Open(organization, row.Settings), row.BrokenAt) : null;

    public Task SaveAsync(DbTransaction transaction, Guid organization, string apiKey, string secrets, bool debits) =>
        transaction.Connection!.ExecuteAsync(PaymentProviderSql.Save, new { organization, settings = key.Seal(JsonSerializer.Serialize(new Sealed(apiKey, secrets, debits))), now = clock.GetUtcNow() }, transaction);

    public static Task<int> RemoveAsync(DbTransaction transaction, Guid organization) => transaction.Connection!.ExecuteAsync(PaymentProviderSql.Remove, new { organization }, transaction);

    /// <summary>Which of the two can't be what it should be.</summary>
    public WrongSecret WrongOf(string apiKey, string secrets) => PaymentAccount.Stripe(apiKey, secrets, settings.ApiBase, debits: false).Wrong;

    /// <summary>The provider refuses the key: the console says so until it is taken again.</summary>
    public Task NoteAsync(Guid organization, bool isBroken) =>
        database.WriteAsync(t => t.Connection!.ExecuteAsync(PaymentProviderSql.Note, new { organization, isBroken, now = clock.GetUtcNow() }, t));

    private PaymentAccount? Open(Guid organization, byte[] box)
    {
        if (key.Unseal(box) is { } text && JsonSerializer.Deserialize<Sealed>(text) is { } own) return PaymentAccount.Stripe(own.Key, own.Secrets, settings.ApiBase, own.Debits);
        Unreadable(organization);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The payment settings of organization {Organization} cannot be read: it takes no payments. Were they sealed under another installation key?")]
    private partial void Unreadable(Guid organization);

    private sealed record Sealed(string Key, string Secrets, bool Debits);

    private sealed record Row
    {
        public required byte[] Settings { get; init; }
        public DateTimeOffset? BrokenAt { get; init; }
    }
}

/// <param name="Account">Null when its settings can't be read.</param>
/// <param name="BrokenAt">Since when the provider refuses the key.</param>
public sealed record OwnPayments(PaymentAccount? Account, DateTimeOffset? BrokenAt);

public enum WrongSecret
{
    None,
    Key,
    WebhookSecret,
}
