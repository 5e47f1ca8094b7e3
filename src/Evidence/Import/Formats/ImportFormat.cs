using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>One kind of file that can be imported: how it is recognised, and what a row of it proves and does not.</summary>
/// <param name="Name">The word to choose it by.</param>
/// <param name="Says">What it is, for people.</param>
public sealed record ImportFormat(string Name, string Says)
{
    /// <summary>Sets of columns, any one of which must be there in full; a format with several has changed over the years.</summary>
    public required ImmutableArray<ImmutableArray<string>> Headers { get; init; }

    /// <summary>How its cells are written.</summary>
    public CsvLayout Layout { get; init; } = CsvLayout.Plain;

    /// <summary>What a file must be called; null when its name says nothing.</summary>
    internal Func<string, string?>? NameFault { get; init; }

    /// <summary>Takes one row.</summary>
    internal Action<RowDraft>? Row { get; init; }

    /// <summary>Takes a whole table, for formats in which several rows are one thing.</summary>
    internal Func<FormatReading, IEnumerable<ReadRow>>? Table { get; init; }

    /// <summary>
    /// Other names of its columns: older exports, other languages of the platform. The first that the file has is read.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Aliases { get; init; } =
        ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Columns it reads where they are there, beside those that must be: these too can be given another name.</summary>
    public ImmutableArray<string> Optional { get; init; } = [];

    /// <summary>Words of which the file's name must have one, where the header alone could be another's; empty where it says
    /// enough.</summary>
    public ImmutableArray<string> FileNames { get; init; } = [];

    /// <summary>True when a file of it may hold no rows: a register in which nobody stands yet.</summary>
    internal bool IsRegister { get; init; }

    /// <summary>True where a file's name that speaks of opt-outs is no part of the format, and so a question.</summary>
    internal bool AsksAboutName => !IsRegister && NameFault is null && FileNames.IsEmpty;

    /// <summary>The columns that a mapping can name.</summary>
    internal IEnumerable<string> Columns =>
        Headers.SelectMany(set => set).Concat(Aliases.Keys).Concat(Optional).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What columns mean: what is known of the format, by the names this header has, and the user's choices over it. Constants are for the
    /// generic formats alone.
    /// </summary>
    internal CsvLayout With(CsvLayout chosen, IReadOnlyCollection<string> header)
    {
        if (IsGeneric)
            return chosen;
        var names = chosen.Columns.ToBuilder();
        foreach (var (column, others) in Aliases)
            if (
                !names.ContainsKey(column)
                && !header.Contains(column, StringComparer.OrdinalIgnoreCase)
                && others.FirstOrDefault(other => header.Contains(other, StringComparer.OrdinalIgnoreCase)) is { } other
            )
                names[column] = other;
        return Layout with
        {
            Columns = names.ToImmutable(),
            Values = chosen.Values,
            Countries = chosen.Countries,
            Dates = [.. chosen.Dates, .. Layout.Dates],
        };
    }

    /// <summary>True for the formats that a mapping file can describe.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>True when a header, with the constants beside it, has what the format needs.</summary>
    internal bool Knows(IReadOnlyCollection<string> header, CsvLayout layout) => NamedIn(header, layout) > 0;

    /// <summary>How many columns the format's largest header has of those that are there in full; 0 where none is.</summary>
    internal int NamedIn(IReadOnlyCollection<string> header, CsvLayout layout) =>
        Headers
            .Where(set =>
                set.All(name =>
                    layout.Constants.ContainsKey(name) || header.Contains(layout.NameInFile(name), StringComparer.OrdinalIgnoreCase)
                )
            )
            .Select(set => set.Length)
            .DefaultIfEmpty()
            .Max();

    /// <summary>Every row of a table, streaming; what is wrong is noted.</summary>
    internal IEnumerable<ReadRow> Read(FormatReading reading)
    {
        foreach (var row in Table is not null ? Table(reading) : reading.EachRow(Row!))
            yield return row;
        foreach (var row in reading.Salvaged)
            yield return row;
    }
}
