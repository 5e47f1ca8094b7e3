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
    /// Null: an opt-out
    /// binds every sender.</summary>
    public string? Sender { get; init; }

    /// <summary>
    /// The collection point (form, checkout) through which these people came; its version in force at the time says what was shown.
    /// </summary>
    public string? Point { get; init; }

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

    /// <summary>The longest row taken, in characters.</summary>
    public int GreatestRecord { get; init; } = 1 << 20;

    /// <summary>The most bytes that an archive may unpack to, over all its files.</summary>
    public long GreatestUnpacked { get; init; } = 16L << 30;
}
