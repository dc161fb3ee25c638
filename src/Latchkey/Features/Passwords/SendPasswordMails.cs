using System.Data.Common;
using Latchkey.Features.Passwords.Mails;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>Answers what was asked about passwords with mails. The only place where such an ask meets an account, and nobody waits for it.</summary>
public sealed partial class SendPasswordMails(
    Database database, PasswordAsks asks, PasswordLetters letters, Outbox outbox, SendPasswordMailsSignal signal, ILogger<SendPasswordMails> log)
    : BackgroundService
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (taken, mails) = await database.WriteAsync(AnswerAsync, stoppingToken);
                outbox.Announce(mails);
                if (taken < MostAtOnce) await signal.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e);
                await Task.Delay(LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<(int Taken, EnqueuedMails Mails)> AnswerAsync(DbTransaction transaction)
    {
        var (taken, mails) = await asks.AnswerAsync(transaction, MostAtOnce);
        return (taken, await outbox.EnqueueAsync(transaction, MailLane.SignIn, [.. mails.Select(letters.For)]));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was asked about passwords could not be answered; it waits.")]
    private partial void Failed(Exception exception);
}
