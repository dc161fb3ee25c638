using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Layouts;

/// <summary>How far back a list goes.</summary>
public enum ListPeriod
{
    Any,
    Month,
    Week,
    Day,
}

public static class ListPeriods
{
    public static string Name(IStringLocalizer<Texts> l, ListPeriod period) => period switch
    {
        ListPeriod.Any => l["Any time"],
        ListPeriod.Month => l["Last 30 days"],
        ListPeriod.Week => l["Last 7 days"],
        ListPeriod.Day => l["Last 24 hours"],
    };

    public static DateTimeOffset? Start(this ListPeriod period, DateTimeOffset now) => period switch
    {
        ListPeriod.Any => null,
        ListPeriod.Month => now.AddDays(-30),
        ListPeriod.Week => now.AddDays(-7),
        ListPeriod.Day => now.AddDays(-1),
    };
}
