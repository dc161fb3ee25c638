using System.Globalization;
using Latchkey.Bench;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Microsoft.Extensions.Configuration;

// latchkey-bench seed ACCOUNTS | pending COUNT | console MAILS : fills the database named by ConnectionStrings__Latchkey, on either engine.
// latchkey-bench visit URL ROUNDS : measures the console's pages.
// latchkey-bench why ROUNDS : measures the diagnosis on what was seeded there.
if (args is ["visit", var url, var times] && Uri.TryCreate(url, UriKind.Absolute, out var server) && int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds))
{
    using var visits = new ConsoleVisits(server, rounds);
    await visits.RunAsync();
    return 0;
}
if (args is not [("seed" or "pending" or "console" or "why") and var verb, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
{
    await Console.Error.WriteLineAsync("usage: latchkey-bench seed ACCOUNTS | pending COUNT | console MAILS | visit URL ROUNDS | why ROUNDS");
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
var settings = LatchkeySettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());
if (verb == "seed") await new Seed(database, clock).RunAsync(count);
else if (verb == "console") await new ConsoleSeed(database, clock).RunAsync(count);
else if (verb == "why") await new WhyBench(database, settings, clock).RunAsync(count);
else await new Pending(database, InstallationKey.Load(settings), clock).RunAsync(count);
return 0;
