using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Features.MailDelivery;

/// <summary>Chooses by which provider an organization's mail leaves. It holds on every node within two seconds, without a restart.</summary>
internal sealed class ChooseMailProvider(Database database, MailProviders providers, ActivityLog activity)
{
    /// <param name="organization">The organization.</param>
    /// <param name="provider">Its own provider; null: the way of the installation.</param>
    /// <param name="fields">The settings, by the names of <see cref="MailProviderFields"/>. They are sealed, and never shown again.</param>
    /// <param name="staff">Who chooses: goes into the record.</param>
    /// <returns>Why it was refused; null when it is in force.</returns>
    public async Task<string?> RunAsync(Guid organization, MailProviderName? provider, IReadOnlyDictionary<string, string> fields, string staff)
    {
        var given = fields.Where(f => f.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
        if (provider is { } chosen && providers.ProblemOf(chosen, given) is { } problem) return problem;
        await database.WriteAsync(async t =>
        {
            if (provider is { } name) await providers.SaveAsync(t, organization, name, given);
            else await MailProviders.RemoveAsync(t, organization);
            await activity.AppendAsync(t, new Happened(organization, ActivityType.STAFF, "chose the mail provider") { Actor = staff, Detail = provider?.ToString() ?? "as the installation" });
        });
        providers.Forget(organization);
        return null;
    }
}
