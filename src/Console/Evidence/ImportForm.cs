using System.Collections.Immutable;
using MaySend.Console.Assessing;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Records.Imports;

namespace MaySend.Console.Evidence;

/// <summary>The choices about a file that is to be imported, as the fields of a form: the same words in and out.</summary>
static class ImportForm
{
    /// <summary>Encodings of text that exports have.</summary>
    public static readonly string[] Encodings = ["utf-8", "windows-1252", "iso-8859-2", "windows-1250", "utf-16"];

    /// <summary>Spellings of days that exports have.</summary>
    public static readonly string[] Dates = ["dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "d MMM yyyy"];

    /// <summary>What one of our columns is called in the file.</summary>
    public const string Mapped = "map-";

    /// <summary>The fields that are kept between two looks.</summary>
    public static ImmutableSortedDictionary<string, string> Choices(StepForm form, IFormCollection sent) =>
        sent
            .Keys.Where(field =>
                field is "format" or "sender" or "point" or "zone" or "encoding" or "dates" or "file-is" or "stops" or "ignore" or "aside"
                || field.StartsWith(Mapped, StringComparison.Ordinal)
            )
            .Where(field => form.Raw(field).Length is > 0 and < StepForm.GreatestText)
            .ToImmutableSortedDictionary(field => field, field => string.Join('\n', sent[field].OfType<string>()), StringComparer.Ordinal);

    /// <summary>Puts what was chosen into the fields.</summary>
    public static StepForm Fill(IReadOnlyDictionary<string, string> choices)
    {
        var form = new StepForm();
        foreach (var (field, value) in choices)
            if (field is "stops" or "ignore")
                form.Set(field, MaySend.Law.Facts.NameSet.Of(value.Split('\n')));
            else
                form.Set(field, value);
        return form;
    }

    /// <summary>What was chosen, for whoever reads the file.</summary>
    public static ImportOptions Read(IReadOnlyDictionary<string, string> choices)
    {
        var dates = Said("dates");
        return new ImportOptions
        {
            Format = Said("format"),
            Sender = Said("sender"),
            Point = Said("point"),
            Zone = Said("zone") is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null,
            Encoding = Said("encoding") ?? "utf-8",
            FileIs = Said("file-is") is { } kind ? MappingFile.FileKinds.GetValueOrDefault(kind) : null,
            SetsAsideBadRows = Said("aside") is "yes",
            GreatestUnpacked = StagedImports.GreatestUnpacked,
            Ignored = [.. Several("ignore")],
            Stops = ImmutableDictionary
                .Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase)
                .SetItems(
                    Several("stops")
                        .Select(stop => stop.Split('\t'))
                        .Select(parts => KeyValuePair.Create(parts[0], ImmutableArray.Create(parts.AsSpan(1))))
                ),
            Layout = CsvLayout.Plain with
            {
                Dates = dates is null ? [] : [$"{dates} HH:mm:ss", $"{dates} HH:mm", dates],
                Columns = CsvLayout.Plain.Columns.SetItems(
                    choices
                        .Where(pair => pair.Key.StartsWith(Mapped, StringComparison.Ordinal))
                        .Select(pair => KeyValuePair.Create(pair.Key[Mapped.Length..], pair.Value))
                ),
            },
        };

        string? Said(string field) => choices.GetValueOrDefault(field) is { Length: > 0 } text ? text : null;

        IEnumerable<string> Several(string field) => Said(field)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }
}
