using Latchkey.Platform.Mail.Smtp;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>Transports for a scripted server, with time-outs a test can wait for.</summary>
internal static class Relay
{
    public static SmtpSettings Settings(ScriptedSmtpServer server, string options = "starttls=off", string scheme = "smtp", string user = "") =>
        SmtpSettings.Parse($"{scheme}://{user}127.0.0.1:{server.Port}{(options.Length > 0 ? "?" : "")}{options}") with { Timeouts = Patient };

    public static SmtpTransport Transport(ScriptedSmtpServer server, string options = "starttls=off", string scheme = "smtp", string user = "") =>
        new(Settings(server, options, scheme, user));

    /// <summary>Gives up soon at the moment in question and at no other, so that a slow machine changes nothing.</summary>
    public static SmtpTransport HastyTransport(ScriptedSmtpServer server, Moment moment, string options = "starttls=off", string user = "") =>
        new(Settings(server, options, user: user) with { Timeouts = Hasty(moment) });

    private static SmtpTimeouts Patient { get; } = new()
    {
        Connect = Long, Greeting = Long, Command = Long, Data = Long, FinalDot = Long, Stopping = Long,
    };

    private static SmtpTimeouts Hasty(Moment moment) => moment switch
    {
        Moment.Greeting => Patient with { Greeting = Short },
        Moment.Data or Moment.Body => Patient with { Data = Short },
        Moment.Dot => Patient with { FinalDot = Short },
        _ => Patient with { Command = Short },
    };

    private static TimeSpan Long => TimeSpan.FromSeconds(20);
    private static TimeSpan Short => TimeSpan.FromMilliseconds(150);
}
