using Latchkey.Platform.Csv;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts.Import;

/// <summary>
/// Plans some rows on what the database knows. A row is taken whole or not at all; nothing is written here, so a batch that has
/// to run again begins anew.
/// </summary>
internal sealed class ImportBatch(Known known, Storefront storefront, CsvHeader<ContactField> header, ImportOptions options, Func<Guid, int?> lineOf, DateTimeOffset now)
{
    private readonly HoldingPlanner holdings = new(known.Stock, storefront.Vocabulary, header, options.Currency, now);
    private int sequence;

    public ImportWrites Writes { get; } = new();

    public ImportCounts Counts { get; private set; } = new();

    public List<BadRow> Bad { get; } = [];

    /// <summary>The contacts this batch spoke of, and in which line first.</summary>
    public Dictionary<Guid, int> Lines { get; } = [];

    /// <summary>Every contact it spoke of, as it is now; when it was written, its time is that of the batch.</summary>
    public Dictionary<Guid, KnownContact> Spoken { get; } = [];

    public HashSet<Guid> Created { get; } = [];

    /// <summary>What it changes, as it was.</summary>
    public Dictionary<Guid, KnownContact> Before { get; } = [];

    public void Plan(ContactRow row)
    {
        Counts += new ImportCounts { Read = 1 };
        if (row.Problems.Count > 0) Refuse(row, row.Problems);
        else if (Take(row) is { } problem) Refuse(row, [problem]);
    }

    private RowProblem? Take(ContactRow row)
    {
        if (Facility(row, out var facility, out bool isNewFacility) is { } unknown) return unknown;
        if (ContactMatch.Find(known, row, out var before) is { } ambiguous) return ambiguous;
        int? line = before is null ? null : Lines.TryGetValue(before.Id, out int here) ? here : lineOf(before.Id);
        var forbidden = before is null
            // A microsecond apart, so that "the oldest" is the first in the file.
            ? ContactChange.ToNew(known, row, facility?.Id, now.AddMicroseconds(sequence++), out var after)
            : ContactChange.To(known, before, row, facility?.Id, line, out after);
        if (forbidden is not null) return forbidden;
        if (holdings.Check(row, after, facility, out var holding) is { } refused) return refused;

        if (isNewFacility) Add(facility!);
        if (line is null) Lines[after.Id] = row.Line;
        Counts += before is null ? new() { New = 1 } : before != after ? new() { Updated = 1 } : new() { Unchanged = 1 };
        bool isMoved = before is not null && before.Email != after.Email;
        after = Link(row, isMoved ? after with { Links = 0 } : after, isMoved && before!.Links > 0);
        if (before != after) Writes.Contacts[after.Id] = after;
        if (before is null) Created.Add(after.Id);
        else if (before with { Links = after.Links } != after && !Created.Contains(before.Id)) Before.TryAdd(before.Id, before);
        Spoken[after.Id] = after;
        known.Put(after);
        if (holding is not null) Add(holding);
        return null;
    }

    private RowProblem? Facility(ContactRow row, out KnownFacility? facility, out bool isNew)
    {
        isNew = false;
        facility = null;
        if ((row.Facility ?? options.Facility) is not { } name) return null;
        facility = known.Stock.Facility(name);
        if (facility is not null) return null;
        if (!options.CreateFacilities)
            return new(header.NameOf(ContactField.Facility), $"“{name}” is not known. Known: {string.Join(", ", known.Stock.FacilityNames)}. Correct the name, or let the import create facilities.");
        facility = new KnownFacility { Id = Guid.CreateVersion7(now), Name = name };
        isNew = true;
        return null;
    }

    /// <summary>Gives a contact without an account the one of its address, which may have to be made.</summary>
    private KnownContact Link(ContactRow row, KnownContact contact, bool hadLinks)
    {
        if (hadLinks) Writes.Unlinked.Add(contact.Id);
        if (row.Email is not { IsDeliverable: true } email || contact.Links > 0) return contact;
        var account = known.Account(email.Value);
        if (account is { State: "merged" }) return contact;
        if (account is null)
        {
            account = new KnownAccount { Id = Guid.CreateVersion7(now), Email = email.Value, State = "unproven" };
            known.Add(account);
            string? phone = PhoneNumber.TryRead(contact.Phone, storefront.CallingCode, out var number) ? number.Value : null;
            Writes.Accounts.Add(new(account.Id, account.Email, phone, contact.Locale));
            Counts += new ImportCounts { Accounts = 1 };
        }
        if (row.PasswordHash is { } hash) Writes.Hashes.Add(new(account.Id, hash));
        Writes.Links.Add(new(account.Id, contact.Id));
        return contact with { Links = 1 };
    }

    private void Add(KnownFacility facility)
    {
        known.Stock.Add(facility);
        Writes.Facilities.Add(facility);
    }

    private void Add(HoldingPlan plan)
    {
        if (plan.NewType is { } type)
        {
            known.Stock.Add(type);
            Writes.UnitTypes.Add(type);
        }
        if (plan.Unit is { } unit)
        {
            known.Stock.Put(unit);
            Writes.Units.Add(unit);
            if (plan.IsNewUnit) Writes.NewUnits.Add(unit.Id);
        }
        var s = plan.Subscription;
        known.Stock.Add(new KnownSubscription { ContactId = s.ContactId, FacilityId = s.FacilityId, Name = s.Name, UnitId = s.UnitId, StartedOn = s.StartedOn });
        Writes.Subscriptions.Add(s);
        Counts += new ImportCounts { Holdings = 1 };
    }

    private void Refuse(ContactRow row, IReadOnlyList<RowProblem> problems)
    {
        Counts += new ImportCounts { Bad = 1 };
        Bad.Add(new BadRow(row, problems));
    }
}
