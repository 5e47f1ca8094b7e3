using System.Globalization;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>Days as people write them in answers: a date, or a weekday, which is the next one after today.</summary>
public static class StartDays
{
    /// <summary>How a day may be written.</summary>
    public const string Form = "2026-12-04, or a weekday such as friday: the next one";

    static readonly string[] Fields = ["day", "since", "from"];

    /// <summary>The day as a date (ISO 8601); null for what is no day.</summary>
    public static string? Read(string text, DateOnly today)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return text;
        // Not by number: "5" is no weekday.
        if (!text.All(char.IsLetter) || !Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var weekday))
            return null;
        var next = Enumerable.Range(1, 7).Select(today.AddDays).First(day => day.DayOfWeek == weekday);
        return next.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Answers with every day as a date; what is no day is a problem.</summary>
    public static StartRecord Dated(StartRecord record, DateOnly today, Problems problems)
    {
        foreach (var (question, answers) in record.Answers)
        foreach (var field in Fields)
            if (record[question, field] is not { } text)
                continue;
            else if (Read(text, today) is { } day)
                record = record.With(question, answers.SetItem(field, day));
            else
                problems.Add(new Place("--answers"), $"`{field}` of `{question}` is not a day: `{text}`", Form);
        return record;
    }
}
