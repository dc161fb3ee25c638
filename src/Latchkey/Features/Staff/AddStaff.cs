using System.Data.Common;
using Dapper;
using Latchkey.Features.Staff.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Staff;

/// <summary>
/// Invites somebody to an organization's console. The invitation holds no secret: it leads to the console's sign-in, which only the holder
/// of the invited address passes (GHSA-v6q3-xqxm-6f5v: a pending invitation that staff can read).
/// </summary>
public sealed class AddStaff(Database database, Outbox outbox, ActivityLog activity, TimeProvider clock)
{
    /// <param name="organizationId">The organization; for Support the installation.</param>
    /// <param name="email">Whom.</param>
    /// <param name="name">Their name, when it is known.</param>
    /// <param name="role">What they become.</param>
    /// <param name="by">Who invites: goes into the record.</param>
    /// <param name="cancel">Cancels the work.</param>
    /// <returns>False when they are there already.</returns>
    public async Task<bool> RunAsync(Guid organizationId, EmailAddress email, string? name, StaffRole role, string by, CancellationToken cancel)
    {
        var (added, mails) = await database.WriteAsync(t => AddAsync(t, organizationId, email, name, role, by, isMailed: true), cancel);
        outbox.Announce(mails);
        return added;
    }

    /// <summary>In the caller's transaction. Announce the mails after it.</summary>
    internal async Task<(bool Added, EnqueuedMails Mails)> AddAsync(
        DbTransaction transaction, Guid organizationId, EmailAddress email, string? name, StaffRole role, string by, bool isMailed)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        await connection.ExecuteAsync(TeamSql.TakeTurn, new { OrganizationId = organizationId }, transaction);
        var account = new { installation = ConsoleRealm.Installation, realm = ConsoleRealm.Key.StorefrontId, id = Guid.CreateVersion7(now), email = email.Value, now };
        await connection.ExecuteAsync(TeamSql.AddAccount, account, transaction);
        var accountId = await connection.ExecuteScalarAsync<Guid>(TeamSql.AccountOf, account, transaction);
        var added = await connection.ExecuteScalarAsync<Guid?>(TeamSql.Add, new
        {
            OrganizationId = organizationId, accountId, role = role.ToString(), name, by, now, invitedAfter = now - StaffMembers.InvitationLifetime,
        }, transaction);
        if (added is null) return (false, EnqueuedMails.None);
        await activity.AppendAsync(transaction, new Happened(organizationId, ActivityType.STAFF, "staff invited")
        {
            SubjectId = accountId,
            Actor = by,
            Detail = $"{email.Masked}, {role}",
        });
        return (true, isMailed ? await outbox.EnqueueAsync(transaction, MailLane.SignIn, [InvitationMail.To(email, organizationId, accountId, role, by, now)]) : EnqueuedMails.None);
    }
}
