using System.Globalization;
using Latchkey.Bench;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Microsoft.Extensions.Configuration;

// latchkey-bench seed ACCOUNTS | pending COUNT : fills the database named by ConnectionStrings__Latchkey, on either engine.
if (args is not [("seed" or "pending") and var verb, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
{
    await Console.Error.WriteLineAsync("usage: latchkey-bench seed ACCOUNTS | pending COUNT");
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
else await new Pending(database, InstallationKey.Load(LatchkeySettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build())), clock).RunAsync(count);
return 0;
