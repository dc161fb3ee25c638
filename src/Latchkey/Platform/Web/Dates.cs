using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Latchkey.Platform.Web;

/// <summary>
/// Dates in words, in the current language. The framework's own patterns differ between versions of ICU and hold narrow spaces that
/// old mail programs show as boxes.
/// </summary>
public static class Dates
{
    private const char Unbroken = '\u00a0';

    /// <summary>21 November 2026; 1er mars 2026.</summary>
    public static string Day(DateOnly day) => day.ToString(DayPattern(day.Day), CultureInfo.CurrentCulture);

    /// <summary>November 2026; mars 2026.</summary>
    public static string Month(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>Saturday 21 November 2026, 09:56 UTC; samedi 21 novembre 2026 à 9 h 56 UTC.</summary>
    public static string Moment(DateTimeOffset moment)
    {
        string clock = IsFrench ? $"' à 'H'{Unbroken}h{Unbroken}'mm" : "', 'HH:mm";
        return moment.UtcDateTime.ToString($"dddd {DayPattern(moment.UtcDateTime.Day)}{clock}' UTC'", CultureInfo.CurrentCulture);
    }

    /// <summary>How long ago, as lists say it: just now, 5 min ago, 3 h ago, 2 days ago; a month later the day.</summary>
    public static string Ago(IStringLocalizer<Texts> l, TimeSpan past, DateTimeOffset moment) => past.TotalMinutes switch
    {
        < 1 => l["just now"],
        < 60 => l["{0} min ago", (int)past.TotalMinutes],
        < 24 * 60 => l["{0} h ago", (int)past.TotalHours],
        < 2 * 24 * 60 => l["yesterday"],
        < 30 * 24 * 60 => l["{0} days ago", (int)past.TotalDays],
        _ => Day(DateOnly.FromDateTime(moment.UtcDateTime)),
    };

    /// <summary>How long to wait, as the countdown of portal.js writes it: 27 s; 4:05.</summary>
    public static string Wait(int seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds}{Unbroken}s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    private static string DayPattern(int day) => IsFrench && day == 1 ? "d'er' MMMM yyyy" : "d MMMM yyyy";

    private static bool IsFrench => CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "fr";
}
