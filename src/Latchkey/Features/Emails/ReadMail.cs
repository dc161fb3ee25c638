using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Emails;

/// <summary>One mail or text, with what was reported about it.</summary>
public sealed class ReadMail(Database database)
{
    /// <returns>Null when the organization has no such mail.</returns>
    public Task<OpenMail?> RunAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var which = new { organizationId, id };
        if (await c.QuerySingleOrDefaultAsync<OpenMail>(new CommandDefinition(EmailSql.One, which, cancellationToken: cancel)) is not { } mail) return null;
        var reports = await c.QueryAsync<MailReportLine>(new CommandDefinition(EmailSql.Reports, which, cancellationToken: cancel));
        var same = mail.RequestId is null ? [] : await c.QueryAsync<ListedMail>(new CommandDefinition(EmailSql.SameRequest, new { organizationId, id, requestId = mail.RequestId }, cancellationToken: cancel));
        return mail with { Reports = [.. reports], SameRequest = [.. same] };
    }, cancel);

    /// <returns>The HTML part as it is kept; null when there is none.</returns>
    public Task<string?> HtmlAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.ExecuteScalarAsync<string?>(new CommandDefinition(EmailSql.Html, new { organizationId, id }, cancellationToken: cancel)), cancel);
}
