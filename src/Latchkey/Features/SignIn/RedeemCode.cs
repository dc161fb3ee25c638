using System.Data.Common;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Signs a browser in by the code in the mail. The try is counted in a transaction of its own: it counts whatever happens after.</summary>
public sealed class RedeemCode(Database database, SignInCodes codes, SignedIn signedIn, Outbox outbox, AccountNotices notices)
{
    /// <param name="before">Who was signed in here before, if anybody: that session ends.</param>
    public async Task<(CodeTry Try, StartedSession? Session)> RunAsync(
        Storefront storefront, Guid requestId, string typed, Visitor visitor, LiveSession? before, CancellationToken cancel)
    {
        var counted = await database.WriteAsync(t => codes.CountAsync(t, storefront.Key, storefront.Policy, requestId, visitor.Browser), cancel);
        if (counted.Paused is not null) counted = await PauseAsync(storefront, counted, cancel);
        // Also when it cannot match: the time it takes tells nothing.
        var session = await database.WriteAsync(t => RedeemAsync(t, storefront, counted, typed, visitor, before), cancel);
        return (counted, session);
    }

    private async Task<CodeTry> PauseAsync(Storefront storefront, CodeTry counted, CancellationToken cancel)
    {
        var (now, mails) = await database.WriteAsync(async t =>
        {
            var (tried, told) = await codes.PauseAsync(t, storefront.Key, storefront.Policy, counted);
            return (tried, told is null ? EnqueuedMails.None : await notices.EnqueueAsync(t, storefront, told, CodesPausedMail.Kind));
        }, cancel);
        outbox.Announce(mails);
        return now;
    }

    private async Task<StartedSession?> RedeemAsync(
        DbTransaction transaction, Storefront storefront, CodeTry counted, string typed, Visitor visitor, LiveSession? before)
    {
        var session = await codes.RedeemAsync(transaction, storefront.Key, storefront.Policy, counted, typed, visitor);
        if (session is not null) await signedIn.NoteAsync(transaction, storefront, session, before);
        return session;
    }
}
