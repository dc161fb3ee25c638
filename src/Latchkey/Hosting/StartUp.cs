using Latchkey.Features.Demo;
using Latchkey.Features.Staff;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting;

/// <summary>What happens between building the server and its first request.</summary>
public static class StartUp
{
    private const int MostPrinted = 20;

    public static async Task RunAsync(this WebApplication app, bool demo, TextWriter output, CancellationToken cancel)
    {
        await app.Services.GetRequiredService<Migrator>().RunAsync(cancel);
        if (app.Services.GetRequiredService<Database>() is SqliteDatabase) await app.Services.GetRequiredService<Outbox>().TakeBackAsync(cancel);
        if (demo) await app.Services.GetRequiredService<LoadDemo>().RunAsync(cancel);
        await app.StartAsync(cancel);
        await PrintAsync(app, output, cancel);
        await app.WaitForShutdownAsync(cancel);
    }

    /// <summary>Addresses that work when clicked.</summary>
    private static async Task PrintAsync(WebApplication app, TextWriter output, CancellationToken cancel)
    {
        var addresses = app.Services.GetRequiredService<PublicAddress>();
        await output.WriteLineAsync($"Latchkey is listening on {string.Join(", ", app.Urls)}");
        var storefronts = await app.Services.GetRequiredService<StorefrontDirectory>().AllAsync(cancel);
        foreach (var storefront in storefronts.Take(MostPrinted))
        {
            await output.WriteLineAsync($"  {storefront.Name,-24} {addresses.Of(storefront)}/");
            await output.WriteLineAsync($"  {"",-24} {addresses.PortalOf(storefront)}");
        }
        await output.WriteLineAsync($"  {"Console",-24} {addresses.Console}");
        if (await app.Services.GetRequiredService<SetUp>().OfferAsync(cancel) is { } token)
            await output.WriteLineAsync($"  {"Nobody works here yet:",-24} {addresses.Console}/portal/set-up?token={token}   (works once, for a day)");
        if (app.Services.GetService<BuiltInMailbox>() is not null)
            await output.WriteLineAsync(addresses.IsLocal
                ? $"  {"Mailbox",-24} {addresses.Installation.AbsoluteUri.TrimEnd('/')}/mailbox   (no mail leaves this machine: Mail__Smtp is not set)"
                : "WARNING: Mail__Smtp is not set, so no mail is sent. Set it to smtp://user:password@relay:587.");
        await output.FlushAsync(cancel);
    }
}
