using Latchkey.Features.Facilities;

namespace Latchkey.Features.Emails.Console;

/// <summary>What a list of mails shows.</summary>
public sealed record MailListView
{
    /// <summary>Its address, without what it is filtered by.</summary>
    public required string Path { get; init; }
    public required MailFilter Filter { get; init; }
    public required MailPage Page { get; init; }
    /// <summary>All facilities, by id.</summary>
    public required IReadOnlyDictionary<Guid, FacilityOfOrganization> Facilities { get; init; }
    /// <summary>The one it is the list of; null when it is of all.</summary>
    public FacilityOfOrganization? Facility { get; init; }

    public bool IsEverything => Facility is null;
}

/// <summary>The rows of a list of mails, for any page that has some.</summary>
/// <param name="Mails">Newest first.</param>
/// <param name="Facilities">For a column that names each mail's; null: no such column.</param>
public sealed record MailTable(IReadOnlyList<ListedMail> Mails, IReadOnlyDictionary<Guid, FacilityOfOrganization>? Facilities = null);
