namespace Latchkey.Features.Retention;

/// <summary>What an organization may say for how long it is kept.</summary>
public enum RetentionKind
{
    /// <summary>What mails and texts said. That they were sent, and what became of them, stays.</summary>
    MailContent,
    /// <summary>Who asked for a link, opened it and signed in, with sessions that are over.</summary>
    SignIns,
    Activity,
    /// <summary>What mail providers reported.</summary>
    Webhooks,
}

public static class RetentionPeriods
{
    /// <summary>Days to choose from.</summary>
    private static readonly int[] All = [14, 30, 90, 180, 365, 730, 1095, 2555];

    /// <summary>Short enough to forget, long enough to answer a customer, and, of the log, whoever looks into an incident.</summary>
    public static int Least(this RetentionKind kind) => kind switch
    {
        RetentionKind.MailContent => 30,
        RetentionKind.SignIns => 90, // a session may last 30 days, and its sign-in explains it
        RetentionKind.Activity => 365,
        RetentionKind.Webhooks => 14, // longer than any provider tells the same event again
    };

    /// <summary>Null: without end.</summary>
    public static int? Default(this RetentionKind kind) => kind == RetentionKind.Webhooks ? 30 : null;

    public static IEnumerable<int> Choices(this RetentionKind kind) => All.Where(d => d >= kind.Least() && (kind != RetentionKind.Webhooks || d <= 365));
}
