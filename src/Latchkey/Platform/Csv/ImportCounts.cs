namespace Latchkey.Platform.Csv;

/// <summary>Every row read is one of new, updated, unchanged and bad.</summary>
internal sealed record ImportCounts
{
    public int Read { get; init; }
    public int New { get; init; }
    public int Updated { get; init; }
    public int Unchanged { get; init; }
    public int Bad { get; init; }
    public int Accounts { get; init; }
    /// <summary>Rentals, subscriptions or memberships begun.</summary>
    public int Holdings { get; init; }

    public static ImportCounts operator +(ImportCounts a, ImportCounts b) => new()
    {
        Read = a.Read + b.Read,
        New = a.New + b.New,
        Updated = a.Updated + b.Updated,
        Unchanged = a.Unchanged + b.Unchanged,
        Bad = a.Bad + b.Bad,
        Accounts = a.Accounts + b.Accounts,
        Holdings = a.Holdings + b.Holdings,
    };
}
