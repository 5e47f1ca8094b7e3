using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;

namespace MaySend.Evidence.Import.Formats;

/// <summary>The choices that only a person can make about a file. What is not chosen is not guessed.</summary>
public sealed record ImportOptions
{
    /// <summary>The format's name, of <see cref="ImportFormats.All"/>; null to recognise it by its header and name.</summary>
    public string? Format { get; init; }

    /// <summary>The legal entity whose account or shop the file comes from: it obtained the details, and an opt-out of its mail binds it.
    /// Null: an opt-out binds every sender.</summary>
    public string? Sender { get; init; }

    /// <summary>
    /// The collection point (form, checkout) through which these people came; its version in force at the time says what was shown.
    /// </summary>
    public string? Point { get; init; }

    /// <summary>
    /// The collection point of sales that the file says were made at a counter; null where nobody named it: they then have none, since a
    /// checkout's form was not shown there.
    /// </summary>
    public string? TillPoint { get; init; }

    /// <summary>The zone of times that are written without one.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The character between fields; null to find it from the header.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The text encoding: <c>utf-8</c> unless named, such as <c>windows-1252</c>. A byte-order mark is always believed.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Our columns in the file's words, for the generic formats.</summary>
    public CsvLayout Layout { get; init; } = CsvLayout.Plain;

    /// <summary>
    /// The platform's lists or subscription types, and our topic for each. An opt-out of one that is not named here binds every topic.
    /// </summary>
    public ImmutableDictionary<string, string> Topics { get; init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Leave rows out whose address is none, and list them, instead of refusing the file.</summary>
    public bool LeaveOutBadAddresses { get; init; }

    /// <summary>
    /// Set bad rows aside with their reasons and take the rest, instead of refusing the file. A row that asks to stop counts all the same.
    /// </summary>
    public bool SetsAsideBadRows { get; init; }

    /// <summary>
    /// A header without rows is no mistake: one of several files of a folder, in which nothing of its kind has happened yet.
    /// </summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>
    /// Columns of the file in which a word is a request to stop, with these words; without words, everything that is not a no.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Stops { get; init; } = NoWords;

    /// <summary>Only rows whose cell in these columns of the file is one of these words are taken.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Only { get; init; } = NoWords;

    /// <summary>Columns of the file that somebody looked at and that are of no account, whatever they hold.</summary>
    public ImmutableHashSet<string> Ignored
    {
        get;
        init => field = value.WithComparer(StringComparer.OrdinalIgnoreCase);
    } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a file is whose name says that its people asked to stop; null while nobody has said.</summary>
    public NamedFile? FileIs { get; init; }

    static readonly ImmutableDictionary<string, ImmutableArray<string>> NoWords = ImmutableDictionary.Create<
        string,
        ImmutableArray<string>
    >(StringComparer.OrdinalIgnoreCase);

    /// <summary>The longest row taken, in characters.</summary>
    public int GreatestRecord { get; init; } = 1 << 20;

    /// <summary>The most bytes that an archive may unpack to, over all its files.</summary>
    public long GreatestUnpacked { get; init; } = 16L << 30;
}

/// <summary>What a file is whose name speaks of opt-outs.</summary>
public enum NamedFile
{
    /// <summary>Everybody in it asked to stop.</summary>
    OptOuts,

    /// <summary>A list like any other: the name means nothing.</summary>
    List,
}
