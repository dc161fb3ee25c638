using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Latchkey.Features.Approvals;

/// <summary>Both sides of a support action, as they are at this moment.</summary>
public sealed record Subjects
{
    public required AccountSubject Account { get; init; }
    /// <summary>Of a merge the account that stays, of a take-over the one that has the address.</summary>
    public AccountSubject? Other { get; init; }
    /// <summary>What is linked or unlinked.</summary>
    public ContactSubject? Contact { get; init; }

    /// <returns>Null when either side is not there.</returns>
    public static async Task<Subjects?> ReadAsync(
        DbConnection connection, DbTransaction? transaction, Guid organizationId, ApprovalKind kind, Guid accountId, Guid otherId, DateTimeOffset now)
    {
        bool isOfContact = kind is ApprovalKind.Link or ApprovalKind.Unlink;
        if (await AccountAsync(accountId) is not { } account) return null;
        var other = isOfContact || kind == ApprovalKind.Reset ? null : await AccountAsync(otherId);
        var contact = isOfContact
            ? await connection.QuerySingleOrDefaultAsync<ContactSubject>(SubjectSql.Contact, new { OrganizationId = organizationId, id = otherId }, transaction) : null;
        return kind != ApprovalKind.Reset && other is null && contact is null ? null : new Subjects { Account = account, Other = other, Contact = contact };

        async Task<AccountSubject?> AccountAsync(Guid id)
        {
            var of = new { OrganizationId = organizationId, id, now };
            var found = await connection.QuerySingleOrDefaultAsync<AccountSubject>(SubjectSql.Account, of, transaction);
            return found is null ? null : found with { Contacts = (await connection.QueryAsync<ContactSubject>(SubjectSql.ContactsOf, of, transaction)).AsList() };
        }
    }

    /// <summary>What must still hold when it is approved; signing in meanwhile changes none of it.</summary>
    public IReadOnlyDictionary<string, string?> Facts()
    {
        var facts = new Dictionary<string, string?>(StringComparer.Ordinal);
        Add("account", Account);
        if (Other is not null) Add("other", Other);
        if (Contact is not null)
        {
            facts["contact.name"] = Contact.FullName;
            facts["contact.email"] = Contact.Email;
            facts["contact.phone"] = Contact.Phone;
        }
        return facts;

        void Add(string side, AccountSubject account)
        {
            facts[$"{side}.email"] = account.Email;
            facts[$"{side}.state"] = account.State;
            facts[$"{side}.name"] = account.FullName;
            facts[$"{side}.phone"] = account.Phone;
            facts[$"{side}.passkeys"] = account.Passkeys.ToString(CultureInfo.InvariantCulture);
            facts[$"{side}.password"] = account.PasswordSetAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            facts[$"{side}.merged"] = account.MergedInto?.ToString();
            facts[$"{side}.contacts"] = string.Join(' ', account.Contacts.Select(c => c.Id));
        }
    }

    /// <returns>The names of the facts that are not as they were.</returns>
    public static IReadOnlyList<string> Changed(IReadOnlyDictionary<string, string?> before, IReadOnlyDictionary<string, string?> now) =>
        [.. before.Keys.Union(now.Keys).Where(k => before.GetValueOrDefault(k) != now.GetValueOrDefault(k)).Order(StringComparer.Ordinal)];
}

public sealed record AccountSubject
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required string Email { get; init; }
    public required string State { get; init; }
    public string? FullName { get; init; }
    public string? Phone { get; init; }
    public string? Locale { get; init; }
    public Guid? MergedInto { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignedInAt { get; init; }
    public DateTimeOffset? PasswordSetAt { get; init; }
    public required long Passkeys { get; init; }
    public required long Sessions { get; init; }
    public required long Subscriptions { get; init; }
    public IReadOnlyList<ContactSubject> Contacts { get; init; } = [];
}

public sealed record ContactSubject
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required string FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Locale { get; init; }
}
