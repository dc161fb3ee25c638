using System.Buffers;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>One mail over an open connection: envelope, content, final dot.</summary>
internal sealed class SmtpExchange(SmtpWire wire, SmtpCapabilities offers, SmtpTimeouts limits, OutgoingMail mail, ReadOnlyMemory<byte> bytes)
{
    private static readonly string[] Names = ["RSET", "MAIL", "RCPT", "DATA"];

    private readonly SmtpEnvelope _envelope = new(mail, bytes, offers);

    /// <summary>Whether the relay has answered MAIL: until then another connection may take the mail unseen.</summary>
    public bool WasAnswered { get; private set; }

    public SmtpAfter After { get; private set; } = SmtpAfter.Ready;

    public async Task<Handover> RunAsync(bool resetFirst)
    {
        if (_envelope.Obstacle is { } obstacle)
        {
            After = resetFirst ? SmtpAfter.NeedsReset : SmtpAfter.Ready;
            return new Handover(HandoverOutcome.Refused, null, null, obstacle);
        }
        var refusal = await OfferAsync(resetFirst ? [SmtpStep.Reset, SmtpStep.Mail, SmtpStep.Recipient, SmtpStep.Data]
            : [SmtpStep.Mail, SmtpStep.Recipient, SmtpStep.Data]);
        return refusal is null ? await ContentAsync() : Refuse(refusal);
    }

    // With PIPELINING (RFC 2920) all commands leave in one write and the replies are read in order.
    private async Task<SmtpReply?> OfferAsync(SmtpStep[] steps)
    {
        SmtpReply? refusal = null;
        for (var i = 0; i < steps.Length; i++)
        {
            wire.Clock.Begin(Names[(int)steps[i]], steps[i] == SmtpStep.Data ? limits.Data : limits.Command);
            try
            {
                await WriteAsync(steps, i);
                var reply = await wire.ReadReplyAsync();
                if (steps[i] == SmtpStep.Reset && !reply.IsPositive) throw new SmtpBrokenException("the relay refused RSET", reply);
                WasAnswered |= steps[i] == SmtpStep.Mail;
                if (Agrees(steps[i], reply)) await EndEmptyAsync(steps[i], refusal);
                else refusal ??= reply;
                if (reply.IsGoodbye) After = SmtpAfter.Broken;
            }
            catch (Exception e) when (refusal is not null && SmtpBreak.IsBreak(e))
            {
                After = SmtpAfter.Broken; // the answer that counts has already come
            }
            if (refusal is not null && (!offers.Pipelining || After == SmtpAfter.Broken)) break;
        }
        return refusal;
    }

    private async ValueTask WriteAsync(SmtpStep[] steps, int i)
    {
        if (offers.Pipelining && i > 0) return;
        foreach (var step in offers.Pipelining ? steps : steps[i..(i + 1)]) _envelope.Write(step, wire.Out);
        await wire.FlushAsync();
    }

    private static bool Agrees(SmtpStep step, SmtpReply reply) => step == SmtpStep.Data ? reply.Code == 354 : reply.IsPositive;

    // RFC 2920 §3.1: a relay may say 354 although it refused the only recipient. It then waits for a mail: an empty one,
    // whose answer says nothing about ours.
    private async ValueTask EndEmptyAsync(SmtpStep step, SmtpReply? refusal)
    {
        if (step != SmtpStep.Data || refusal is null) return;
        wire.Out.Ascii(".\r\n");
        await wire.FlushAsync();
        await wire.ReadReplyAsync();
    }

    private Handover Refuse(SmtpReply refusal)
    {
        if (After != SmtpAfter.Broken) After = refusal.IsNonsense ? SmtpAfter.Broken : SmtpAfter.NeedsReset;
        return refusal.As(refusal.Refusal);
    }

    private async Task<Handover> ContentAsync()
    {
        wire.Out.Dotted(bytes.Span);
        wire.Clock.Begin("content", limits.Data);
        wire.Clock.AllowGrace(limits.Stopping);
        await wire.FlushAsync();
        wire.Clock.Begin("final dot", limits.FinalDot);
        // A break from here on leaves open whether the relay has the mail: it is tried again under the same Message-ID.
        var reply = await wire.ReadReplyAsync();
        if (reply.IsGoodbye || (reply.IsNonsense && !reply.IsPositive)) After = SmtpAfter.Broken;
        return reply.As(reply.IsPositive ? HandoverOutcome.Accepted : reply.Refusal);
    }

}

/// <summary>What a connection is good for after a mail.</summary>
internal enum SmtpAfter
{
    Ready,
    NeedsReset,
    Broken,
}
