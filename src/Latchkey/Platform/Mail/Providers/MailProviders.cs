using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>By which provider an organization's mail leaves. Answers are kept for two seconds: a change holds on every node soon.</summary>
internal sealed partial class MailProviders(Database database, SignInKey key, MailAccounts accounts, TimeProvider clock, ILogger<MailProviders> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<Guid, (OwnMailProvider? Own, long At)> kept = new();

    /// <summary>Null when the installation sends by SMTP, or into its mailbox.</summary>
    public IMailProvider? Installation { get; } = accounts.Installation;

    /// <returns>Null when the organization has none of its own.</returns>
    public async Task<OwnMailProvider?> OwnAsync(Guid organization)
    {
        if (kept.TryGetValue(organization, out var known) && TimeProvider.System.GetElapsedTime(known.At) < Kept) return known.Own;
        var row = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Row>(MailProviderSql.Find, new { organization }));
        var own = row is null ? null : new OwnMailProvider(Open(organization, row));
        if (kept.Count >= MostKept) kept.Clear();
        kept[organization] = (own, TimeProvider.System.GetTimestamp());
        return own;
    }

    /// <summary>What an organization has set, for its Owners to change. Keys among it are not to be shown.</summary>
    /// <returns>Null when it has no provider of its own.</returns>
    public async Task<OwnMailSettings?> SettingsAsync(Guid organization)
    {
        if (await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Row>(MailProviderSql.Find, new { organization })) is not { } row) return null;
        var fields = key.Unseal(row.Settings) is { } text ? JsonSerializer.Deserialize<Dictionary<string, string>>(text) : null;
        return MailProviderFields.Named(row.Provider) is { } name ? new OwnMailSettings(name, fields) : null;
    }

    /// <summary>The organization's own provider, else the installation's.</summary>
    public async Task<IMailProvider?> ForAsync(Guid organization) => await OwnAsync(organization) is { } own ? own.Provider : Installation;

    /// <summary>What would stop mail from leaving by these settings; null when nothing does.</summary>
    public string? ProblemOf(MailProviderName name, IReadOnlyDictionary<string, string> fields)
    {
        try
        {
            accounts.Open(name, fields);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    public Task SaveAsync(DbTransaction transaction, Guid organization, MailProviderName name, IReadOnlyDictionary<string, string> fields) =>
        transaction.Connection!.ExecuteAsync(MailProviderSql.Save, new
        {
            organization,
            provider = name.Word(),
            settings = key.Seal(JsonSerializer.Serialize(fields)),
            now = clock.GetUtcNow(),
        }, transaction);

    public static Task<int> RemoveAsync(DbTransaction transaction, Guid organization) =>
        transaction.Connection!.ExecuteAsync(MailProviderSql.Remove, new { organization }, transaction);

    /// <summary>After a change, so that this node need not wait.</summary>
    public void Forget(Guid organization) => kept.TryRemove(organization, out _);

    private IMailProvider? Open(Guid organization, Row row)
    {
        try
        {
            if (MailProviderFields.Named(row.Provider) is { } name && key.Unseal(row.Settings) is { } text)
                return accounts.Open(name, JsonSerializer.Deserialize<Dictionary<string, string>>(text)!);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // Said below, whatever it is: the settings themselves must not come into the log.
        }
        Unreadable(organization);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail provider's settings of organization {Organization} cannot be read: its mail waits. Were they sealed under another installation key?")]
    private partial void Unreadable(Guid organization);

    private sealed record Row
    {
        public required string Provider { get; init; }
        public required byte[] Settings { get; init; }
    }
}

/// <param name="Provider">Which.</param>
/// <param name="Fields">By the names of <see cref="MailProviderFields"/>; null when they were sealed under another key.</param>
internal sealed record OwnMailSettings(MailProviderName Provider, IReadOnlyDictionary<string, string>? Fields);

/// <summary>An organization's own provider; null when its settings can't be read.</summary>
internal sealed record OwnMailProvider(IMailProvider? Provider);
