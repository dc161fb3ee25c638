using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>What the storefront has to rent out, and who holds what, as far as one batch needs it.</summary>
internal sealed class Stock
{
    private readonly List<KnownFacility> facilities = [];
    private readonly Dictionary<(Guid, string), KnownUnitType> typesByName = [];
    private readonly Dictionary<Guid, KnownUnitType> types = [];
    private readonly Dictionary<(Guid, string), KnownUnit> units = [];
    private readonly Dictionary<Guid, List<KnownSubscription>> subscriptions = [];

    public IEnumerable<string> FacilityNames => facilities.Select(f => f.Name);

    public bool HasFacility(Guid id) => facilities.Exists(f => f.Id == id);

    public KnownFacility? Facility(string name) =>
        facilities.Find(f => f.Name == name) ?? facilities.Find(f => FoldedText.Same(f.Name, name));

    public KnownUnitType? Type(Guid facility, string name) => typesByName.GetValueOrDefault((facility, FoldedText.Of(name)));

    public KnownUnitType Type(Guid id) => types[id];

    public KnownUnit? Unit(Guid facility, string number) => units.GetValueOrDefault((facility, number));

    public IReadOnlyList<KnownSubscription> Subscriptions(Guid contact) => subscriptions.GetValueOrDefault(contact) ?? [];

    public void Add(KnownFacility facility) => facilities.Add(facility);

    public void Add(KnownUnitType type)
    {
        types[type.Id] = type;
        // The oldest of two types whose names differ in case only.
        typesByName.TryAdd((type.FacilityId, FoldedText.Of(type.Name)), type);
    }

    public void Put(KnownUnit unit) => units[(unit.FacilityId, unit.Number)] = unit;

    public void Add(KnownSubscription subscription)
    {
        if (!subscriptions.TryGetValue(subscription.ContactId, out var held)) subscriptions[subscription.ContactId] = held = [];
        held.Add(subscription);
    }
}
