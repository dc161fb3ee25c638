namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>Where in a connection the script can step in.</summary>
internal enum Moment
{
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Rset,
    Mail,
    Rcpt,
    Data,
    Body,
    Dot,
}

/// <summary>What the server does instead of behaving.</summary>
internal sealed record ServerAct(string? Reply = null, bool Drops = false, bool Hangs = false, Action? First = null)
{
    public static readonly ServerAct Behave = new();
    public static readonly ServerAct Drop = new(Drops: true);
    public static readonly ServerAct Hang = new(Hangs: true);
    public static ServerAct Say(string reply) => new(reply);
    public static ServerAct SayAndDrop(string reply) => new(reply, Drops: true);
}
