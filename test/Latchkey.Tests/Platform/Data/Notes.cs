using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Tests.Platform.Data;

/// <summary>The little that the tests of the database write and read.</summary>
internal static class Notes
{
    public static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object? parameters = null) => transaction.Connection!.ExecuteAsync(sql, parameters, transaction);

    public static Task AddAsync(this Database database, int id) => database.WriteAsync(t => AddAsync(t, id));

    public static Task AddAsync(DbTransaction transaction, int id) => ExecuteAsync(transaction, "insert into note (id, text) values (@id, 'hello')", new { id });

    public static Task<long> CountAsync(this Database database) => database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from note"));
}
