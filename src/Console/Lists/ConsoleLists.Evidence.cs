using MaySend.Console.Access;
using MaySend.Console.Assessing;
using MaySend.Console.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Assessing;

namespace MaySend.Console.Lists;

/// <summary>Lists of what is on record about the controller.</summary>
static partial class ConsoleLists
{
    public static readonly GrowingList<ImportOnRecord> Imports = new(
        "imports",
        "imports",
        Permit.ReadEvidence,
        // What somebody has to decide on comes first.
        async http =>
            [.. (await Get<TakingBack>(http).AllAsync()).Reverse().OrderBy(one => one is { Proposed: not null, Taken: null } ? 0 : 1)],
        [
            new("file", "File", one => one.Import.FileName),
            new("when", "Recorded", one => one.RecordedAt),
            new("by", "By", one => one.By),
            new("format", "Format", one => Format.Words(one.Import.Format)),
            new("rows", "Rows", one => one.Import.Rows),
            new("digest", "Digest", one => one.Import.FileDigest[..12]) { IsSorted = false },
            new(
                "back",
                "Taken back",
                one =>
                    one.Taken is not null ? "yes"
                    : one.Proposed is not null ? "proposed"
                    : null
            ),
        ]
    );

    public static readonly GrowingList<CheckpointNote> Checkpoints = new(
        "checkpoints",
        "checkpoints",
        Permit.ReadLedger,
        async http => [.. (await Get<EvidenceStore>(http).Ledger.CheckpointsAsync()).Reverse().Select(CheckpointNote.Read)],
        [
            new("made", "Made", one => one.At),
            new("entries", "Entries", one => one.Entries),
            new("note", "Note", one => one.Text) { IsSearched = false, IsSorted = false },
        ]
    )
    {
        // A note stands on the page with every chain that it covers, and once more to be downloaded.
        Size = 5,
    };

    public static readonly GrowingList<RecordedControllerEntry> Entries = new(
        "entries",
        "entries",
        Permit.ReadLedger,
        async http => [.. (await Get<EvidenceStore>(http).ControllerEntriesAsync()).Reverse()],
        [
            new("number", "Entry", one => one.Position.Seq),
            new("recorded", "Recorded", one => one.RecordedAt),
            new("by", "By", one => one.By),
            new("kind", "Kind", one => ControllerWords.Of(one.Entry).Kind),
            new("name", "Name", one => ControllerWords.Of(one.Entry).Name),
            new("hash", "Hash", one => one.Hash) { IsSorted = false },
        ]
    )
    {
        Name = "entries",
    };

    public static readonly GrowingList<HookLine> Webhooks = new(
        "webhooks",
        "webhooks",
        Permit.ReadEvidence,
        http => new(HookLine.All(http)),
        [
            new("platform", "Platform", one => one.Platform),
            new("sender", "Sender", one => one.Sender ?? "every sender"),
            new("calls", "Calls", one => one.Calls.Count),
            new("recorded", "On record", one => one.Calls.Recorded),
            new("person", "For a person", one => one.Calls.ForAPerson),
            new("last", "Last call", one => one.Calls.Count == 0 ? null : one.Calls.Last),
            new("unread", "Could not be read", one => one.Calls.Unread),
            new("unproved", "Not proved", one => one.Unproved.Count),
        ]
    );

    public static readonly GrowingList<MappedProduct> Products = new(
        "products",
        "products",
        Permit.ReadEvidence,
        async http => (await MapInForceAsync(Get<EvidenceStore>(http)))?.Products.ToList() ?? [],
        [new("code", "Code", one => one.Code), new("family", "Family", one => one.Family), new("range", "Range", one => one.Range)]
    );

    public static readonly GrowingList<IGrouping<string, CollectionPointVersion>> Points = new(
        "collection-points",
        "collection points",
        Permit.ReadEvidence,
        async http =>
            [
                .. (await Get<EvidenceStore>(http).ControllerAsync())
                    .Points.GroupBy(version => version.Point)
                    .OrderBy(group => group.Key, StringComparer.Ordinal),
            ],
        [
            new("name", "Point", one => one.Key),
            new("versions", "Versions", one => one.Count()),
            new("since", "Newest since", one => one.Max(version => version.From)),
            new("unsigned", "Not signed", one => one.Count(version => version.Signature is null)),
            new("wording", "Wording", one => string.Join(" / ", one.Select(version => version.Wording).Distinct())) { IsSorted = false },
        ]
    );

    public static readonly GrowingList<IGrouping<string, TemplateVersion>> Templates = new(
        "templates",
        "templates",
        Permit.ReadEvidence,
        async http =>
            [
                .. (await Get<EvidenceStore>(http).ControllerAsync())
                    .Templates.GroupBy(version => version.Template)
                    .OrderBy(group => group.Key, StringComparer.Ordinal),
            ],
        [
            new("name", "Template", one => one.Key),
            new("sender", "Sender", one => string.Join(", ", one.Select(version => version.Sender).Distinct())),
            new("channel", "Channel", one => string.Join(", ", one.Select(version => version.Channel).Distinct())),
            new("versions", "Versions", one => one.Count()),
            new("since", "Newest since", one => one.Max(version => version.From)),
            new("unsigned", "Not signed", one => one.Count(version => version.Signature is null)),
        ]
    );

    public static readonly GrowingList<ListedAssessment> OpenAssessments = Assessments(
        "open",
        "assessments not yet signed",
        lines => lines.Where(one => one.IsOpen)
    );

    public static readonly GrowingList<ListedAssessment> AssessmentsReliedOn = Assessments(
        "calendar",
        "assessments that are relied on",
        lines => lines.Where(one => !one.IsOpen && one.ReviewDue is not null).OrderBy(one => one.ReviewDue)
    );

    public static readonly GrowingList<ListedAssessment> PastAssessments = Assessments(
        "past",
        "past assessments",
        lines => lines.Where(one => !one.IsOpen && one.ReviewDue is null)
    );
}
