using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Chooses by which account at Stripe an organization takes payments. The key is sealed, and never shown again.</summary>
public sealed class ChoosePaymentAccount(Database database, PaymentAccounts accounts, ActivityLog activity)
{
    /// <returns>What of it can't be right; nothing, when it is in force.</returns>
    public async Task<WrongSecret> RunAsync(Guid organization, string apiKey, string secrets, bool debits, string staff)
    {
        if (accounts.WrongOf(apiKey, secrets) is not WrongSecret.None and var wrong) return wrong;
        await database.WriteAsync(async t =>
        {
            await accounts.SaveAsync(t, organization, apiKey, secrets, debits);
            await activity.AppendAsync(t, new Happened(organization, ActivityType.STAFF, "chose the payment account") { Actor = staff, Detail = "own" });
        });
        return WrongSecret.None;
    }

    /// <summary>Back to the installation's account, if it has one.</summary>
    public Task RemoveAsync(Guid organization, string staff) => database.WriteAsync(async t =>
    {
        if (await PaymentAccounts.RemoveAsync(t, organization) > 0)
            await activity.AppendAsync(t, new Happened(organization, ActivityType.STAFF, "chose the payment account") { Actor = staff, Detail = "as the installation" });
    });
}
