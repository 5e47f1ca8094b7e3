using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>
/// What a file is whose header is no platform's: one of our own formats, or a plain list of people. Only what reads the whole header, or a
/// list that says nothing but who is in it and where, is proposed.
/// </summary>
public static class StartFormats
{
    /// <summary>What a file whose header is no platform's may hold, as people say it.</summary>
    public static readonly IReadOnlyList<(string Format, string Says)> Choices =
    [
        ("contacts", "people"),
        ("orders", "orders"),
        ("consents", "sign-ups and consents"),
        ("refusals", "opt-outs"),
    ];

    static readonly string[] Events = ["orders", "consents", "refusals", "sends", "checks", "bounces"];

    /// <summary>The file as its platform's export, or else as one of our formats.</summary>
    /// <param name="path">The file.</param>
    /// <param name="said">What was said about it.</param>
    /// <param name="read">Reads it in the best way for a format.</param>
    /// <exception cref="BadInputException">It is none of them; what is wrong is said of it as an export.</exception>
    internal static StartFile Recognise(string path, ImportOptions said, Func<string, ImportOptions, StartFile> read)
    {
        try
        {
            var file = read(path, said);
            return said.Format is null && ImportFormats.ColumnsOf(file.Summary.Format) is not null ? AsOurs(file, null) : file;
        }
        catch (BadInputException) when (said.Format is null)
        {
            if (OfOurs(path, said, read) is { } ours)
                return ours;
            throw;
        }
    }

    static StartFile? OfOurs(string path, ImportOptions said, Func<string, ImportOptions, StartFile> read)
    {
        var header = ImportSource.HeaderOf(path, said);
        foreach (var format in Events.Where(format => IsWholly(header, format)))
            if (Try(path, said with { Format = format }, read) is { } file)
                return AsOurs(file, null);
        return PeopleIn(path, header, said, read);
    }

    /// <summary>
    /// A list of people by the column in which addresses stand, of those that are called as such columns are, or whose names end so: a
    /// column `Address` may hold streets. Columns of countries are read by what they are called in any language.
    /// </summary>
    static StartFile? PeopleIn(string path, IReadOnlyList<string> header, ImportOptions said, Func<string, ImportOptions, StartFile> read)
    {
        if (said.Layout.Columns.TryGetValue("address", out var named))
            return Read(named);
        List<string> likely =
        [
            .. header.Where(name =>
                ColumnNames.IsAddress(name) || (ColumnNames.EndsAsAddress(name) && StateWords.SenseOf(name) == ColumnSense.Any)
            ),
        ];
        // Of one that is called so, whoever brought it sees which rows hold none.
        return likely is [var only] && ColumnNames.IsAddress(only)
            ? Read(only)
            : likely
                .Select(Read)
                .OfType<StartFile>()
                .Where(list => list.Summary.SetAside.Length * 2 < list.Summary.Rows)
                .MinBy(list => list.Summary.SetAside.Length);

        StartFile? Read(string name)
        {
            var columns = name.Equals("address", StringComparison.OrdinalIgnoreCase)
                ? said.Layout.Columns
                : said.Layout.Columns.SetItem("address", name);
            var country = header.Contains("country", StringComparer.OrdinalIgnoreCase)
                ? null
                : header.Where(ColumnNames.IsCountry).ToList();
            if (country is [var where] && !columns.ContainsKey("country"))
                columns = columns.SetItem("country", where);
            return Try(path, said with { Format = "contacts", Layout = said.Layout with { Columns = columns } }, read) is { } file
                ? AsOurs(file, name)
                : null;
        }
    }

    static StartFile AsOurs(StartFile file, string? addresses) =>
        file with
        {
            Proposed =
            [
                file.Summary.Format != "contacts" ? $"as a file of {file.Summary.Format} in MaySend's own format"
                : addresses is null ? "as a list of people"
                : $"as a list of people, with their addresses in `{addresses}`",
                .. file.Proposed,
            ],
        };

    /// <summary>True where the format has every column of the header: a register without rows is told by them alone.</summary>
    static bool IsWholly(IReadOnlyList<string> header, string format) =>
        header.Count > 0
        && header.All(name =>
            ImportFormats.ColumnsOf(format)!.Any(column => column.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
        );

    static StartFile? Try(string path, ImportOptions options, Func<string, ImportOptions, StartFile> read)
    {
        try
        {
            return read(path, options);
        }
        catch (BadInputException)
        {
            return null;
        }
    }
}
