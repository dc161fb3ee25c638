namespace Latchkey.Features.Contacts.Import;

/// <summary>What the database knows about the customers of one batch, kept current while the batch is planned.</summary>
internal sealed class Known
{
    private readonly Dictionary<Guid, KnownContact> contacts = [];
    private readonly Dictionary<string, Guid> byExternalId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<(DateTimeOffset CreatedAt, Guid Id)>> byEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), SortedSet<(DateTimeOffset CreatedAt, Guid Id)>> byName = [];
    private readonly Dictionary<string, KnownAccount> accounts = new(StringComparer.Ordinal);

    public Stock Stock { get; } = new();

    public bool Contains(Guid contact) => contacts.ContainsKey(contact);

    public KnownContact? ByExternalId(string id) => byExternalId.TryGetValue(id, out var found) ? contacts[found] : null;

    /// <summary>Oldest first: the same file then finds the same contact again.</summary>
    public IReadOnlyList<KnownContact> ByEmail(string email) => Sorted(byEmail.GetValueOrDefault(email));

    /// <summary>Of those without an external id, oldest first.</summary>
    public IReadOnlyList<KnownContact> ByName(string name, string? phone) =>
        [.. Sorted(byName.GetValueOrDefault((name, phone ?? ""))).Where(c => c.ExternalId is null)];

    public KnownAccount? Account(string email) => accounts.GetValueOrDefault(email);

    public void Add(KnownAccount account) => accounts[account.Email] = account;

    /// <summary>Adds a contact, or puts its new version in the place of the old.</summary>
    public void Put(KnownContact contact)
    {
        if (contacts.TryGetValue(contact.Id, out var old)) Unlist(old);
        contacts[contact.Id] = contact;
        if (contact.ExternalId is { } id) byExternalId[id] = contact.Id;
        if (contact.Email is { } email) Set(byEmail, email).Add(KeyOf(contact));
        Set(byName, (contact.FullName, contact.Phone ?? "")).Add(KeyOf(contact));
    }

    private void Unlist(KnownContact old)
    {
        if (old.ExternalId is { } id) byExternalId.Remove(id);
        if (old.Email is { } email) byEmail[email].Remove(KeyOf(old));
        byName[(old.FullName, old.Phone ?? "")].Remove(KeyOf(old));
    }

    private KnownContact[] Sorted(SortedSet<(DateTimeOffset CreatedAt, Guid Id)>? keys) => keys is null ? [] : [.. keys.Select(k => contacts[k.Id])];

    private static SortedSet<(DateTimeOffset CreatedAt, Guid Id)> Set<T>(Dictionary<T, SortedSet<(DateTimeOffset CreatedAt, Guid Id)>> sets, T key) where T : notnull =>
        sets.TryGetValue(key, out var set) ? set : sets[key] = [];

    private static (DateTimeOffset, Guid) KeyOf(KnownContact contact) => (contact.CreatedAt, contact.Id);
}
