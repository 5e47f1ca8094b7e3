using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>A file somebody brought, with how it is best read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Options">The choices proposed for it.</param>
/// <param name="Summary">What reading it so found.</param>
/// <param name="Proposed">What is proposed and why, for a person to confirm; empty where the file is read as it stands.</param>
public sealed record StartFile(string Path, ImportOptions Options, ImportSummary Summary, IReadOnlyList<string> Proposed)
{
    /// <summary>The same file read as what happened to its people; null where nobody said what that was.</summary>
    public StartFile? Occasions { get; init; }

    /// <summary>Columns of a list of people that hold a day, of which nobody said what happened then.</summary>
    public IReadOnlyList<string> Days { get; init; } = [];

    /// <summary>The spellings of its dates where they can be read with the day or with the month first, and so were not.</summary>
    public IReadOnlyList<string> OpenDates { get; init; } = [];

    /// <summary>What only a person can say of it, as the next question; null where nothing is open.</summary>
    public StartQuestion? Question =>
        Days.Count > 0 ? StartOccasions.Question(this)
        : OpenDates.Concat(Occasions?.OpenDates ?? []).ToList() is { Count: > 0 } open ? StartIntake.DatesQuestion(Path, open)
        : null;

    /// <summary>The columns of a list of people that say something other than who they are.</summary>
    public IReadOnlyList<string> Columns =>
        [.. Summary.Unread.Where(column => column.Filled > 0 && !column.HasUnknownWords).Select(column => column.Name)];

    /// <summary>Columns that hold something and are read for nothing.</summary>
    public IReadOnlyList<string> NotRead =>
        Occasions is { } occasions
            ? [.. Columns.Except(occasions.Options.Layout.Columns.Values, StringComparer.OrdinalIgnoreCase)]
            : Columns;
}

/// <summary>
/// Reads the files somebody brings: tries the encodings and spellings of dates that exports have, and proposes what leaves the fewest rows
/// unread.
/// </summary>
public static class StartIntake
{
    /// <summary>What may be said of a file, under <c>file:</c> and its name.</summary>
    public static readonly IReadOnlyList<string> Fields = ["format", "zone", "dates", "ignore", "file_is", .. StartOccasions.Fields];

    static readonly string?[] Encodings = [null, "windows-1252"];

    /// <summary>
    /// The best way to read a file. A column that says who asked to stop, and a name that says so, are read in the strictest way unless
    /// somebody said otherwise: nothing is recorded yet that could not be taken back.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="record">What was answered about it, under <c>file:</c> and its name.</param>
    /// <param name="zone">The zone of times without one; null where nobody said.</param>
    /// <param name="greatestUnpacked">The most that a packed file may unpack to, in octets; null for what an import takes.</param>
    /// <exception cref="BadInputException">It is no export that is known, or cannot be read at all.</exception>
    public static StartFile Propose(string path, StartRecord record, TimeZoneInfo? zone, long? greatestUnpacked = null)
    {
        var about = About(path);
        var said = new ImportOptions
        {
            SetsAsideBadRows = true,
            Format = record[about, "format"],
            Zone = record[about, "zone"] is { } own && TimeZoneInfo.TryFindSystemTimeZoneById(own, out var found) ? found : zone,
            Layout = record[about, "dates"] is { } dates
                ? CsvLayout.Plain with
                {
                    Dates = [$"{dates} HH:mm:ss", $"{dates} HH:mm", dates],
                }
                : CsvLayout.Plain,
            Ignored = [.. record[about, "ignore"]?.Split(',', StringSplitOptions.TrimEntries) ?? []],
            FileIs = record[about, "file_is"] is { } kind ? MappingFile.FileKinds.GetValueOrDefault(kind) : null,
        };
        if (greatestUnpacked is { } most)
            said = said with { GreatestUnpacked = most };
        var file = StartFormats.Recognise(path, said, Best);
        said = said with { Format = file.Options.Format, Layout = said.Layout with { Columns = file.Options.Layout.Columns } };
        if (file.Summary.IsNamedForOptOuts)
        {
            file = Best(path, said with { FileIs = NamedFile.OptOuts });
            file = file with { Proposed = [.. file.Proposed, "everybody in it asked to stop, as its name says"] };
        }
        var stops = file.Summary.Unread.Where(column => column.Stops > 0 && !column.IsWaived).ToList();
        if (stops.Count > 0)
            file = Stopping(file, stops);
        return StartOccasions.Of(file, record, Best);
    }

    static StartFile Stopping(StartFile file, List<UnreadColumn> stops)
    {
        var options = file.Options with
        {
            Stops = file.Options.Stops.SetItems(stops.Select(column => KeyValuePair.Create(column.Name, column.AsStops))),
        };
        return new(
            file.Path,
            options,
            Read(file.Path, options),
            [
                .. file.Proposed,
                .. stops.Select(column =>
                    column.HasUnknownWords
                        ? $"`{column.Name}` holds words that MaySend does not know, which are taken as requests to stop: "
                            + string.Join(", ", column.StopValues)
                        : $"`{column.Name}` says who asked to stop: {string.Join(", ", column.StopValues)}"
                ),
            ]
        );
    }

    /// <summary>The best way to read a file with these choices, and what is supposed where nobody said: its encoding, its dates.</summary>
    /// <exception cref="BadInputException">It is no export that is known, or cannot be read at all.</exception>
    public static StartFile Propose(string path, ImportOptions said) => Best(path, said);

