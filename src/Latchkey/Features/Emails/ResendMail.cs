using Dapper;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Emails;

/// <summary>
/// "Resend". For a mail that signs in it is a new link, to the address that the account has now; any other is written once more with the
/// same content, as long as that still means something.
/// </summary>
public sealed class ResendMail(
    Database database, ReadMail readMail, SendPortalLink sendPortalLink, Suppressions suppressions, Outbox outbox, StorefrontDirectory storefronts, ActivityLog activity, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <param name="organizationId">Whose mail.</param>
    /// <param name="id">Which.</param>
    /// <param name="staff">Who resends it: goes into the record.</param>
    /// <param name="cancel">Cancels the work.</param>
    public async Task<ResendAnswer> RunAsync(Guid organizationId, Guid id, string staff, CancellationToken cancel)
    {
        if (await readMail.RunAsync(organizationId, id, cancel) is not { } mail) return new(ResendOutcome.Unknown);
        if (mail.State == "queued") return new(ResendOutcome.Waiting);
        if (mail.IsForgotten) return new(ResendOutcome.Over);
        if (await suppressions.ReasonAsync(organizationId, mail.Channel, mail.ToAddress) is not null) return new(ResendOutcome.Suppressed);
        return IsLink(mail) ? await LinkAsync(mail, organizationId, staff, cancel) : await AgainAsync(mail, organizationId, staff, cancel);
    }

    /// <summary>Whether it signs in.</summary>
    public static bool IsLink(ListedMail mail) => mail.Kind is SignInLinkMail.Kind or SignInCodeSms.Kind;

    private async Task<ResendAnswer> LinkAsync(OpenMail mail, Guid organizationId, string staff, CancellationToken cancel)
    {
        if (mail.ContactId is not { } contact || await storefronts.ByKeyAsync(new StorefrontKey(organizationId, mail.StorefrontId), cancel) is not { } storefront)
            return new(ResendOutcome.NoContact);
        var answer = await sendPortalLink.RunAsync(storefront, contact, staff, cancel);
        return answer.Outcome switch
        {
            PortalLinkOutcome.Sent => new(ResendOutcome.Sent),
            PortalLinkOutcome.NoContact => new(ResendOutcome.NoContact),
            PortalLinkOutcome.NoAddress => new(ResendOutcome.NoAddress),
            PortalLinkOutcome.AccountClosed => new(ResendOutcome.AccountClosed),
            PortalLinkOutcome.Limited => new(ResendOutcome.Limited, answer.AgainAt),
        };
    }

    private async Task<ResendAnswer> AgainAsync(OpenMail mail, Guid organizationId, string staff, CancellationToken cancel)
    {
        var (answer, mails) = await database.WriteAsync(async t =>
        {
            var now = clock.GetUtcNow();
            if (mail.GiveUpAt <= now) return (new ResendAnswer(ResendOutcome.Over), EnqueuedMails.None);
            var same = new { organizationId, id = mail.Id, mail.ToAddress, mail.Kind, after = now - Pause };
            await t.Connection!.ExecuteAsync(EmailSql.TakeTurn, same, t);
            if (await t.Connection!.ExecuteScalarAsync<object?>(EmailSql.SentLately, same, t) is not null) return (new ResendAnswer(ResendOutcome.Limited, now + Pause), EnqueuedMails.None);
            var again = new NewMail
            {
                OrganizationId = organizationId,
                Id = Guid.CreateVersion7(now),
                StorefrontId = mail.StorefrontId,
                Kind = mail.Kind,
                AccountId = mail.AccountId,
                RequestId = mail.RequestId,
                LinkNumber = mail.LinkNumber,
                About = mail.About,
                ToAddress = mail.ToAddress,
                ToName = mail.ToName,
                Locale = mail.Locale,
                CreatedAt = now,
                GiveUpAt = mail.GiveUpAt,
            };
            await activity.AppendAsync(t, new Happened(organizationId, ActivityType.STAFF, "resent a mail")
            {
                StorefrontId = mail.StorefrontId,
                AccountId = mail.AccountId,
                SubjectId = again.Id,
                Actor = staff,
                Detail = mail.Kind,
            });
            return (new ResendAnswer(ResendOutcome.Sent) { MailId = again.Id }, await outbox.EnqueueAsync(t, (MailLane)mail.Lane, [again]));
        }, cancel);
        outbox.Announce(mails);
        return answer;
    }
}

/// <param name="Outcome">What became of it.</param>
/// <param name="AgainAt">When it may be tried again, when there were too many.</param>
public sealed record ResendAnswer(ResendOutcome Outcome, DateTimeOffset? AgainAt = null)
{
    /// <summary>The new mail, when it has the same content.</summary>
    public Guid? MailId { get; init; }
}

public enum ResendOutcome
{
    Sent,
    /// <summary>The organization has no such mail.</summary>
    Unknown,
    /// <summary>It has not left yet, and is tried by itself.</summary>
    Waiting,
    /// <summary>Nothing is sent to the address until its block is lifted.</summary>
    Suppressed,
    /// <summary>No contact is linked to the account: Support links one.</summary>
    NoContact,
    /// <summary>The contact has no address that mail reaches.</summary>
    NoAddress,
    /// <summary>The account is disabled or merged.</summary>
    AccountClosed,
    /// <summary>Too many to this address.</summary>
    Limited,
    /// <summary>What it says no longer holds.</summary>
    Over,
}
