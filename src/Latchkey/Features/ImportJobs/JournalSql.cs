namespace Latchkey.Features.ImportJobs;

/// <summary>What an import keeps about what it did.</summary>
internal static class JournalSql
{
    /// <summary>Of what it made: see import_row.</summary>
    public const string Made = """
        insert into import_row (organization_id, import_id, kind, subject_id, other_id, line, is_new)
        values [(@OrganizationId, @ImportId, @Kind#, @SubjectId#, @OtherId#, 0, true)]
        on conflict (organization_id, import_id, kind, subject_id) do nothing
        """;

    /// <summary>A contact as it was before the first row that changed it, and the version that the last one left.</summary>
    public const string Spoken = """
        insert into import_row (organization_id, import_id, kind, subject_id, line, is_new, before, version)
        values [(@OrganizationId, @ImportId, 'contact', @SubjectId#, @Line#, @IsNew#, @Before#, @Version#)]
        on conflict (organization_id, import_id, kind, subject_id) do update set
          before = coalesce(import_row.before, excluded.before), version = excluded.version
        """;

    public const string Lines = """
        select subject_id, line from import_row where organization_id = @organizationId and import_id = @id and kind = 'contact'
        """;
}
