using Dapper;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.House;

/// <summary>One golden schema for both engines: each run proves its own side of their being equal.</summary>
public sealed class SchemaTests
{
    // SQLite enforces "not null" on a primary key only when told to; the app never writes one, and PostgreSQL refuses it.
    const string OnSqlite = """
        select t.name as "table", c.name as name, lower(c.type) as type, c."notnull" = 1 or c.pk > 0 as required
        from sqlite_master t, pragma_table_xinfo(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.cid
        """;

    const string OnPostgres = """
        select table_name as "table", column_name as name,
          case udt_name when 'int8' then 'bigint' when 'int4' then 'integer' when 'bool' then 'boolean' else udt_name end as type, is_nullable = 'NO' as required
        from information_schema.columns where table_schema = 'public' order by table_name collate "C", ordinal_position
        """;

    const string IndexesOnSqlite = "select tbl_name as \"table\", name from sqlite_master where type = 'index' and sql is not null order by name";

    const string IndexesOnPostgres = """
        select c.relname as "table", i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        where c.relnamespace = 'public'::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid)
        order by i.relname collate "C"
        """;

    [Fact]
    public async Task Tables_columns_and_indexes_are_the_golden_ones()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var database = own.Open();
        var sqlite = database.Engine == "sqlite";

        var columns = await database.ReadAsync(c => c.QueryAsync<Column>(sqlite ? OnSqlite : OnPostgres), TestContext.Current.CancellationToken);
        var indexes = await database.ReadAsync(c => c.QueryAsync<(string Table, string Name)>(sqlite ? IndexesOnSqlite : IndexesOnPostgres), TestContext.Current.CancellationToken);

        Golden.ShouldMatch([.. columns.Select(c => $"{c.Table}.{c.Name} {c.Type}{(c.Required ? " not null" : "")}"), .. indexes.Select(i => $"index {i.Name} on {i.Table}")], "schema.txt");
    }

    sealed record Column
    {
        public required string Table { get; init; }
        public required string Name { get; init; }
        public required string Type { get; init; }
        public required bool Required { get; init; }
    }
}
