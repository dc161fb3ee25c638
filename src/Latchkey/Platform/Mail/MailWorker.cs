using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;

namespace Latchkey.Platform.Mail;

/// <summary>
/// Hands the mails of one lane over. Claim, hand over, mark: three steps with no transaction open while the relay is talked to. A worker
/// killed in between sends again when its lease has ended, with the same Message-ID and the same link.
/// </summary>
public sealed partial class MailWorker(
    MailLane lane, int atOnce, Outbox outbox, Database database, IMailTransport transport, StorefrontDirectory storefronts,
    IEnumerable<MailKind> kinds, PublicAddress addresses, TimeProvider clock, ILogger<MailWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    /// <summary>Nobody waits for a mark: at a busy hour many share a transaction.</summary>
    private static readonly TimeSpan MarkTogether = TimeSpan.FromMilliseconds(25);

    private readonly Dictionary<string, MailKind> kinds = kinds.ToDictionary(k => k.Name, StringComparer.Ordinal);
    private long lookedAt;
    private readonly SemaphoreSlim free = new(atOnce);
    private readonly Channel<AttemptedMail> done = Channel.CreateUnbounded<AttemptedMail>(new() { SingleReader = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var marking = MarkAsync();
        try
        {
            await addresses.KnownAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    if (!await ClaimAndStartAsync(stoppingToken)) await outbox.WaitAsync(lane, LookEvery, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LoopFailed(e, lane);
                    await Task.Delay(LookEvery, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: let what was started end, so that nothing is sent twice.
        }
        for (int i = 0; i < atOnce; i++) await free.WaitAsync(CancellationToken.None);
        done.Writer.Complete();
        await marking;
    }

    /// <returns>Whether there may be more at once.</returns>
    private async Task<bool> ClaimAndStartAsync(CancellationToken stop)
    {
        await free.WaitAsync(stop);
        int slots = 1;
        while (slots < atOnce && free.Wait(0, CancellationToken.None)) slots++;
        var mails = new List<MailRow>(slots);
        try
        {
            while (mails.Count < slots && outbox.TryTake(lane, out var mail)) mails.Add(mail);
            if (mails.Count < slots && (outbox.ShouldLook(lane) || TimeProvider.System.GetElapsedTime(lookedAt) >= LookEvery))
                mails.AddRange(await LookAsync(slots - mails.Count, stop));
        }
        finally
        {
            if (slots > mails.Count) free.Release(slots - mails.Count);
        }
        foreach (var mail in mails) _ = HandOverAsync(mail, stop);
        return mails.Count == slots;
    }

    private async Task<IReadOnlyList<MailRow>> LookAsync(int most, CancellationToken stop)
    {
        IReadOnlyList<MailRow> found = await outbox.IsAnyDueAsync(lane, stop) ? await outbox.ClaimAsync(lane, most) : [];
        // As many as asked for: there may be more, so the next look does not wait.
        lookedAt = found.Count == most ? 0 : TimeProvider.System.GetTimestamp();
        return found;
    }

    private async Task HandOverAsync(MailRow mail, CancellationToken stop)
    {
        try
        {
            // Waited too long in hand: another worker may have it by now.
            if (clock.GetUtcNow() >= mail.LeaseEndsAt) return;
            await done.Writer.WriteAsync(await TryAsync(mail, stop), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            var givenBack = new Handover(HandoverOutcome.TryLater, null, null, "Not tried: the server was stopping.");
            await done.Writer.WriteAsync(new AttemptedMail(mail, null, null, givenBack), CancellationToken.None);
        }
        catch (Exception e)
        {
            // A bug in a template must not stop the lane; the mail is tried again when its lease ends, and shows up here each time.
            MailFailed(e, mail.Id, mail.Kind);
        }
        finally
        {
            free.Release();
        }
    }

    /// <param name="stop">When the server stops, the transport lets a mail end that the relay has in full, and gives back the rest.</param>
    private async Task<AttemptedMail> TryAsync(MailRow mail, CancellationToken stop)
    {
        var storefront = await storefronts.ByKeyAsync(mail.Where, CancellationToken.None);
        var rendered = storefront is not null && clock.GetUtcNow() < mail.GiveUpAt && kinds.TryGetValue(mail.Kind, out var kind)
            ? await RenderAsync(kind, mail, storefront)
            : null;
        if (rendered is null)
            return new AttemptedMail(mail, storefront, null, new Handover(HandoverOutcome.Refused, null, null, "Not sent: its time was over before it could be handed over."));

        var handover = await transport.SendAsync(Address(mail, storefront!, rendered), stop);
        return new AttemptedMail(mail, storefront, rendered, handover);
    }

    /// <summary>In the mail's language. Only this: what the transport writes around the words belongs to no language.</summary>
    private static async Task<RenderedMail?> RenderAsync(MailKind kind, MailRow mail, Storefront storefront)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Culture(mail.Locale);
        return await kind.RenderAsync(mail, storefront, CancellationToken.None);
    }

    private OutgoingMail Address(MailRow mail, Storefront storefront, RenderedMail rendered) => new()
    {
        Id = mail.Id,
        Storefront = storefront.Slug,
        From = new MailAddressee(storefront.SenderAddress, storefront.SenderName),
        To = new MailAddressee(mail.ToAddress, mail.ToName),
        Subject = rendered.Subject,
        Text = rendered.Text,
        Html = rendered.Html,
        MessageId = $"{mail.Id:n}@{storefront.Host ?? addresses.Installation.IdnHost}",
        Date = clock.GetUtcNow(),
        Language = mail.Locale,
        Channel = lane.Channel(),
        OrganizationId = mail.OrganizationId,
        Attempt = mail.Attempts,
        CreatedAt = mail.CreatedAt,
        GiveUpAt = mail.GiveUpAt,
    };

    /// <summary>Marks what has ended, many mails to a transaction when many end at once.</summary>
    private async Task MarkAsync()
    {
        var batch = new List<AttemptedMail>();
        while (await done.Reader.WaitToReadAsync())
        {
            await Task.Delay(MarkTogether);
            batch.Clear();
            while (batch.Count < 128 && done.Reader.TryRead(out var next)) batch.Add(next);
            while (true)
            {
                try
                {
                    await database.WriteAsync(t => MarkAsync(t, batch));
                    break;
                }
                catch (Exception e)
                {
                    // The relay has these mails: keep trying to say so, for as long as this process lives.
                    LoopFailed(e, lane);
                    await Task.Delay(LookEvery);
                }
            }
        }
    }

    private async Task MarkAsync(DbTransaction transaction, List<AttemptedMail> batch)
    {
        var sent = batch.FindAll(m => m.Handover.Outcome == HandoverOutcome.Accepted);
        await outbox.SentAsync(transaction, sent);
        await outbox.DelayedAsync(transaction, batch.FindAll(m => m.Handover.Outcome == HandoverOutcome.TryLater));
        await outbox.FailedAsync(transaction, batch.FindAll(m => m.Handover.Outcome == HandoverOutcome.Refused));
        foreach (var group in sent.GroupBy(m => (m.Mail.Kind, m.Mail.Where)))
            await kinds[group.Key.Kind].HandedOverAsync(transaction, group.First().Storefront!, [.. group.Select(m => m.Mail)]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail worker of lane {Lane} could not reach the database; it goes on trying.")]
    private partial void LoopFailed(Exception exception, MailLane lane);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} of kind {Kind} could not be rendered.")]
    private partial void MailFailed(Exception exception, Guid mailId, string kind);
}

/// <summary>A mail after one attempt. Without a rendering its time was over, or its storefront is gone.</summary>
internal sealed record AttemptedMail(MailRow Mail, Storefront? Storefront, RenderedMail? Rendered, Handover Handover);
