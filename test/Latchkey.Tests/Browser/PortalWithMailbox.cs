using System.Text.Json;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Browser;

/// <summary>The server as it starts with nothing configured, reached as localhost: browsers know no passkeys at an IP address.</summary>
public sealed class PortalWithMailbox : Portal
{
    protected override IEnumerable<string> Settings => ["--urls=http://0.0.0.0:0"];

    protected override IEnumerable<string> MailSettings => [];

    /// <summary>What an address or number got, newest first, as soon as there are so many; once their sending is on record, for the life of a code counts from there.</summary>
    internal async Task<IReadOnlyList<MailboxMessage>> MessagesAsync(string to, int count = 1)
    {
        using var http = new HttpClient { BaseAddress = Url };
        IReadOnlyList<MailboxMessage> mine = [];
        await UntilAsync(async () =>
        {
            await SettleAsync();
            using var all = JsonDocument.Parse(await http.GetStringAsync(new Uri("/mailbox.json", UriKind.Relative)));
            mine = [.. all.RootElement.EnumerateArray().Select(MailboxMessage.Read).Where(m => m.To == to)];
            return mine.Count >= count;
        });
        return mine;
    }

    /// <summary>The newest message's words.</summary>
    internal async Task<string> MessageAsync(string to, int count = 1) => (await MessagesAsync(to, count))[0].Text.TrimEnd();

    /// <summary>The newest link to a page of the portal.</summary>
    internal async Task<string> LinkAsync(string to, string page = "link", int count = 1) => (await MessagesAsync(to, count)).SelectMany(m => m.Text.Split('\n'))
        .First(line => line.StartsWith("http", StringComparison.Ordinal) && line.Contains($"/{page}/", StringComparison.Ordinal)).Trim();
}

/// <summary>A mail or text as the built-in mailbox has it.</summary>
internal sealed record MailboxMessage(string Storefront, string Channel, string To, string Text, string Html)
{
    public static MailboxMessage Read(JsonElement message) => new(
        message.GetProperty("storefront").GetString()!, message.GetProperty("channel").GetString()!, message.GetProperty("to").GetString()!,
        message.GetProperty("text").GetString()!, message.GetProperty("html").GetString()!);
}

/// <summary>The server with Postfix as its relay, over STARTTLS with a checked certificate.</summary>
public sealed class PortalWithPostfix : Portal
{
    protected override IEnumerable<string> MailSettings =>
        [$"--Mail:Smtp=smtp://{TestEnvironment.Postfix.Address}?starttls=required&ca={Uri.EscapeDataString(TestEnvironment.Postfix.AuthorityFile)}"];
}
