using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Payments;

/// <summary>What a customer does with the methods on file: look, choose the default, remove.</summary>
public sealed class ChangeMethods(Database database, PaymentAccounts accounts, StripeApi stripe, KeepMethods keepMethods, ActivityLog activity, TimeProvider clock)
{
    public Task<IReadOnlyList<KeptMethod>> ListAsync(Storefront storefront, Guid accountId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<KeptMethod>>(async c =>
        (await c.QueryAsync<KeptMethod>(new CommandDefinition(MethodSql.OfAccount, new { organization = storefront.OrganizationId, account = accountId }, cancellationToken: cancel))).AsList(), cancel);

    /// <returns>False when there is no such method that works.</returns>
    public async Task<bool> MakeDefaultAsync(Storefront storefront, Guid accountId, Guid id, CancellationToken cancel)
    {
        if (await FindAsync(storefront, accountId, id, cancel) is not { State: MethodState.Active } method) return false;
        return await database.WriteAsync(async t =>
        {
            var (organization, customer) = (storefront.OrganizationId, method.CustomerId);
            await t.Connection!.ExecuteAsync(MethodSql.ClearDefault, new { organization, customer, id, no = false }, t);
            if (await t.Connection!.ExecuteAsync(MethodSql.SetDefault, new { organization, customer, id, yes = true }, t) == 0) return false;
            await activity.AppendAsync(t, About(storefront, accountId, "default payment method chosen", method));
            return true;
        }, cancel);
    }

    public async Task<MethodRemoval> RemoveAsync(Storefront storefront, Guid accountId, Guid id, CancellationToken cancel)
    {
        var organization = storefront.OrganizationId;
        if (await FindAsync(storefront, accountId, id, cancel) is not { } method) return MethodRemoval.NotFound;
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(MethodSql.IsUsed, new { organization, method = method.MethodId }), cancel) is not null) return MethodRemoval.InUse;
        // Gone here first: it pays nothing from now on, and the word that it was detached finds nobody to be told.
        await database.WriteAsync(t => t.Connection!.ExecuteAsync(MethodSql.Gone, new { organization, id, no = false, now = clock.GetUtcNow() }, t), CancellationToken.None);
        if (method.State is MethodState.Active or MethodState.Revoked && await accounts.ForAsync(organization, method.Provider) is { } account)
        {
            var answer = await stripe.PostAsync(account, $"/v1/payment_methods/{Uri.EscapeDataString(method.MethodId)}/detach", new StripeForm(), $"detach-{method.Id}", CancellationToken.None);
            // One that the provider does not have, or that is attached to nobody, is as good as removed.
            if (answer.Error is { Problem: not (StripeProblem.Missing or StripeProblem.Refused) })
            {
                await database.WriteAsync(t => t.Connection!.ExecuteAsync(MethodSql.Back, new
                {
                    organization, id, customer = method.CustomerId, state = method.State.ToString().ToLowerInvariant(), wasDefault = method.IsDefault,
                }, t), CancellationToken.None);
                return MethodRemoval.TryLater;
            }
        }
        await database.WriteAsync(async t =>
        {
            await t.Connection!.ExecuteAsync(MethodSql.ChooseDefault, new { organization, customer = method.CustomerId, yes = true }, t);
            await activity.AppendAsync(t, About(storefront, accountId, "payment method removed", method));
        }, CancellationToken.None);
        return MethodRemoval.Removed;
    }

    /// <summary>Looks at the provider, after it told that something changed.</summary>
    /// <returns>False when the provider can't say.</returns>
    public async Task<bool> RefreshAsync(Guid organization, string customerName, CancellationToken cancel) =>
        await accounts.ForAsync(organization) is not { } account || await keepMethods.RunAsync(organization, account, customerName, cancel);

    private async Task<KeptMethod?> FindAsync(Storefront storefront, Guid accountId, Guid id, CancellationToken cancel) => (await ListAsync(storefront, accountId, cancel)).FirstOrDefault(m => m.Id == id);

    private static Happened About(Storefront storefront, Guid accountId, string what, KeptMethod method) => new(storefront.OrganizationId, ActivityType.BILLING, what)
    {
        StorefrontId = storefront.Id,
        AccountId = accountId,
        SubjectId = method.Id,
        Detail = method.Type,
    };
}

public enum MethodRemoval
{
    Removed,
    NotFound,
    /// <summary>A payment by it is under way.</summary>
    InUse,
    /// <summary>The provider can't be reached.</summary>
    TryLater,
}
