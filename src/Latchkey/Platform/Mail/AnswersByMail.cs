using System.Data.Common;
using Latchkey.Platform.Data;

namespace Latchkey.Platform.Mail;

/// <summary>
/// Answers with mails what pages have stored: waits for its signal, takes a batch, writes its mails to the outbox. Nobody waits for it.
/// </summary>
public abstract partial class AnswersByMail(Database database, Outbox outbox, Signal signal, ILogger log) : BackgroundService
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    /// <summary>
    /// The answer to the ask leaves before this work begins: a known address is more work than an unknown one, and on a small machine that
    /// would show in the time its own answer takes. It also lets several asks gather.
    /// </summary>
    private static readonly TimeSpan AnswerFirst = TimeSpan.FromMilliseconds(5);

    /// <summary>Takes what waits. Its mails are written in the same transaction.</summary>
    protected abstract Task<AnsweredAsks> AnswerAsync(DbTransaction transaction, int most);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (taken, mails, texts) = await database.WriteAsync(TakeAsync, stoppingToken);
                outbox.Announce(mails);
                outbox.Announce(texts);
                if (taken == MostAtOnce) continue;
                await signal.WaitAsync(LookEvery, stoppingToken);
                await Task.Delay(AnswerFirst, stoppingToken);
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

    private async Task<(int Taken, EnqueuedMails Mails, EnqueuedMails Texts)> TakeAsync(DbTransaction transaction)
    {
        var answered = await AnswerAsync(transaction, MostAtOnce);
        return (answered.Taken, await outbox.EnqueueAsync(transaction, MailLane.SignIn, answered.Mails), await outbox.EnqueueAsync(transaction, MailLane.Sms, answered.Texts));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was asked for could not be turned into mails; it waits.")]
    private partial void Failed(Exception exception);
}

/// <summary>A batch of what waited, and what is to be sent for it.</summary>
public sealed record AnsweredAsks(int Taken, IReadOnlyList<NewMail> Mails)
{
    public IReadOnlyList<NewMail> Texts { get; init; } = [];
}
