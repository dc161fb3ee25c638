using Latchkey.Features.Facilities;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Emails;

/// <summary>A list of mails as CSV, page by page: no connection is held while a slow reader reads. Who took it, and how much, is recorded.</summary>
public sealed class ExportMails(FindMails findMails, FacilitiesOfOrganization facilities, Database database, ActivityLog activity, IStringLocalizer<Texts> l)
{
    public const int MostRows = 100_000;
    private const int RowsAtOnce = 1000;

    public async Task RunAsync(StaffUser staff, FacilityOfOrganization? facility, MailFilter filter, TextWriter writer, CancellationToken cancel)
    {
        var names = (await facilities.ListAsync(staff.OrganizationId, cancel)).ToDictionary(f => f.Id);
        int written = 0;
        try
        {
            await writer.WriteAsync(CsvLine.Of(l["Time"], l["Channel"], l["To"], l["Subject"], l["Kind"], l["Status"], l["Reason"], l["Facility"], l["Mail"]).AsMemory(), cancel);
            for (Guid? next = filter.Before ?? TimeIds.After; next is { } before && written < MostRows;)
            {
                var page = await findMails.RunAsync(staff.OrganizationId, facility, filter with { Before = before }, cancel, Math.Min(RowsAtOnce, MostRows - written));
                foreach (var mail in page.Mails)
                    await writer.WriteAsync(Line(mail, mail.FacilityId is { } id && names.TryGetValue(id, out var at) ? at.Name : null).AsMemory(), cancel);
                (written, next) = (written + page.Mails.Count, page.Next);
            }
            if (written == MostRows) await writer.WriteAsync(CsvLine.Of(l["Only the newest 100,000 rows are here. Narrow the filter for the others."]).AsMemory(), cancel);
        }
        finally
        {
            await database.WriteAsync(t => activity.AppendAsync(t, new Happened(staff.OrganizationId, ActivityType.STAFF, "exported emails")
            {
                StorefrontId = facility?.StorefrontId,
                SubjectId = facility?.Id,
                Actor = staff.Name,
                Detail = $"{written} rows",
            }), CancellationToken.None);
        }
    }

    private string Line(ListedMail mail, string? facility) => CsvLine.Of(
        mail.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), MailWords.Channel(l, mail.Channel), mail.ToAddress, mail.Subject,
        MailWords.Kind(l, mail.Kind), MailStatusText.Name(l, mail.Status), MailWords.Reason(l, mail), facility, mail.Id.ToString());
}
