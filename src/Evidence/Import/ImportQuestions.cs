using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Import;

/// <summary>A question about a file that only a person can answer. While one is open, nothing of the file is recorded.</summary>
/// <param name="Text">What was found.</param>
/// <param name="Help">How to answer.</param>
public sealed record ImportQuestion(string Text, string Help);

/// <summary>What was found beside the rows of a file, and what of it is a question.</summary>
static class ImportQuestions
{
    /// <summary>The summary with what the reading found.</summary>
    public static ImportSummary Asked(ImportSummary summary, ImportSource source, ReadingFindings findings)
    {
        List<UnreadColumn> unread =
        [
            .. findings.Unread.Found(source.Options.Ignored),
            .. findings.WithUnknownWords(source.Options.Ignored),
        ];
        return summary with
        {
            Unread = [.. unread],
            IsNamedForOptOuts = findings.Named.Count > 0,
            SetAside = [.. findings.Aside],
            LeftOut =
            [
                .. summary.LeftOut,
                .. findings
                    .Filtered.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new ImportTally(pair.Key, pair.Value.Count, [.. pair.Value.Examples])),
            ],
            Questions =
            [
                .. findings.Named.Select(named => new ImportQuestion(
                    $"{named.Table}: the name says `{named.Word}`: did everybody in this file ask to stop?",
                    "--file-is opt-outs records a request to stop for each; --file-is list ignores the name"
                )),
                .. unread
                    .Where(column => column.Stops > 0 && !column.IsWaived)
                    .Select(column => new ImportQuestion(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{column.Table}: {Amount.Of(column.Stops, "row says", "rows say")} {Quoted(column.StopValues)} in the column "
                                + $"`{column.Name}`, {Why(column)}; the first is row {column.FirstStop}"
                        ),
                        $"--stop-column \"{column.Name}={Words(column)}\" takes them as requests to stop; "
                            + $"--ignore-column \"{column.Name}\" "
                            + (column.HasUnknownWords ? "records nothing of them" : "ignores the column")
                    )),
                .. unread
                    .Where(column => source.Format.Name == "refusals" && column is { Contrary: > 0, IsWaived: false })
                    .Select(column => new ImportQuestion(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{column.Table}: {Amount.Of(column.Contrary, "row")} that would be recorded as requests to stop "
                                + $"{(column.Contrary == 1 ? "says" : "say")} "
                                + $"`{column.ContraryValue}` in the column `{column.Name}`, which is not read"
                        ),
                        $"--only \"{column.Name}=WORD\" takes the rows with a word; --ignore-column \"{column.Name}\" takes them all: "
                            + "a request to stop cannot be taken back"
                    )),
            ],
        };
    }

    static string Why(UnreadColumn column) => column.HasUnknownWords ? "and MaySend does not know what that means" : "which is not read";

    /// <summary>The words as the command line takes them: sentences, and more of them than are shown, are named by what they say.</summary>
    static string Words(UnreadColumn column) =>
        !column.HasUnknownWords
        && (
            column.StopValues.Length >= UnreadColumns.Shown
            || column.StopValues.Any(value => value.IndexOfAny([',', '…', '\n', '\r', '"']) >= 0)
        )
            ? StateWords.WhateverSaysSo
            : string.Join(',', column.StopValues);

    static string Quoted(ImmutableArray<string> values) => string.Join(", ", values.Select(value => $"`{value}`"));
}
