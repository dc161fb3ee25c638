using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>What the person who imports may say beside the file.</summary>
internal sealed record ImportOptions
{
    /// <summary>For rows that name none.</summary>
    public string? Facility { get; init; }
    public bool CreateFacilities { get; init; }
    /// <summary>For prices without one.</summary>
    public string? Currency { get; init; }
    public DateOrder Dates { get; init; }
    /// <summary>Header to field.</summary>
    public IReadOnlyDictionary<string, ContactField> Mapping { get; init; } = new Dictionary<string, ContactField>(StringComparer.Ordinal);
}
