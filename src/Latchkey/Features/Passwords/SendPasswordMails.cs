using System.Data.Common;
using Latchkey.Features.Passwords.Mails;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>Wakes <see cref="SendPasswordMails"/> on this node.</summary>
public sealed class SendPasswordMailsSignal : Signal;

/// <summary>Answers what was asked about passwords with mails. The only place where such an ask meets an account.</summary>
public sealed class SendPasswordMails(
    Database database, PasswordAsks asks, PasswordLetters letters, Outbox outbox, SendPasswordMailsSignal signal, ILogger<SendPasswordMails> log)
    : AnswersByMail(database, outbox, signal, log)
{
    protected override async Task<AnsweredAsks> AnswerAsync(DbTransaction transaction, int most)
    {
        var (taken, mails) = await asks.AnswerAsync(transaction, most);
        return new AnsweredAsks(taken, [.. mails.Select(letters.For)]);
    }
}
