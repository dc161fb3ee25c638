using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Latchkey.Platform.Data;

/// <summary>Days are kept as text, 2026-11-21: both engines sort and compare them alike.</summary>
public static class IsoDay
{
    private const string Form = "yyyy-MM-dd";

    public static string Of(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    [return: NotNullIfNotNull(nameof(day))]
    public static string? Of(DateOnly? day) => day is { } known ? Of(known) : null;

    /// <summary>The day it is in UTC.</summary>
    public static string Of(DateTimeOffset moment) => Of(DateOnly.FromDateTime(moment.UtcDateTime));

    public static DateOnly Read(string text) => DateOnly.ParseExact(text, Form, CultureInfo.InvariantCulture);

    /// <summary>Null for what is no day.</summary>
    public static DateOnly? TryRead(string? text) => DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
