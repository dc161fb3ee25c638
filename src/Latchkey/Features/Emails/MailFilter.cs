using Latchkey.Features.Layouts;
using Latchkey.Platform.Mail;

namespace Latchkey.Features.Emails;

/// <summary>Which mails a list shows. All of it stands in the address, so that a list can be passed on.</summary>
public sealed record MailFilter
{
    public MailStatus? Status { get; init; }
    /// <summary>One of <see cref="MailChannel"/>.</summary>
    public string? Channel { get; init; }
    public string? Kind { get; init; }
    public ListPeriod Period { get; init; }
    /// <summary>A part of an address.</summary>
    public string Text { get; init; } = "";
    /// <summary>Goes on behind this mail.</summary>
    public Guid? Before { get; init; }

    public bool IsOn => Status is not null || Channel is not null || Kind is not null || Period != ListPeriod.Any || Text.Length > 0;

    public static MailFilter Read(IQueryCollection query) => new()
    {
        Status = query.ReadEnum<MailStatus>("status"),
        Channel = query.ReadText("channel") is MailChannel.Email or MailChannel.Sms ? query.ReadText("channel") : null,
        Kind = query.ReadText("kind") is { Length: > 0 } kind ? kind : null,
        Period = query.ReadEnum<ListPeriod>("period") ?? ListPeriod.Any,
        Text = query.ReadText("q"),
        Before = query.ReadId("after"),
    };

    public string At(string path, string? handler = null) => ListAddress.Of(path,
        ("handler", handler), ("q", Text), ("status", Status?.ToString()), ("channel", Channel), ("kind", Kind), ("period", Period == ListPeriod.Any ? null : Period.ToString()), ("after", Before?.ToString()));
}