    /// <summary>A line of the file with letters that show its encoding; null where it has none.</summary>
    public static string? Sample(StartFile file)
    {
        var source = ImportSource.Open(file.Path, file.Options);
        using var text = source.OpenFirst();
        for (var i = 0; i < 1000 && text.ReadLine() is { } line; i++)
            if (line.Any(c => c > '\u007f'))
                return line.Length > 100 ? line[..100] + "…" : line;
        return null;
    }

    static StartFile Best(string path, ImportOptions said)
    {
        var (tries, fault) = (new List<(StartFile File, string[] Dates)>(), (BadInputException?)null);
        foreach (var encoding in Encodings)
        {
            if (tries.Exists(tried => tried.File.Summary.SetAside.IsEmpty))
                break;
            foreach (
                var dates in said.Layout.Dates.IsEmpty
                    ? DaySpellings.All
                    :
                    [
                        [],
                    ]
            )
            {
                var options = said with
                {
                    Encoding = encoding ?? "utf-8",
                    Layout = said.Layout with { Dates = [.. said.Layout.Dates, .. dates] },
                };
                try
                {
                    tries.Add((new(path, options, Read(path, options), [.. Supposed(encoding, dates)]), dates));
                }
                catch (BadInputException bad)
                {
                    fault ??= bad;
                }
            }
        }
        if (tries.Count == 0)
            throw fault!;
        // Of two ways that read as many rows the one that supposes less stands: it was tried first.
        var (best, spelling) = tries.MinBy(tried => tried.File.Summary.SetAside.Length);
        var others = tries.Where(tried =>
            tried.File.Options.Encoding == best.Options.Encoding
            && tried.File.Summary.SetAside.Length == best.Summary.SetAside.Length
            && tried.Dates != spelling
        );
        if (spelling.Length == 0 || !others.Any())
            return best;
        // Day first or month first, both can be read: that is for a person to say.
        var plain = tries.First(tried => tried.File.Options.Encoding == best.Options.Encoding && tried.Dates.Length == 0).File;
        return plain with
        {
            OpenDates = [.. others.Select(tried => tried.Dates).Prepend(spelling).Select(dates => dates[^1])],
            Proposed =
            [
                .. plain.Proposed,
                $"its dates can be read with the day or with the month first, so none was: answer `{About(path)}` with "
                    + $"`dates: {spelling[^1]}`",
            ],
        };
    }

    /// <summary>The question which of the spellings that all fit a file has.</summary>
    internal static StartQuestion DatesQuestion(string path, IReadOnlyList<string> open) =>
        new(
            About(path),
            $"How are the dates in {Path.GetFileName(path)} written?",
            "On which day each of these people came. 03/05/2026 may be in March or in May.",
            "Rows with such dates are not read.",
            StartSigner.Nobody,
            [new("dates", "Which comes first?") { Choices = [.. open.Select(dates => (dates, Says(dates)))] }]
        );

    static string Says(string dates) => dates.StartsWith('d') ? "the day, then the month" : "the month, then the day";

    /// <summary>Where answers stand that are about a file.</summary>
    internal static string About(string path) => $"file:{Path.GetFileName(path)}";

    /// <summary>Reads the files into the audience's folder: what the interview asks about and what is screened.</summary>
    /// <param name="files">The files.</param>
    /// <param name="record">What was answered so far.</param>
    /// <param name="folder">The folder.</param>
    public static ListIntake Write(IReadOnlyList<StartFile> files, StartRecord record, string folder)
    {
        var sources = files
            .SelectMany(
                file =>
                    file.Occasions is { } occasions
                        ? new[]
                        {
                            Chosen(file, record),
                            StartOccasions.Chosen(occasions.Options, Chosen(file, record), record, About(file.Path)),
                        }
                        : [Chosen(file, record)],
                (file, options) => ImportSource.Open(file.Path, options)
            )
            .ToList();
        var intake = ListIntake.Write(sources, folder);
        StartPeople.Keep(folder);
        StartRows.Keep(folder);
        var refusals = Path.Combine(folder, "refusals.csv");
        // A register in which nobody stands is still a register, if somebody says that there is one.
        if (!File.Exists(refusals) && record["stops", "answer"] == "all")
            WriteEmptyRegister(refusals);
        return intake;
    }

    /// <summary>A register of requests to stop in which nobody stands.</summary>
    internal static void WriteEmptyRegister(string path) =>
        File.WriteAllText(path, "address,id,when,senders,channels,topics,kind,how,made_by\n");

    /// <summary>The choices for a file with what was answered: whose it is, the form, and what its "no" means.</summary>
    static ImportOptions Chosen(StartFile file, StartRecord record)
    {
        var options = file.Options with
        {
            Sender = StartFolder.SenderId(record),
            Point = StartWay.Of(file.Summary).Point,
            TillPoint = StartWay.Till.Point,
        };
        if (file.Summary.Format != "shopify-customers" || record["meaning-of-no", "answer"] != "lists" || options.FileIs is not null)
            return options;
        // The opt-outs are in a list of their own; here "no" says that nobody ticked.
        var nothing = ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase).Add("no", "");
        return options with
        {
            Layout = options.Layout with
            {
                Values = options.Layout.Values.Add("Accepts Email Marketing", nothing).Add("Accepts Marketing", nothing),
            },
        };
    }

    static ImportSummary Read(string path, ImportOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-").FullName;
        try
        {
            return ListIntake.Write([ImportSource.Open(path, options)], folder).Summaries.Single();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static IEnumerable<string> Supposed(string? encoding, string[] dates)
    {
        if (encoding is not null)
            yield return $"encoding {encoding}, as a spreadsheet program in western Europe saves it";
        if (dates.Length > 0)
            yield return $"dates as {dates[^1]}";
    }
}
