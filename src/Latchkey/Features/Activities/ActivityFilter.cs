using Latchkey.Features.Layouts;
using Latchkey.Platform.Activity;

namespace Latchkey.Features.Activities;

/// <summary>Which part of the log a list shows. All of it stands in the address, so that a list can be passed on.</summary>
public sealed record ActivityFilter
{
    public ActivityType? Type { get; init; }
    /// <summary>A part of the name of who of the staff did it, or of the customer it is about.</summary>
    public string Who { get; init; } = "";
    public Guid? StorefrontId { get; init; }
    public ListPeriod Period { get; init; } = ListPeriod.Month;
    /// <summary>A part of what happened.</summary>
    public string Text { get; init; } = "";
    /// <summary>About this request, mail, session or import, and nothing else.</summary>
    public Guid? SubjectId { get; init; }
    public Guid? AccountId { get; init; }
    /// <summary>Goes on behind this row.</summary>
    public Guid? Before { get; init; }

    public bool IsOn => Type is not null || Who.Length > 0 || StorefrontId is not null || Text.Length > 0 || SubjectId is not null || AccountId is not null;

    /// <summary>Of one thing there is little, and all of it is wanted.</summary>
    private ListPeriod Usual => SubjectId is null && AccountId is null ? ListPeriod.Month : ListPeriod.Any;

    public static ActivityFilter Read(IQueryCollection query)
    {
        var filter = new ActivityFilter
        {
            Type = query.ReadEnum<ActivityType>("type"),
            Who = query.ReadText("who"),
            StorefrontId = query.ReadId("storefront"),
            Text = query.ReadText("q"),
            SubjectId = query.ReadId("subject"),
            AccountId = query.ReadId("account"),
            Before = query.ReadId("after"),
        };
        return filter with { Period = query.ReadEnum<ListPeriod>("period") ?? filter.Usual };
    }

    public string At(string path, string? handler = null) => ListAddress.Of(path,
        ("handler", handler), ("type", Type?.ToString()), ("who", Who), ("storefront", StorefrontId?.ToString()), ("period", Period == Usual ? null : Period.ToString()), ("q", Text),
        ("subject", SubjectId?.ToString()), ("account", AccountId?.ToString()), ("after", Before?.ToString()));
}
