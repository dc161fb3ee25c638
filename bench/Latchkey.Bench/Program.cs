using System.Globalization;
using Latchkey.Bench;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Microsoft.Extensions.Configuration;

// latchkey-bench seed ACCOUNTS | pending COUNT | console MAILS : fills the database named by ConnectionStrings__Latchkey, on either engine.
// latchkey-bench visit URL ROUNDS : measures the console's pages.
if (args is ["visit", var url, var times] && Uri.TryCreate(url, UriKind.Absolute, out var server) && int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds))
{
    await new ConsoleVisits(server, rounds).RunAsync();
    return 0;
}
if (args is not [("seed" or "pending" or "console") and var verb, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
{
    await Console.Error.WriteLineAsync("usage: latchkey-bench seed ACCOUNTS | pending COUNT | console MAILS | visit URL ROUNDS");
    return 2;
}
if (Environment.GetEnvironmentVariable("ConnectionStrings__Latchkey") is not { Length: > 0 } connectionString)
{
    await Console.Error.WriteLineAsync("ConnectionStrings__Latchkey says which database to fill, and is not set.");
    return 2;
}

await using var database = Database.Open(connectionString);
var clock = new DatabaseClock(database);
await clock.SyncAsync(CancellationToken.None);
if (verb == "seed") await new Seed(database, clock).RunAsync(count);
else if (verb == "console") await new ConsoleSeed(database, clock).RunAsync(count);
else await new Pending(database, InstallationKey.Load(LatchkeySettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build())), clock).RunAsync(count);
return 0;
