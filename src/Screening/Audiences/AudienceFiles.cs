using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>The files of one audience: the people, and what happened with each. Every file is keyed by <c>address</c>.</summary>
/// <param name="People">The list of people.</param>
/// <param name="Companions">Files of what happened, by kind; the same kind may come in several files.</param>
/// <param name="Zone">The zone of times without one; null when none was chosen.</param>
public sealed record AudienceFiles(string People, IReadOnlyList<(CompanionFile Kind, string Path)> Companions, TimeZoneInfo? Zone)
{
    /// <summary>Columns that nobody reads and that are of no account, whatever they say.</summary>
    public IReadOnlySet<string> Ignored { get; init; } = new HashSet<string>();

    /// <summary>What the list is where its file's name speaks of opt-outs; null while nobody has said.</summary>
    public NamedFile? FileIs { get; init; }

    /// <summary>
    /// A file into which rows that cannot be read are set aside, with everybody they are about; null refuses the files for one such row.
    /// </summary>
    public string? SetAside { get; init; }

    /// <summary>
    /// True where the list was looked at and every row of it names a whole domain: then nobody stands in it. A list without rows is an
    /// error in any other case, as an export that went wrong.
    /// </summary>
    public bool NamesDomainsAlone { get; init; }

    /// <summary>
    /// Files of the folder that nobody reads and whose names speak of opt-outs, such as <c>refusals-2026.csv</c> or <c>Refusals.csv</c>.
    /// </summary>
    public IReadOnlyList<string> LeftUnread { get; init; } = [];

    /// <summary>A second list of people in the folder, of which only the first is read; null where there is one.</summary>
    public string? SecondPeople { get; init; }

    /// <summary>What would be lost: opt-outs in a file that calls itself the register, and the second of two lists of people.</summary>
    public IEnumerable<Problem> Lost =>
        [
            .. LeftUnread.Where(UnreadNotes.IsRegister).Select(UnreadNotes.NotRead),
            .. SecondPeople is { } second ? [UnreadNotes.Second(second, People)] : Array.Empty<Problem>(),
        ];

    /// <summary>
    /// The files of a folder by their usual names: <c>people.csv</c>, <c>collections.csv</c> or <c>orders.csv</c>, <c>consents.csv</c>,
    /// <c>refusals.csv</c>, <c>sends.csv</c>, <c>checks.csv</c>, <c>bounces.csv</c>; also as <c>.csv.gz</c>.
    /// </summary>
    public static AudienceFiles InFolder(string folder, TimeZoneInfo? zone)
    {
        var companions = CompanionFiles.All.SelectMany(kind =>
            Names(kind).SelectMany(name => Find(folder, name)).Select(path => (kind, path))
        );
        List<string> people = [.. Find(folder, "people")];
        var files = new AudienceFiles(people.FirstOrDefault() ?? Path.Combine(folder, "people.csv"), [.. companions], zone);
        return files with { LeftUnread = [.. UnreadNotes.OptOutFiles(folder, files)], SecondPeople = people.ElementAtOrDefault(1) };
    }

    /// <summary>True when a register of refusals is among the files.</summary>
    public bool HasRefusals => Companions.Any(companion => companion.Kind == CompanionFiles.Refusals);

    static IEnumerable<string> Names(CompanionFile kind) => kind == CompanionFiles.Collections ? ["collections", "orders"] : [kind.Name];

    static IEnumerable<string> Find(string folder, string name) =>
        new[] { $"{name}.csv", $"{name}.csv.gz" }.Select(file => Path.Combine(folder, file)).Where(File.Exists);
}
