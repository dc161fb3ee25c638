using System.Data.Common;
using Latchkey.Features.Passwords.Mails;
using Latchkey.Features.SignIn;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>
/// Signs a browser in by e-mail address and password. Three steps for every address alike: the try is counted and on disk, the password is
/// compared (with a made-up hash where there is none), and what follows is written.
/// </summary>
public sealed class SignInByPassword(
    Database database, AccountPasswords passwords, PasswordHashing hashing, Sessions sessions, SignedIn signedIn, ActivityLog activity,
    Outbox outbox, AccountNotices notices)
{
    /// <param name="before">Who was signed in here before, if anybody: that session ends.</param>
    public async Task<PasswordSignIn> RunAsync(
        Storefront storefront, EmailAddress address, string typed, Visitor visitor, LiveSession? before, CancellationToken cancel)
    {
        var tried = await database.WriteAsync(t => passwords.CountAsync(t, storefront.Key, storefront.Policy, address, visitor.Ip), cancel);
        if (tried.LimitedUntil is { } until) return new(PasswordOutcome.Limited, null, until);

        var match = await hashing.VerifyAsync(tried.Hash, typed, cancel);
        if (match == PasswordMatch.Wrong) return await RefuseAsync(storefront, tried, cancel);
        if (tried.State != "proven") return await AskToConfirmAsync(storefront, tried, cancel);

        string hash = match == PasswordMatch.RightButOld ? await hashing.HashAsync(typed, cancel) : tried.Hash!;
        var session = await database.WriteAsync(t => StartAsync(t, storefront, tried, hash, visitor, before), cancel);
        return session is null ? new(PasswordOutcome.Refused, null, null) : new(PasswordOutcome.SignedIn, session, null);
    }

    private async Task<PasswordSignIn> RefuseAsync(Storefront storefront, PasswordTry tried, CancellationToken cancel)
    {
        var mails = await database.WriteAsync(async t =>
        {
            await activity.AppendAsync(t, Refused(storefront, tried));
            var told = await passwords.WrongAsync(t, storefront.Key, tried.AccountId ?? Guid.Empty);
            return told is null ? null : await notices.EnqueueAsync(t, storefront, told, PasswordPausedMail.Kind);
        }, cancel);
        if (mails is not null) outbox.Announce(mails);
        return new(PasswordOutcome.Refused, null, null);
    }

    private async Task<PasswordSignIn> AskToConfirmAsync(Storefront storefront, PasswordTry tried, CancellationToken cancel)
    {
        await database.WriteAsync(t => AccountPasswords.ForgetFailuresAsync(t, storefront.Key, tried.AccountId!.Value), cancel);
        return new(PasswordOutcome.NotConfirmed, null, null);
    }

    private async Task<StartedSession?> StartAsync(
        DbTransaction transaction, Storefront storefront, PasswordTry tried, string hash, Visitor visitor, LiveSession? before)
    {
        if (!await AccountPasswords.RightAsync(transaction, storefront.Key, tried.AccountId!.Value, tried.Hash!, hash)) return null;
        var session = await sessions.StartAsync(transaction, storefront.Key, storefront.Policy, tried.AccountId.Value, "password", visitor);
        if (session is not null) await signedIn.NoteAsync(transaction, storefront, session, before);
        return session;
    }

    private static Happened Refused(Storefront storefront, PasswordTry tried) => new(storefront.OrganizationId, ActivityType.SIGN_IN, "password refused")
    {
        StorefrontId = storefront.Id,
        AccountId = tried.AccountId,
    };
}

/// <param name="Session">Set when signed in.</param>
/// <param name="AgainAt">Set when limited.</param>
public sealed record PasswordSignIn(PasswordOutcome Outcome, StartedSession? Session, DateTimeOffset? AgainAt);

public enum PasswordOutcome
{
    SignedIn,
    /// <summary>Wrong, unknown, closed or pausing: nobody is told which.</summary>
    Refused,
    /// <summary>The right password of an address that was never confirmed.</summary>
    NotConfirmed,
    Limited,
}
