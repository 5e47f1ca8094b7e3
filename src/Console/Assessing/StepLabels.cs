using MaySend.Assessments.Questions;

namespace MaySend.Console.Assessing;

/// <summary>How problems name the fields of a step.</summary>
static class StepLabels
{
    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["title"] = "Title:",
        ["note"] = "Note:",
        ["sender"] = "Sender:",
        ["establishment"] = "Sender's country:",
        ["purposes"] = "Purposes:",
        ["channels"] = "Channels:",
        ["audiences"] = "Audiences:",
        ["families"] = "Product families:",
        ["countries"] = "Countries:",
        ["profiling"] = "Profiling:",
        ["children"] = "Children:",
        ["planned"] = "Messages planned in 30 days:",
        ["limit"] = "Limit in 30 days:",
        ["first-send"] = "First message:",
        ["outcome"] = "Outcome:",
        ["reason"] = "Reason:",
        ["due"] = "Review due:",
        ["triggers"] = "What brings the review forward:",
        ["rate"] = "Objections in a thousand messages:",
    };

    /// <summary>The name of a field, with a colon.</summary>
    public static string Of(string field) =>
        Names.GetValueOrDefault(field)
        ?? field.Split('-', 2) switch
        {
            ["data", var row] when int.TryParse(row.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture, out var number) =>
                $"Data used, row {number + 1}, {row.Split('-')[1]}:",
            ["guard", var kind] => $"Safeguard {Format.Words(kind.Replace("-says", "", StringComparison.Ordinal))}:",
            [_, var question] when QuestionBook.Find(question) is { } found => $"Question {found.Number}:",
            _ => $"{field}:",
        };

    /// <summary>The heading over a part of a test.</summary>
    public static string OfPart(string part) =>
        part switch
        {
            "interest" => "The interest",
            "lawfulness" => "Is it lawful?",
            "need" => "Is it needed?",
            "data" => "The data",
            "expectations" => "What people expect",
            "impact" => "What it does to people",
            _ => "What follows",
        };
}
