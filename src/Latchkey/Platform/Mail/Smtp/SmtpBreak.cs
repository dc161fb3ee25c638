using System.Net.Sockets;
using System.Security.Authentication;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>Turns the ways a connection can fail into one, with words for the staff who will read them.</summary>
internal static class SmtpBreak
{
    public static bool IsBreak(Exception e) =>
        e is SmtpBrokenException or IOException or SocketException or OperationCanceledException or AuthenticationException;

    public static Handover Explain(Exception e, SmtpClock clock) => e switch
    {
        SmtpBrokenException { Reply: { } reply } => reply.As(HandoverOutcome.TryLater, $"{clock.Step}: {e.Message}"),
        SmtpBrokenException => Later($"{clock.Step}: {e.Message}"),
        OperationCanceledException => Later($"{clock.Step}: {clock.TimeoutReason}"),
        AuthenticationException => Later($"{clock.Step}: the relay's certificate or TLS was not accepted ({e.Message}); for a private certificate name its root with ca="),
        _ => Later($"{clock.Step}: the connection broke: {e.Message}"),
    };

    private static Handover Later(string why) => new(HandoverOutcome.TryLater, null, null, SmtpWords.Clean(why));
}
