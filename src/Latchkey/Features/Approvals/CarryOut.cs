using System.Data.Common;
using Dapper;
using Latchkey.Features.Contacts;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Approvals;

/// <summary>Does what was approved, in the transaction of the decision.</summary>
public sealed class CarryOut(Accounts accounts, MergeAccounts merge, LinkContacts link)
{
    /// <returns>False when a record changed at this very moment: nothing is done.</returns>
    public async Task<bool> RunAsync(DbTransaction transaction, Storefront storefront, Approval approval, Subjects of)
    {
        switch (approval.Kind)
        {
            case ApprovalKind.Merge:
                return await merge.RunAsync(transaction, storefront, approval.Id, of.Account, of.Other!);
            case ApprovalKind.Reset:
                return await accounts.ResetAsync(transaction, storefront.Key, of.Account.Id);
            case ApprovalKind.Link:
                await link.ByStaffAsync(transaction, storefront, of.Account.Id, of.Contact!.Id);
                return true;
            case ApprovalKind.Unlink:
                return (await transaction.Connection!.QueryAsync<Guid>(
                    ApprovalSql.Unlink, new { storefront.OrganizationId, accountId = of.Account.Id, contactId = of.Contact!.Id }, transaction)).Any();
            case ApprovalKind.TakeOver:
                return await accounts.TakeAddressAsync(transaction, storefront.Key, of.Other!.Id, of.Account.Id, of.Other.Email);
            default:
                throw new InvalidOperationException("A kind without an action.");
        }
    }
}
