using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Features.SuppressedAddresses;

/// <summary>Lets mail go to an address again: first off the provider's own list, or the next mail would only bring it back to ours.</summary>
internal sealed class LiftSuppression(Database database, Suppressions suppressions, MailProviders providers, ProviderClient client, ActivityLog activity)
{
    /// <param name="organization">The organization.</param>
    /// <param name="channel">One of <see cref="MailChannel"/>.</param>
    /// <param name="address">The address.</param>
    /// <param name="subject">The contact or mail from which it was done: goes into the record, where no address may stand.</param>
    /// <param name="staff">Who does it.</param>
    public async Task<LiftOutcome> RunAsync(Guid organization, string channel, string address, Guid? subject, string staff)
    {
        if (await suppressions.ReasonAsync(organization, channel, address) is not { } reason) return LiftOutcome.NotSuppressed;
        if (channel == MailChannel.Email && await providers.ForAsync(organization) is { } provider && !await client.LiftAsync(provider, address)) return LiftOutcome.ProviderDidNot;
        return await database.WriteAsync(async t =>
        {
            if (!await suppressions.RemoveAsync(t, organization, channel, address)) return LiftOutcome.NotSuppressed;
            await activity.AppendAsync(t, new Happened(organization, ActivityType.STAFF, "lifted a suppression") { SubjectId = subject, Actor = staff, Detail = reason });
            return LiftOutcome.Lifted;
        });
    }
}

public enum LiftOutcome
{
    Lifted,
    NotSuppressed,
    /// <summary>The provider could not be reached or did not take the address off its list: nothing was changed.</summary>
    ProviderDidNot,
}
