using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Weather.Console;

/// <summary>Where each bar of the chart stands. Whole numbers only: a decimal comma would be none in SVG.</summary>
public sealed class DayChart(SignInFigures figures)
{
    public const int Width = 760, Height = 240, Bottom = 206, Top = 12, Left = 48;
    private const int Slot = (Width - Left) / SignInReport.Shown;

    public IReadOnlyList<ChartSeries> Series { get; } =
    [
        new("asked", l => l["Asked"], d => d.Asked),
        new("sent", l => l["Sent"], d => d.Sent),
        .. figures.KnowsDeliveries ? new[] { new ChartSeries("delivered", l => l["Delivered"], d => d.Delivered) } : [],
        new("opened", l => l["Opened"], d => d.Opened),
        new("in", l => l["Signed in"], d => d.SignedIn),
    ];

    public IReadOnlyList<SignInDay> Days => figures.Days;

    /// <summary>A round number that no day is over: 10, 20, 50, 100 …</summary>
    public long Most { get; } = Round(Math.Max(1, figures.Days.Max(d => d.Asked)));

    public int Y(long number) => (int)(Bottom - ((Bottom - Top) * Math.Min(number, Most) / Most));

    public static int SlotX(int day) => Left + (day * Slot);

    public int X(int day, int series) => SlotX(day) + 3 + (series * BarWidth);

    public int BarWidth => (Slot - 8) / Series.Count;

    private static long Round(long number)
    {
        long power = 10;
        while (power < number) power *= 10;
        return new[] { power / 5, power / 2, power }.First(x => x >= number);
    }
}

/// <param name="Name">The class that gives it its colour.</param>
/// <param name="Label">Its word.</param>
/// <param name="Of">Its number of a day.</param>
public sealed record ChartSeries(string Name, Func<IStringLocalizer<Texts>, string> Label, Func<SignInDay, long> Of);
