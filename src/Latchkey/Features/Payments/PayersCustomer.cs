using System.Security.Cryptography;
using System.Text;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Finds who pays at the payment provider, and makes them a customer there when they are none yet.</summary>
public sealed class PayersCustomer(Database database, StripeApi stripe, TimeProvider clock)
{
    /// <param name="account">The account at the provider.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="payer">The customer's account; else their contact.</param>
    /// <param name="cancel">Stops the waiting.</param>
    /// <returns>Null when the provider can't say.</returns>
    public async Task<Customer?> FindOrMakeAsync(PaymentAccount account, Guid organization, Payer payer, CancellationToken cancel)
    {
        if (await FindAsync(account, organization, payer) is { } known) return known;
        var person = await database.ReadAsync(c => c.QuerySingleAsync<Person>(payer.AccountId is null ? PayerSql.Contact : PayerSql.Account, new { organization, account = payer.AccountId, contact = payer.ContactId }), cancel);
        var form = new StripeForm().With("email", person.Email).With("name", person.Name)
            .With(payer.AccountId is null ? "metadata[contact_id]" : "metadata[portal_account_id]", (payer.AccountId ?? payer.ContactId).ToString());
        // The key holds the payer, what is said of them and a part of an hour: two at once make one customer, and one that was deleted there can be made again.
        string said = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person.Email} {person.Name}")))[..12];
        var answer = await stripe.PostAsync(account, "/v1/customers", form, $"customer-{payer.AccountId ?? payer.ContactId}-{said}-{clock.GetUtcNow().ToUnixTimeSeconds() / 600}", cancel);
        if (!answer.IsYes || answer.Json["id"].Text is not { } name) return null;
        await database.WriteAsync(t => t.Connection!.ExecuteAsync(PayerSql.Add, new
        {
            organization, id = Guid.CreateVersion7(clock.GetUtcNow()), account = payer.AccountId, contact = payer.AccountId is null ? payer.ContactId : (Guid?)null,
            provider = account.Provider, name, now = clock.GetUtcNow(),
        }, t), cancel);
        return await FindAsync(account, organization, payer);
    }

    public Task<Customer?> FindAsync(PaymentAccount account, Guid organization, Payer payer) => database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Customer?>(
        payer.AccountId is null ? PayerSql.OfContact : PayerSql.OfAccount, new { organization, account = payer.AccountId, contact = payer.ContactId, provider = account.Provider }));

    /// <summary>After the provider said that it knows none of that name: another account, another mode, or deleted there.</summary>
    public Task ForgetAsync(Guid organization, string name) => database.WriteAsync(t => t.Connection!.ExecuteAsync(PayerSql.Forget, new { organization, name }, t));

    private sealed record Person
    {
        public string? Email { get; init; }
        public string? Name { get; init; }
    }
}

/// <summary>Who pays: an account, or a contact that has none yet.</summary>
public sealed record Payer(Guid? AccountId, Guid ContactId);

public sealed record Customer
{
    public required Guid Id { get; init; }
    /// <summary>The provider's name for them.</summary>
    public required string CustomerId { get; init; }
}
