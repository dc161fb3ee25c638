using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text;
using Dapper;

namespace Latchkey.Platform.Data;

/// <summary>
/// One statement for many rows. In its text, <c>[(@OrganizationId, @Id#)]</c>, wherever it stands, is written once per row, with the row's own
/// <c>@Id0</c>, <c>@Id1</c> …; a parameter without # is shared by all.
/// </summary>
internal static class RowValues
{
    /// <summary>
    /// SQLite finds a parameter by walking the list of all of them, so large statements cost their square; and full chunks
    /// have the same text, so PostgreSQL prepares it once.
    /// </summary>
    private const int MostInStatement = 25;

    /// <returns>How many rows were written.</returns>
    public static async Task<int> ExecuteAsync<T>(this DbTransaction transaction, string sql, IEnumerable<T> rows, object shared)
    {
        int written = 0;
        foreach (var chunk in rows.Chunk(MostInStatement))
            written += await transaction.Connection!.ExecuteAsync(Text(sql, chunk.Length), Parameters(chunk, shared), transaction);
        return written;
    }

    public static async Task<List<TFound>> QueryAsync<T, TFound>(this DbConnection connection, string sql, IEnumerable<T> rows, object shared, DbTransaction? transaction)
    {
        var found = new List<TFound>();
        foreach (var chunk in rows.Chunk(MostInStatement))
            found.AddRange(await connection.QueryAsync<TFound>(Text(sql, chunk.Length), Parameters(chunk, shared), transaction));
        return found;
    }

    private static string Text(string sql, int rows)
    {
        var text = new StringBuilder();
        int done = 0;
        for (int open; (open = sql.IndexOf('[', done)) >= 0;)
        {
            int close = sql.IndexOf(']', open);
            string row = sql[(open + 1)..close];
            text.Append(sql, done, open - done);
            for (int i = 0; i < rows; i++) text.Append(i == 0 ? "" : ", ").Append(row.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            done = close + 1;
        }
        return text.Append(sql, done, sql.Length - done).ToString();
    }

    private static DynamicParameters Parameters<T>(T[] rows, object shared)
    {
        var parameters = new DynamicParameters(shared);
        for (int i = 0; i < rows.Length; i++)
            foreach (var (property, type) in Columns<T>.All)
                parameters.Add($"{property.Name}{i}", property.GetValue(rows[i]), type);
        return parameters;
    }

    private static class Columns<T>
    {
        /// <summary>A null needs its type said, or PostgreSQL would prepare the statement anew for every pattern of nulls.</summary>
        public static readonly (PropertyInfo, DbType?)[] All = [.. typeof(T).GetProperties().Select(p => (p, TypeOf(p.PropertyType)))];

        private static DbType? TypeOf(Type type) =>
            type == typeof(string) ? DbType.String : (Nullable.GetUnderlyingType(type) ?? type) == typeof(Guid) ? DbType.Guid : null;
    }
}
