namespace Latchkey.Features.ImportJobs;

/// <summary>The statements of an import's way from upload to its end.</summary>
internal static class ImportJobSql
{
    private const string Columns = """
        organization_id, id, storefront_id, file_name, bytes, state, options, sample, counts, total, percent, problem, made_by, created_at, started_at, ended_at, attempts, claim
        """;

    public const string Add = """
        insert into import_job (organization_id, id, storefront_id, file_name, bytes, state, options, sample, counts, percent, made_by, created_at, attempts)
        values (@organizationId, @id, @storefrontId, @fileName, @bytes, 'Uploaded', @options, @sample, @counts, 0, @staff, @now, 0)
        """;

    public const string AddChunk = """
        insert into import_chunk (organization_id, import_id, number, body) values (@organizationId, @id, @number, @body)
        """;

    public const string Chunk = "select body from import_chunk where organization_id = @OrganizationId and import_id = @Id and number = @number";

    public const string Find = $"select {Columns} from import_job where organization_id = @organizationId and id = @id";

    /// <summary>Newest first.</summary>
    public const string Page = $"""
        select {Columns} from import_job where organization_id = @organizationId and id < @before order by id desc limit @most
        """;

    public const string CountUnderWay = """
        select count(*) from import_job where organization_id = @organizationId and due_at is not null
        """;

    /// <summary>Settles which column is what, and asks a worker for the check.</summary>
    public const string Check = """
        update import_job set state = 'Checking', options = @options, counts = @none, total = null, percent = 0, problem = null, due_at = @now, attempts = 0, claim = null
        where organization_id = @organizationId and id = @id and state in ('Uploaded', 'Checked')
        """;

    public const string Run = """
        update import_job set state = 'Running', counts = @none, percent = 0, problem = null, started_at = @now, due_at = @now, attempts = 0, claim = null
        where organization_id = @organizationId and id = @id and state = 'Checked'
        """;

    /// <summary>Of a check there is nothing to keep; of a run, what was written stays.</summary>
    public const string Stop = """
        update import_job set state = case state when 'Running' then 'Stopped' else 'Uploaded' end, problem = null, due_at = null, claim = null,
          ended_at = case state when 'Running' then @now end
        where organization_id = @organizationId and id = @id and state in ('Checking', 'Running')
        """;

    public const string Undo = """
        update import_job set state = 'Undoing', percent = 0, due_at = @now, attempts = 0, claim = null
        where organization_id = @organizationId and id = @id and state in ('Done', 'Stopped') and ended_at > @since
        """;

    public const string Remove = "delete from import_job where organization_id = @organizationId and id = @id and state in ('Uploaded', 'Checked')";

    public const string ForgetChunks = "delete from import_chunk where organization_id = @organizationId and import_id = @id";

    /// <summary>One that was stopped is not gone on with; its file can be uploaded again.</summary>
    public const string ForgetChunksOfStopped = """
        delete from import_chunk where organization_id = @organizationId and import_id = @id
          and exists (select 1 from import_job j where j.organization_id = @organizationId and j.id = @id and j.state = 'Stopped')
        """;

    public const string ForgetBadRows = "delete from import_bad_row where organization_id = @organizationId and import_id = @id";

    public const string ForgetRows = "delete from import_row where organization_id = @organizationId and import_id = @id";

    public const string IsAnyDue = "select 1 from import_job where due_at <= @now limit 1";

    public const string Claim = $"""
        update import_job set attempts = attempts + 1, claim = @claim, due_at = @leaseEnd
        where (organization_id, id) in (select organization_id, id from import_job where due_at <= @now order by due_at limit 1) and due_at <= @now
        returning {Columns}
        """;

    /// <summary>Touches nothing when another worker has it, or when it was stopped.</summary>
    public const string GetOn = """
        update import_job set percent = @percent, counts = coalesce(@counts, counts), attempts = 0, due_at = @leaseEnd
        where organization_id = @OrganizationId and id = @Id and claim = @Claim and state = @state
        """;

    public const string End = """
        update import_job set state = @next, percent = 100, counts = coalesce(@counts, counts), total = coalesce(@total, total), problem = @problem, due_at = null, claim = null,
          ended_at = case when @isOver then @now else ended_at end
        where organization_id = @OrganizationId and id = @Id and claim = @Claim and state = @state
        """;

    /// <summary>A server that stops lets another go on at once.</summary>
    public const string GiveBack = "update import_job set due_at = @now where organization_id = @OrganizationId and id = @Id and claim = @Claim and due_at is not null";

    public const string AddBadRows = """
        insert into import_bad_row (organization_id, import_id, line, body) values [(@OrganizationId, @Id, @Line#, @Body#)]
        on conflict (organization_id, import_id, line) do nothing
        """;

    public const string BadRows = """
        select line, body from import_bad_row where organization_id = @organizationId and import_id = @id and line > @after order by line limit @most
        """;

    /// <summary>What was never run.</summary>
    public const string ForgetDrafts = """
        delete from import_job where created_at < @before and state in ('Uploaded', 'Checked') returning organization_id, id
        """;

    /// <summary>What undoing an import would need, once it can no longer be undone.</summary>
    public const string ForgetOldRows = """
        delete from import_row where (organization_id, import_id, kind, subject_id) in (
          select r.organization_id, r.import_id, r.kind, r.subject_id
          from import_job j join import_row r on r.organization_id = j.organization_id and r.import_id = j.id
          where j.created_at < @before and j.due_at is null limit @most)
        """;

    public const string ForgetOldBadRows = """
        delete from import_bad_row where (organization_id, import_id, line) in (
          select r.organization_id, r.import_id, r.line
          from import_job j join import_bad_row r on r.organization_id = j.organization_id and r.import_id = j.id
          where j.created_at < @before and j.due_at is null limit @most)
        """;
}
