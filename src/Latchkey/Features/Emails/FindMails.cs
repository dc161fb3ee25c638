using Dapper;
using Latchkey.Features.Facilities;
using Latchkey.Features.Layouts;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.Emails;

/// <summary>Lists of mails and texts: of an organization, of a facility, of a contact.</summary>
public sealed class FindMails(Database database, TimeProvider clock)
{
    public const int Rows = 50;
    public const int MostFailed = 1000;
    private const int LeastDigits = 4;

    /// <param name="organizationId">Whose.</param>
    /// <param name="facility">Of this facility only; null: of all.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <param name="rows">How many a page has.</param>
    public Task<MailPage> RunAsync(Guid organizationId, FacilityOfOrganization? facility, MailFilter filter, CancellationToken cancel, int rows = Rows) => database.ReadAsync(async c =>
    {
        var asked = new Asked(organizationId, facility, filter, clock.GetUtcNow(), rows);
        Guid? floor = asked.IsRare ? await c.ExecuteScalarAsync<Guid?>(new CommandDefinition(asked.FloorSql, asked.Parameters(null), cancellationToken: cancel)) : null;
        var found = (await c.QueryAsync<ListedMail>(new CommandDefinition(asked.Sql, asked.Parameters(floor), cancellationToken: cancel))).AsList();
        if (found.Count > rows) return new MailPage(found.GetRange(0, rows), found[rows - 1].Id, null);
        return new MailPage(found, floor, floor is { } id ? TimeIds.At(id) : null);
    }, cancel);

    /// <summary>How many failed lately; no more than <see cref="MostFailed"/> are counted.</summary>
    public Task<int> CountFailedAsync(Guid organizationId, TimeSpan ago, CancellationToken cancel) => database.ReadAsync(c => c.ExecuteScalarAsync<int>(
        new CommandDefinition(EmailSql.CountFailed, new { organizationId, from = TimeIds.First(clock.GetUtcNow() - ago), most = MostFailed }, cancellationToken: cancel)), cancel);

    /// <summary>The mail of this id, or those of the sign-in request of this id.</summary>
    public Task<IReadOnlyList<ListedMail>> OfSubjectAsync(Guid organizationId, Guid subjectId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ListedMail>>(async c =>
        (await c.QueryAsync<ListedMail>(new CommandDefinition(EmailSql.OfSubject, new { organizationId, subjectId }, cancellationToken: cancel))).AsList(), cancel);

    /// <summary>One question, as SQL.</summary>
    private sealed record Asked(Guid OrganizationId, FacilityOfOrganization? Facility, MailFilter Filter, DateTimeOffset Now, int Rows)
    {
        private bool IsSearch => Filter.Text.Length > 0;
        private string Digits => new([.. Filter.Text.Where(char.IsAsciiDigit)]);
        private bool IsPhone => Digits.Length >= LeastDigits && Filter.Text.All(ch => char.IsAsciiDigit(ch) || "+ ()-./".Contains(ch, StringComparison.Ordinal));

        /// <summary>What few mails may match is looked for among so many at a time.</summary>
        public bool IsRare => !IsSearch && (Filter.Status is not null || Filter.Channel is not null || Filter.Kind is not null);

        public string Sql => string.Concat(
            !IsSearch ? EmailSql.List : IsPhone ? EmailSql.SearchPhones : EmailSql.Search,
            Facility is null ? "" : IsSearch ? EmailSql.NearFacility : EmailSql.InFacility,
            Filter.Channel is null ? "" : EmailSql.InChannel,
            Filter.Kind is null ? "" : EmailSql.OfKind,
            Filter.Status is null ? "" : EmailSql.WithStatus,
            IsSearch ? EmailSql.NewestFound : EmailSql.Newest);

        public string FloorSql => string.Concat(EmailSql.Floor, Facility is null ? "" : EmailSql.InFacility, EmailSql.BehindWindow);

        public object Parameters(Guid? floor) => new
        {
            organizationId = OrganizationId,
            facilityId = Facility?.Id,
            storefrontId = Facility?.StorefrontId,
            before = Filter.Before ?? TimeIds.After,
            from = floor ?? (Filter.Period.Start(Now) is { } start ? TimeIds.First(start) : TimeIds.Before),
            channel = Filter.Channel,
            kind = Filter.Kind,
            status = Filter.Status?.ToString(),
            exact = Exact,
            pattern = LikePattern.Anywhere(IsPhone ? Digits : Filter.Text),
            most = Rows + 1,
        };

        private string? Exact => IsPhone ? PhoneNumber.TryRead(Filter.Text, null, out var number) ? number.Value : null
            : EmailAddress.TryRead(Filter.Text, out var address) ? address.Value : null;
    }
}
