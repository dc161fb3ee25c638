using Latchkey.Features.Approvals;
using Latchkey.Features.Emails;
using Latchkey.Features.ImportJobs;
using Latchkey.Features.Payments;

namespace Latchkey.Features.Home;

/// <summary>What somebody of the team should look at.</summary>
internal sealed class WaitingWork(FindMails mails, ApprovalList approvals, ListPayments payments, FindImports imports)
{
    /// <param name="organizationId">Whose.</param>
    /// <param name="cancel">Cancels the reading.</param>
    public async Task<(int FailedMails, int Approvals, int Imports)> RunAsync(Guid organizationId, CancellationToken cancel) =>
        (await mails.CountFailedAsync(organizationId, TimeSpan.FromHours(24), cancel), await approvals.CountWaitingAsync(organizationId, cancel) + await payments.CountWaitingRefundsAsync(organizationId, cancel), await imports.CountUnderWayAsync(organizationId, cancel));
}
