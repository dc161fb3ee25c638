namespace Latchkey.Platform.Data;

/// <summary>
/// Whether any account shows a contact: <c>contact.linked</c>. A text that writes <c>account_contact</c> ends with this, about the contacts
/// it wrote of.
/// </summary>
internal static class LinkedMark
{
    /// <summary>
    /// The contact is held before its links are looked at: of two who link and unlink it at once the second waits in the first statement,
    /// and its second one sees what the other has done. (One statement would look with eyes from before the wait.)
    /// </summary>
    /// <param name="contacts">Which, as a condition on <c>contact</c>.</param>
    public static string Of(string contacts) => $"""
        update contact set linked = linked where organization_id = @OrganizationId and {contacts};
        {OfHeld(contacts)}
        """;

    /// <summary>Of contacts that this transaction has made or changed already.</summary>
    public static string OfHeld(string contacts) => $"""
        update contact set linked = not linked where organization_id = @OrganizationId and {contacts} and linked <> exists (
          select 1 from account_contact l where l.organization_id = contact.organization_id and l.contact_id = contact.id)
        """;
}
