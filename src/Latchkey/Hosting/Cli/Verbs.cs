using System.CommandLine;
using Latchkey.Features.Demo;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Hosting.Cli;

/// <summary>The verbs of the command line. Settings come from the environment, as the server's do.</summary>
public static class Verbs
{
    public static Command Serve()
    {
        var demo = new Option<bool>("--demo") { Description = "Load the demo organizations first." };
        var command = new Command("serve", "Run the server. Settings such as --urls are passed on to it.") { demo };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (result, cancel) =>
        {
            await using var app = PortalHost.Build([.. result.UnmatchedTokens]);
            await app.RunAsync(result.GetValue(demo), Console.Out, cancel);
            return 0;
        });
        return command;
    }

    public static Command Migrate() => Verb("migrate", "Bring the database up to this version.", async (services, cancel) =>
    {
        var applied = await services.GetRequiredService<Migrator>().RunAsync(cancel);
        Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"Applied migrations {string.Join(", ", applied)}.");
        return 0;
    });

    public static Command Demo() => Verb("demo", "Load the demo organizations.", async (services, cancel) =>
    {
        await services.GetRequiredService<Migrator>().RunAsync(cancel);
        bool loaded = await services.GetRequiredService<LoadDemo>().RunAsync(cancel);
        Console.WriteLine(loaded ? "The demo is loaded." : "The demo was loaded already.");
        return 0;
    });

    public static Command Backup()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The new file. It must not exist yet." };
        var command = new Command("backup", "Copy the whole database, as of one moment, while it is in use.") { file };
        command.SetAction((result, cancel) => OnServicesAsync(async services =>
        {
            var target = result.GetRequiredValue(file);
            if (target.Exists)
            {
                await Console.Error.WriteLineAsync($"{target.FullName} exists already. Choose another name: a backup never overwrites one.");
                return 1;
            }
            if (target.Directory is { Exists: false } folder)
            {
                await Console.Error.WriteLineAsync($"The folder {folder.FullName} does not exist. Create it first.");
                return 1;
            }
            await services.GetRequiredService<Database>().BackupAsync(target.FullName, cancel);
            target.Refresh();
            Console.WriteLine($"Backed up to {target.FullName} ({target.Length:N0} bytes). Back up the installation key too, apart from it.");
            return 0;
        }));
        return command;
    }

    private static Command Verb(string name, string description, Func<IServiceProvider, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, cancel) => OnServicesAsync(services => run(services, cancel)));
        return command;
    }

    /// <summary>Who sits at the command line, for the record.</summary>
    internal static string Operator => $"{Environment.UserName} at the command line";

    /// <exception cref="InvalidOperationException">There is none; the message lists those there are.</exception>
    internal static async Task<Storefront> StorefrontAsync(IServiceProvider services, string slug, CancellationToken cancel)
    {
        var storefronts = services.GetRequiredService<StorefrontDirectory>();
        if (await storefronts.BySlugAsync(slug, cancel) is { } found) return found;
        var known = await storefronts.AllAsync(cancel);
        throw new InvalidOperationException(known.Count == 0
            ? "There is no storefront yet. For a look around, run `latchkey demo` first."
            : $"There is no storefront “{slug}”. Known: {string.Join(", ", known.Select(s => s.Slug))}.");
    }

    /// <summary>The server's services without the server.</summary>
    internal static async Task<int> OnServicesAsync(Func<IServiceProvider, Task<int>> run)
    {
        await using var app = PortalHost.Build([]);
        try
        {
            return await run(app.Services);
        }
        catch (Exception e) when (e is SchemaException or FormatException or System.Data.Common.DbException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
