using System.Data.Common;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Wakes <see cref="SendLinks"/> on this node.</summary>
public sealed class SendLinksSignal
{
    private readonly Signal signal = new();

    public void Set() => signal.Set();

    public Task WaitAsync(TimeSpan most, CancellationToken cancel) => signal.WaitAsync(most, cancel);
}

/// <summary>
/// Turns stored requests into mails: looks the account up, makes the link, and writes the mail to the outbox, all in one transaction.
/// This is the only place where a request meets an account, and nobody waits for it.
/// </summary>
public sealed partial class SendLinks(Database database, SignInRequests requests, Outbox outbox, SendLinksSignal signal, TimeProvider clock, ILogger<SendLinks> log)
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
                var (taken, mails) = await database.WriteAsync(ResolveAsync, stoppingToken);
                outbox.Announce(mails);
                if (taken == MostAtOnce) continue;
                await signal.WaitAsync(LookEvery, stoppingToken);
                await Task.Delay(database.Patience, stoppingToken);
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

    private async Task<(int Taken, EnqueuedMails Mails)> ResolveAsync(DbTransaction transaction)
    {
        var resolved = await requests.ResolveAsync(transaction, MostAtOnce);
        return (resolved.Count, await outbox.EnqueueAsync(transaction, MailLane.SignIn, [.. resolved.Where(r => r.IsMailed).Select(MailFor)]));
    }

    private NewMail MailFor(ResolvedRequest request)
    {
        var now = clock.GetUtcNow();
        return new NewMail
        {
            OrganizationId = request.Where.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = request.Where.StorefrontId,
            Kind = SignInLinkMail.Kind,
            AccountId = request.AccountId,
            RequestId = request.Id,
            LinkNumber = request.Mails,
            About = SignInLinkMail.About(request.AskedAt, request.Device),
            ToAddress = request.Email!,
            Locale = request.Locale,
            CreatedAt = now,
            GiveUpAt = request.EndsAt,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sign-in requests could not be turned into mails; they wait.")]
    private partial void Failed(Exception exception);
}
