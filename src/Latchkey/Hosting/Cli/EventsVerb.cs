using System.CommandLine;
using System.Globalization;
using Latchkey.Features.MailDelivery;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Inbox;

namespace Latchkey.Hosting.Cli;

/// <summary>
/// <c>latchkey events [--replay ID|all]</c>: what was reported to the installation's own accounts at Stripe and at mail providers and
/// matches no organization, or could not be worked off. It belongs to no organization, so no console shows it.
/// </summary>
public static class EventsVerb
{
    private const int Most = 1000;
    private static readonly Option<string> Replay = new("--replay") { Description = "Take an event up again, by the id that the list shows; or all of them." };

    public static Command Create()
    {
        var command = new Command("events", "List events of the installation's own provider accounts that are not settled, and take them up again.") { Replay };
        command.SetAction((result, cancel) => Verbs.OnServicesAsync(async services =>
        {
            await services.GetRequiredService<Migrator>().RunAsync(cancel);
            return await RunAsync(services, result.GetValue(Replay), Console.Out);
        }));
        return command;
    }

    /// <returns>0; 1 when there is no event to take up.</returns>
    internal static async Task<int> RunAsync(IServiceProvider services, string? replay, TextWriter to)
    {
        var events = await services.GetRequiredService<WebhookInbox>().UnsettledAsync(Guid.Empty, Most);
        if (replay is not null && (replay != "all" || events.Any(e => e.State is WebhookState.Unmatched or WebhookState.Failed))) return await ReplayAsync(services.GetRequiredService<ReplayWebhook>(), [.. events.Where(e => replay == "all" || e.Id.ToString() == replay || e.EventId == replay)], to);
        if (events.Count == 0) await to.WriteLineAsync("Every event is settled.");
        foreach (var one in events)
            await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.Id}  {one.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {one.State.ToString().ToLowerInvariant(),-9}  {one.Provider}  {one.Kind ?? "-"}  {one.EventId}  {one.Reason}"));
        return 0;
    }

    private static async Task<int> ReplayAsync(ReplayWebhook replay, IReadOnlyList<UnsettledEvent> events, TextWriter to)
    {
        int taken = 0;
        foreach (var one in events) taken += await replay.RunAsync(Guid.Empty, one.Id, Verbs.Operator) ? 1 : 0;
        await to.WriteLineAsync(taken == 0 ? "No such event waits to be taken up: only unmatched and failed ones do." : $"Taken up again: {taken}. The running server works them off within seconds.");
        return taken == 0 ? 1 : 0;
    }
}
