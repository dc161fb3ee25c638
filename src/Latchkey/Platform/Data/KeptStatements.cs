using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Latchkey.Platform.Data;

/// <summary>
/// A SQLite connection that keeps its prepared statements. The provider parses a text at each execution, which on this schema costs
/// more than running it; PostgreSQL's keeps them by itself.
/// </summary>
internal sealed class KeptStatementsConnection(string connectionString) : SqliteConnection(connectionString)
{
    private const int MostKept = 200;
    private readonly Dictionary<string, SqliteCommand> kept = new(StringComparer.Ordinal);

    protected override DbCommand CreateDbCommand() => new KeptStatement(this);

    /// <summary>The kept command for the text, while nobody else uses it; else a new one.</summary>
    internal SqliteCommand Take(string text) => kept.Remove(text, out var command) ? command : new SqliteCommand { Connection = this, CommandText = text };

    internal void Keep(SqliteCommand command)
    {
        command.Transaction = null;
        if (kept.Count >= MostKept || !kept.TryAdd(command.CommandText, command)) command.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var command in kept.Values) command.Dispose();
        kept.Clear();
        base.Dispose(disposing);
    }
}

/// <summary>Collects text and parameters like any command, and runs them on a kept one.</summary>
internal sealed class KeptStatement(KeptStatementsConnection connection) : DbCommand
{
    private readonly SqliteCommand given = new() { Connection = connection };
    private SqliteCommand? running;

    [AllowNull]
    public override string CommandText { get => given.CommandText; set => given.CommandText = value; }
    public override int CommandTimeout { get => given.CommandTimeout; set => given.CommandTimeout = value; }
    public override CommandType CommandType { get => given.CommandType; set => given.CommandType = value; }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException("The command belongs to its connection."); }
    protected override DbParameterCollection DbParameterCollection => given.Parameters;
    protected override DbTransaction? DbTransaction { get => given.Transaction; set => given.Transaction = (SqliteTransaction?)value; }

    public override void Cancel() => running?.Cancel();

    /// <summary>Every statement is prepared at its first execution.</summary>
    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

    public override object? ExecuteScalar() => Ready().ExecuteScalar();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override void Dispose(bool disposing)
    {
        if (running is not null) connection.Keep(running);
        running = null;
        given.Dispose();
        base.Dispose(disposing);
    }

    private SqliteCommand Ready()
    {
        running ??= connection.Take(CommandText);
        running.CommandTimeout = given.CommandTimeout;
        running.Transaction = given.Transaction;
        bool same = running.Parameters.Count == given.Parameters.Count;
        for (int i = 0; same && i < given.Parameters.Count; i++)
        {
            same = running.Parameters[i].ParameterName == given.Parameters[i].ParameterName;
            if (same) running.Parameters[i].Value = given.Parameters[i].Value;
        }
        if (same) return running;
        running.Parameters.Clear();
        foreach (SqliteParameter parameter in given.Parameters) running.Parameters.Add(new SqliteParameter(parameter.ParameterName, parameter.Value));
        return running;
    }
}
