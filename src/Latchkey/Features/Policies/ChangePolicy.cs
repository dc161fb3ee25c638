using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Policies;

/// <summary>Changes how a storefront's customers sign in. It holds on every node within two seconds, without a restart.</summary>
public sealed class ChangePolicy(Database database, StorefrontDirectory storefronts, ActivityLog activity)
{
    private const string Save = "update storefront set policy = @policy where organization_id = @OrganizationId and id = @Id and policy = @before";

    /// <param name="storefront">The storefront, with the policy the change was made on.</param>
    /// <param name="policy">The new one.</param>
    /// <param name="by">Who changes it: goes into the record.</param>
    /// <param name="cancel">Cancels the work.</param>
    public async Task<PolicyChange> RunAsync(Storefront storefront, SignInPolicy policy, string by, CancellationToken cancel)
    {
        if (policy.Problems() is { Count: > 0 } problems) return new(PolicyChangeOutcome.Unsafe, problems);
        if (PolicyFields.Differences(storefront.Policy, policy) is not { Count: > 0 } changes) return new(PolicyChangeOutcome.InForce, []);
        bool saved = await database.WriteAsync(async t =>
        {
            int rows = await t.Connection!.ExecuteAsync(
                Save, new { storefront.OrganizationId, storefront.Id, policy = PolicyJson.Write(policy), before = storefront.PolicyText }, t);
            if (rows == 1)
                await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.STAFF, "changed the sign-in policy")
                {
                    StorefrontId = storefront.Id,
                    Actor = by,
                    Changes = changes,
                });
            return rows == 1;
        }, cancel);
        storefronts.Forget();
        return new(saved ? PolicyChangeOutcome.InForce : PolicyChangeOutcome.ChangedMeanwhile, []);
    }
}

public enum PolicyChangeOutcome
{
    InForce,
    /// <summary>See the problems.</summary>
    Unsafe,
    /// <summary>Somebody else changed it meanwhile: look at it again, then repeat the change.</summary>
    ChangedMeanwhile,
}

public sealed record PolicyChange(PolicyChangeOutcome Outcome, IReadOnlyList<PolicyProblem> Problems);
