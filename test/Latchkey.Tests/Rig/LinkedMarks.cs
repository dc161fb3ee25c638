using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Tests.Rig;

/// <summary>Asked when the tests of a class are over: whatever linked and unlinked contacts in them kept their marks.</summary>
internal static class LinkedMarks
{
    public static async Task ShouldBeTrueAsync(Database database) => (await database.ReadAsync(c => c.QueryAsync<string>("""
        select c.full_name from contact c where c.linked <> exists (
          select 1 from account_contact l where l.organization_id = c.organization_id and l.contact_id = c.id)
        """))).ShouldBeEmpty();
}
