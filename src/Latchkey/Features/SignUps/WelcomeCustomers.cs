using System.Data.Common;
using Dapper;
using Latchkey.Features.SignUps.Mails;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.SignIn;

namespace Latchkey.Features.SignUps;

/// <summary>Wakes <see cref="WelcomeCustomers"/> on this node.</summary>
public sealed class WelcomeSignal : Signal;

/// <summary>
/// What follows a sign-up that was paid: the account and the mail. The only place where the typed address meets an account, so the pages
/// tell nothing. A new account is unproven: it has no credential and shows nothing until somebody has read its mailbox. An account that was
/// proven before keeps what it shows until its holder says that this is theirs.
/// </summary>
public sealed class WelcomeCustomers(
    Database database, Outbox outbox, WelcomeSignal signal, ActivityLog activity, TimeProvider clock, ILogger<WelcomeCustomers> log) : AnswersByMail(database, outbox, signal, log)
{
    private static readonly TimeSpan MailLifetime = TimeSpan.FromDays(2);

    protected override async Task<AnsweredAsks> AnswerAsync(DbTransaction transaction, int most)
    {
        var done = (await transaction.Connection!.QueryAsync<Signed>(WelcomeSql.Claim, new { now = clock.GetUtcNow(), most }, transaction)).AsList();
        var mails = new List<NewMail>();
        foreach (var one in done)
            if (await AnswerAsync(transaction, one) is { } mail) mails.Add(mail);
        return new AnsweredAsks(done.Count, mails);
    }

    private async Task<NewMail?> AnswerAsync(DbTransaction transaction, Signed one)
    {
        var connection = transaction.Connection!;
        var contact = await connection.QuerySingleAsync<Reached>(WelcomeSql.Contact, one, transaction);
        if (contact.Email is not { } email) return null;
        var account = one.AccountId is null && one.State == SignUpState.Done ? await AccountAsync(transaction, one, email)
            : await connection.QuerySingleOrDefaultAsync<Account>(one.AccountId is null ? WelcomeSql.AccountOf : WelcomeSql.AccountById, new { one.OrganizationId, one.StorefrontId, one.AccountId, email }, transaction);
        bool isOthers = one.AccountId is null && account is { State: not "unproven" };
        var about = await connection.QuerySingleAsync<WelcomeMail.What>(WelcomeSql.About, one, transaction);
        var now = clock.GetUtcNow();
        return new NewMail
        {
            OrganizationId = one.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = one.StorefrontId,
            Kind = one.State == SignUpState.Done ? WelcomeMail.Kind : SoldOutMail.Kind,
            AccountId = account?.Id,
            About = WelcomeMail.About(about with { IsOthers = isOthers }),
            ToAddress = email,
            ToName = contact.FullName,
            Locale = account?.Locale ?? one.Locale,
            CreatedAt = now,
            GiveUpAt = now + MailLifetime,
        };
    }

    private async Task<Account> AccountAsync(DbTransaction transaction, Signed one, string email)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        var row = new { one.OrganizationId, one.StorefrontId, one.Id, one.ContactId, one.Locale, email, newId = Guid.CreateVersion7(now), now };
        bool isNew = await connection.QuerySingleOrDefaultAsync<Guid?>(WelcomeSql.AddAccount, row, transaction) is not null;
        var account = await connection.QuerySingleAsync<Account>(WelcomeSql.AccountOf, row, transaction);
        bool links = account.State == "unproven";
        if (links)
        {
            await connection.ExecuteAsync(SignUpPaymentSql.Link, new { one.OrganizationId, accountId = account.Id, contactId = one.ContactId, now }, transaction);
            await connection.ExecuteAsync(WelcomeSql.Made, new { one.OrganizationId, one.Id, accountId = account.Id }, transaction);
        }
        await activity.AppendAsync(transaction, new Happened(one.OrganizationId, ActivityType.SIGN_IN,
            isNew ? "account made by a sign-up" : links ? "sign-up linked to the account" : "sign-up with the address of an account")
        {
            StorefrontId = one.StorefrontId,
            AccountId = account.Id,
            ContactId = one.ContactId,
            SubjectId = one.Id,
        });
        return account;
    }

    private sealed record Signed
    {
        public required Guid OrganizationId { get; init; }
        public required Guid StorefrontId { get; init; }
        public required Guid Id { get; init; }
        public required SignUpState State { get; init; }
        public Guid? AccountId { get; init; }
        public required Guid ContactId { get; init; }
        public required string Locale { get; init; }
    }

    private sealed record Reached
    {
        public string? Email { get; init; }
        public required string FullName { get; init; }
    }

    private sealed record Account
    {
        public required Guid Id { get; init; }
        public required string State { get; init; }
        public string? Locale { get; init; }
    }
}
