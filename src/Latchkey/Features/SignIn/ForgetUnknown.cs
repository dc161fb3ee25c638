using System.Data.Common;
using Dapper;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Forgets the names that belong to nobody here, wherever a request for one left it.</summary>
public sealed class ForgetUnknown(Housekeeping housekeeping, TimeProvider clock)
{
    // The mail stays as a number; what it said and to whom does not.
    private const string Mails = """
        update mail set to_address = '', to_name = null, subject = null, text_body = null, html_body = null, reply = null, delivery_detail = null
        where account_id is null and to_address <> '' and created_at < @before and kind in ('no_account', 'wrong_storefront')
        """;

    private const string Refusals = "update activity set detail = null where event = 'limited' and detail is not null and at < @before";

    public async Task RunAsync(DbTransaction transaction, CancellationToken cancel)
    {
        await housekeeping.ForgetUnknownAsync(transaction, cancel);
        foreach (string statement in new[] { Mails, Refusals })
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                statement, new { before = clock.GetUtcNow() - Housekeeping.UnknownKept }, transaction, cancellationToken: cancel));
    }
}
