using System.Globalization;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Files;

/// <summary>Spellings of days in exports beside ISO 8601. Which of them a file has is tried; what can be either is asked.</summary>
public static class DaySpellings
{
    /// <summary>Each with the clock and without, as .NET's format letters; the first is none.</summary>
    public static readonly IReadOnlyList<string[]> All =
    [
        [],
        ["dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy"],
        ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"],
        ["MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "MM/dd/yyyy"],
    ];

    static readonly string[] Formats = [.. All.SelectMany(spelling => spelling), "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <summary>True for a day or a time in any of them.</summary>
    public static bool IsDay(string text) =>
        When.TryParse(text, TimeZoneInfo.Utc, out _)
        || DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
