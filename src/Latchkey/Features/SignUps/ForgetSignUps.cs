using System.Data.Common;
using Dapper;
using Latchkey.Features.Invoices;

namespace Latchkey.Features.SignUps;

/// <summary>Forgets what was begun and left: what was typed after two weeks, and what nobody ever paid for altogether.</summary>
public sealed class ForgetSignUps(MoveInvoice moveInvoice, TimeProvider clock)
{
    /// <summary>A bank takes days: the unit of a payment that is under way stays held, whatever the time.</summary>
    private const string KeepHeld = """
        update unit set held_until = @until
        where state = 'free' and held_until < @soon and exists (select 1 from sign_up s join invoice i on i.organization_id = s.organization_id and i.id = s.invoice_id
          where s.organization_id = unit.organization_id and s.id = unit.held_by and s.unit_id = unit.id and s.state = 'Paying' and i.state = 'processing')
        """;

    private const string Left = "select organization_id, id, invoice_id from sign_up where state = 'Open' and invoice_id is not null and touched_at < @yesterday limit 500";

    private const string ForgetInvoice = "update sign_up set invoice_id = null, invoice_for = null where organization_id = @OrganizationId and id = @Id and invoice_id = @InvoiceId and state = 'Open'";

    private const string Forget = "delete from sign_up where state = 'Open' and touched_at < @before and contact_id is null";

    private const string ForgetTyped = "update sign_up set details = null, link_asked = @off where state in ('Open', 'Paying') and touched_at < @before and details is not null";

    public async Task RunAsync(DbTransaction transaction, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var left in (await transaction.Connection!.QueryAsync<LeftInvoice>(Left, new { yesterday = now.AddDays(-1) }, transaction)).AsList())
        {
            await moveInvoice.VoidAsync(transaction, left.OrganizationId, left.InvoiceId);
            await transaction.Connection!.ExecuteAsync(ForgetInvoice, left, transaction);
        }
        var when = new { before = now - ResumeSignUp.Kept, soon = now.AddHours(6), until = now.AddDays(2), off = false };
        foreach (string statement in new[] { KeepHeld, Forget, ForgetTyped })
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(statement, when, transaction, cancellationToken: cancel));
    }

    private sealed record LeftInvoice
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
        public required Guid InvoiceId { get; init; }
    }
}
