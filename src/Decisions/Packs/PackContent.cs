using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Decisions.Packs;

/// <summary>An entry of a pack: what it says, where it stands and its hash in the chain.</summary>
/// <param name="Position">Where it stands: <c>41:88213</c>.</param>
/// <param name="RecordedAt">When the ledger took it in.</param>
/// <param name="By">Which person or program recorded it.</param>
/// <param name="File">SHA-256 of the file it was read from.</param>
/// <param name="Row">The row of that file.</param>
/// <param name="Hash">The chain hash, hexadecimal; a checkpoint covers it.</param>
/// <param name="Entry">What it says.</param>
/// <param name="Rights">What they were allowed to make count; null for an entry from before rights were kept.</param>
public sealed record PackedEntry(
    string Position,
    DateTimeOffset RecordedAt,
    string By,
    string? File,
    long? Row,
    string Hash,
    ContactEntry Entry,
    Rights? Rights = null
)
{
    /// <summary>The entry as a decision looks at it.</summary>
    [JsonIgnore]
    public ContactEntry ForDecision => Counted.Of(Entry, Rights, File, RecordedAt);

    /// <summary>Its number in its chain.</summary>
    [JsonIgnore]
    public long Seq =>
        long.Parse(Position.AsSpan(Position.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An entry about the controller, with its hash in the chain.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="RecordedAt">When the ledger took it in.</param>
/// <param name="By">Which person or program recorded it.</param>
/// <param name="Hash">The chain hash, hexadecimal.</param>
/// <param name="Entry">What it says.</param>
/// <param name="Rights">What they were allowed to make count; null for an entry from before rights were kept.</param>
public sealed record PackedControllerEntry(
    string Position,
    DateTimeOffset RecordedAt,
    string By,
    string Hash,
    ControllerEntry Entry,
    Rights? Rights = null
)
{
    /// <summary>The entry as the fold takes it.</summary>
    [JsonIgnore]
    public OnRecord OnRecord => OnRecord.Of(Entry, Rights);

    /// <summary>Its number in its chain.</summary>
    [JsonIgnore]
    public long Seq =>
        long.Parse(Position.AsSpan(Position.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A decision of a pack.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="DecidedAt">When it was given.</param>
/// <param name="Verdict">What was answered then.</param>
/// <param name="Send">The send key's reason then.</param>
/// <param name="Process">The process key's reason then.</param>
/// <param name="Replayed"><c>the same</c>, or where the replay differs, or why there is none.</param>
/// <param name="LawFiles">The law files relied on, below <c>law/DIGEST/</c>.</param>
/// <param name="Explanation">The whole answer, as replayed for the pack; null where it cannot be.</param>
public sealed record PackedDecision(
    string Id,
    DateTimeOffset? DecidedAt,
    string Verdict,
    string Send,
    string Process,
    string Replayed,
    ImmutableArray<string> LawFiles,
    Explanation? Explanation
);

/// <summary>What <c>pack.json</c> holds.</summary>
public sealed record PackContent
{
    /// <summary>The format's name and version.</summary>
    public const string Form = "maysend-pack/1";

    /// <summary><see cref="Form"/>.</summary>
    public string Format { get; init; } = Form;

    /// <summary>The person's address, or the campaign's name.</summary>
    public required string About { get; init; }

    /// <summary>The ledger it came from.</summary>
    public required string Ledger { get; init; }

    /// <summary>When it was put together.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>A signed checkpoint over the ledger as it stood: a C2SP signed note.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>What is on record about the person; empty in the pack of a campaign.</summary>
    public ImmutableArray<PackedEntry> Entries { get; init; } = [];

    /// <summary>What is kept of an erased person to honour their request to stop.</summary>
    public ImmutableArray<RefusalMade> Suppressions { get; init; } = [];

    /// <summary>
    /// What is on record about the controller: senders, forms, templates, maps, statements, assessments, campaigns, screenings.
    /// </summary>
    public ImmutableArray<PackedControllerEntry> ControllerEntries { get; init; } = [];

    /// <summary>Decisions about the person, oldest first.</summary>
    public ImmutableArray<PackedDecision> Decisions { get; init; } = [];

    static readonly JsonSerializerOptions Layout = new(EntryJson.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Default,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Layout);

    /// <summary>Reads it back.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static PackContent Read(string json) =>
        JsonSerializer.Deserialize<PackContent>(json, Layout) is { Format: Form } content
            ? content
            : throw new JsonException($"it is not in the format {Form}");
}
