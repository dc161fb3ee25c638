using System.Globalization;
using System.Text.Json;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Activities;

/// <summary>A part of the log as CSV, page by page. Who took it, and how much, is in the log itself.</summary>
public sealed class ExportActivity(FindActivity findActivity, Database database, ActivityLog activity, IStringLocalizer<Texts> l)
{
    public const int MostRows = 100_000;
    private const int RowsAtOnce = 1000;

    public async Task RunAsync(StaffUser staff, ActivityFilter filter, TextWriter writer, CancellationToken cancel)
    {
        int written = 0;
        try
        {
            await writer.WriteAsync(CsvLine.Of(l["Time"], l["Type"], l["Event"], l["Done by"], l["Contact"], l["Account"], l["Storefront"], l["Detail"], l["Changes"], l["About"], l["Row"]).AsMemory(), cancel);
            for (Guid? next = filter.Before ?? TimeIds.After; next is { } before && written < MostRows;)
            {
                var page = await findActivity.RunAsync(staff.OrganizationId, filter with { Before = before }, cancel, Math.Min(RowsAtOnce, MostRows - written));
                foreach (var row in page.Rows) await writer.WriteAsync(Line(row).AsMemory(), cancel);
                (written, next) = (written + page.Rows.Count, page.Next);
            }
            if (written == MostRows) await writer.WriteAsync(CsvLine.Of(l["Only the newest 100,000 rows are here. Narrow the filter for the others."]).AsMemory(), cancel);
        }
        finally
        {
            await database.WriteAsync(t => activity.AppendAsync(t, new Happened(staff.OrganizationId, ActivityType.STAFF, "exported the activity log")
            {
                StorefrontId = filter.StorefrontId,
                Actor = staff.Name,
                Detail = $"{written} rows",
            }), CancellationToken.None);
        }
    }

    private string Line(LoggedActivity row) => CsvLine.Of(
        row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), row.Type.ToString(), ActivityWords.Event(l, row.Event), row.Actor, row.Contact, row.Account,
        row.Storefront, row.Said, row.Changed.Count == 0 ? null : JsonSerializer.Serialize(row.Changed.ToDictionary(c => c.Field, c => new[] { c.Before, c.After }, StringComparer.Ordinal)),
        row.SubjectId?.ToString(), row.Id.ToString());
}
