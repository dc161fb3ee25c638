using System.Data.Common;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Sms;
using Latchkey.Platform.Tenancy;
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
public sealed partial class SendLinks(
    Database database, SignInRequests requests, Outbox outbox, StorefrontDirectory storefronts, SmsChannel sms, WithoutAccount withoutAccount,
    SendLinksSignal signal, TimeProvider clock, ILogger<SendLinks> log) : BackgroundService
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    /// <summary>
    /// The answer to the ask leaves before this work begins: a known address is more work than an unknown one, and on a small machine that
    /// would show in the time its own answer takes. It also lets several asks gather.
    /// </summary>
    private static readonly TimeSpan AnswerFirst = TimeSpan.FromMilliseconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (taken, mails, texts) = await database.WriteAsync(ResolveAsync, stoppingToken);
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

    private async Task<(int Taken, EnqueuedMails Mails, EnqueuedMails Texts)> ResolveAsync(DbTransaction transaction)
    {
        var resolved = await requests.ResolveAsync(transaction, MostAtOnce);
        var mails = resolved.Where(r => r.IsMailed).Select(r => ForAccount(r, SignInLinkMail.Kind, r.Email!)).ToList();
        var texts = new List<NewMail>();
        foreach (var request in resolved)
        {
            if (request is { IsMailed: true, Phone: { } phone } && await TextsAsync(request)) texts.Add(ForAccount(request, SignInCodeSms.Kind, phone));
            if (request is { AccountId: null, Name.Email: { } address }) mails.AddRange(await withoutAccount.MailsAsync(transaction, request, address));
        }
        return (resolved.Count, await outbox.EnqueueAsync(transaction, MailLane.SignIn, mails), await outbox.EnqueueAsync(transaction, MailLane.Sms, texts));
    }

    private async Task<bool> TextsAsync(ResolvedRequest request) =>
        sms.IsOn && await storefronts.ByKeyAsync(request.Where, CancellationToken.None) is { Policy.CodeBySms: true };

    private NewMail ForAccount(ResolvedRequest request, string kind, string to)
    {
        var now = clock.GetUtcNow();
        return new NewMail
        {
            OrganizationId = request.Where.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = request.Where.StorefrontId,
            Kind = kind,
            AccountId = request.AccountId,
            RequestId = request.Id,
            LinkNumber = request.Mails,
            About = SignInLinkMail.About(request.AskedAt, request.Device, request.IsByStaff),
            ToAddress = to,
            Locale = request.Locale,
            CreatedAt = now,
            GiveUpAt = request.EndsAt,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sign-in requests could not be turned into mails; they wait.")]
    private partial void Failed(Exception exception);
}
