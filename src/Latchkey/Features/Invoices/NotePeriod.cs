using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Invoices;

/// <summary>Says for which days an invoice was, once what it is for has begun: the billing run goes on after them.</summary>
public sealed class NotePeriod
{
    private const string Note = """
        update invoice set period_start = @start, period_end = @end where organization_id = @organization and id = @invoice and period_start is null
        """;

    public Task InTransactionAsync(DbTransaction transaction, Guid organization, Guid invoice, DateOnly start, DateOnly end) =>
        transaction.Connection!.ExecuteAsync(Note, new { organization, invoice, start = IsoDay.Of(start), end = IsoDay.Of(end) }, transaction);
}
