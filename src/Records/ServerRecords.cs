using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Mail.OptOut;

namespace MaySend.Records;

/// <summary>The server's own records as they stand at one position of the controller's chain. Immutable.</summary>
/// <param name="Seq">How far the chain was read.</param>
/// <param name="Keys">API keys that are good, by id.</param>
/// <param name="Campaigns">Campaigns, by id.</param>
/// <param name="Assessments">Documents of assessments as last written, by version.</param>
/// <param name="Scopes">What numbers in opt-out links stand for.</param>
public sealed record RecordsAsOf(
    long Seq,
    ImmutableDictionary<string, ApiKeyIssued> Keys,
    ImmutableSortedDictionary<string, CampaignDescribed> Campaigns,
    ImmutableSortedDictionary<string, AssessmentWritten> Assessments,
    ImmutableDictionary<uint, OptOutScopeUsed> Scopes
)
{
    /// <summary>Keys of opt-out links, in the order in which they came.</summary>
    public ImmutableList<OptOutKey> OptOutKeys { get; init; } = [];

    /// <summary>What waits or waited for a person, by id.</summary>
    public ImmutableDictionary<string, InboxArrived> Arrived { get; init; } = ImmutableDictionary<string, InboxArrived>.Empty;

    /// <summary>What somebody settled, by id.</summary>
    public ImmutableDictionary<string, InboxSettled> Settled { get; init; } = ImmutableDictionary<string, InboxSettled>.Empty;

    /// <summary>Runs of the inbox that were proposed, by id.</summary>
    public ImmutableDictionary<string, InboxRunProposed> Runs { get; init; } = ImmutableDictionary<string, InboxRunProposed>.Empty;

    /// <summary>Pages on which people sign up, by name.</summary>
    public ImmutableSortedDictionary<string, SignUpPageOpened> SignUpPages { get; init; } =
        ImmutableSortedDictionary.Create<string, SignUpPageOpened>(StringComparer.Ordinal);

    /// <summary>How the public pages of a sender look, by sender.</summary>
    public ImmutableDictionary<string, SenderLookSet> Looks { get; init; } = ImmutableDictionary<string, SenderLookSet>.Empty;

    /// <summary>Requests of people for their rights, by id.</summary>
    public ImmutableDictionary<string, RightsRequestReceived> RightsRequests { get; init; } =
        ImmutableDictionary<string, RightsRequestReceived>.Empty;

    /// <summary>Those of them that were answered, by id.</summary>
    public ImmutableDictionary<string, RightsRequestAnswered> RightsAnswers { get; init; } =
        ImmutableDictionary<string, RightsRequestAnswered>.Empty;

    /// <summary>Files that are attached to something, by id.</summary>
    public ImmutableDictionary<string, FileAttached> Attached { get; init; } = ImmutableDictionary<string, FileAttached>.Empty;

    /// <summary>Remarks on assessments, by id.</summary>
    public ImmutableDictionary<string, AssessmentCommented> Comments { get; init; } =
        ImmutableDictionary<string, AssessmentCommented>.Empty;

    /// <summary>Those of them that are settled, by id.</summary>
    public ImmutableDictionary<string, AssessmentCommentSettled> SettledComments { get; init; } =
        ImmutableDictionary<string, AssessmentCommentSettled>.Empty;

    /// <summary>What was changed in <c>inbound.json</c> by the console, in order.</summary>
    public ImmutableList<InboundSettingsChanged> InboundChanges { get; init; } = [];

    internal static readonly RecordsAsOf Nothing = new(
        0,
        ImmutableDictionary<string, ApiKeyIssued>.Empty,
        ImmutableSortedDictionary.Create<string, CampaignDescribed>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, AssessmentWritten>(StringComparer.Ordinal),
        ImmutableDictionary<uint, OptOutScopeUsed>.Empty
    );

    internal RecordsAsOf With(ServerRecord record) =>
        record switch
        {
            ApiKeyIssued key => this with { Keys = Keys.SetItem(key.Id, key) },
            ApiKeyRevoked revoked => this with { Keys = Keys.Remove(revoked.Id) },
            CampaignDescribed campaign => this with { Campaigns = Campaigns.SetItem(campaign.Id, campaign) },
            AssessmentWritten written => this with { Assessments = Assessments.SetItem(written.Id, written) },
            OptOutScopeUsed scope => this with
            {
                Scopes = Scopes.SetItem(uint.Parse(scope.Id, System.Globalization.CultureInfo.InvariantCulture), scope),
            },
            OptOutKeyAdded key => this with
            {
                OptOutKeys = OptOutKeys.Add(
                    new(byte.Parse(key.Id, System.Globalization.CultureInfo.InvariantCulture), key.IssuesFrom, key.Secret.Span)
                ),
            },
            // The first arrival stands: its file is the one that was sealed first.
            InboxArrived arrived => Arrived.ContainsKey(arrived.Id) ? this : this with { Arrived = Arrived.Add(arrived.Id, arrived) },
            InboxSettled settled => Settled.ContainsKey(settled.Id) ? this : this with { Settled = Settled.Add(settled.Id, settled) },
            SignUpPageOpened page => this with { SignUpPages = SignUpPages.SetItem(page.Id, page) },
            SenderLookSet look => this with { Looks = Looks.SetItem(look.Id, look) },
            SignUpPageClosed closed => this with { SignUpPages = SignUpPages.Remove(closed.Id) },
            RightsRequestReceived received => RightsRequests.ContainsKey(received.Id)
                ? this
                : this with
                {
                    RightsRequests = RightsRequests.Add(received.Id, received),
                },
            RightsRequestAnswered answered => this with { RightsAnswers = RightsAnswers.SetItem(answered.Id, answered) },
            FileAttached file => this with { Attached = Attached.SetItem(file.Id, file) },
            FileDetached file => this with { Attached = Attached.Remove(file.Id) },
            AssessmentCommented said => Comments.ContainsKey(said.Id) ? this : this with { Comments = Comments.Add(said.Id, said) },
            AssessmentCommentSettled settled => this with { SettledComments = SettledComments.SetItem(settled.Id, settled) },
            InboundSettingsChanged changed => this with { InboundChanges = InboundChanges.Add(changed) },
            InboxRunProposed run => this with { Runs = Runs.SetItem(run.Id, run) },
            _ => this,
        };
}

/// <summary>
/// Reads and adds the server's own records. The latest state is kept; every reading asks the store how far the chain is, so that a key
/// revoked in one process is dead in all.
/// </summary>
public sealed class ServerRecords(EvidenceStore store)
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { IgnoreReadOnlyProperties = true };

    static readonly FrozenDictionary<string, Type> Kinds = typeof(ServerRecord)
        .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
        .ToFrozenDictionary(kind => (string)kind.TypeDiscriminator!, kind => kind.DerivedType);

    static readonly FrozenDictionary<Type, string> WordOf = Kinds.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    RecordsAsOf held = RecordsAsOf.Nothing;

    /// <summary>The records as they stand now.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<RecordsAsOf> ReadAsync(CancellationToken cancellation = default)
    {
        var known = Volatile.Read(ref held);
        var chain = (await store.Ledger.PositionAsync(Partition.Controller, cancellation)).Seq;
        if (known.Seq == chain)
            return known;
        await foreach (var entry in store.Ledger.StreamAsync(Partition.Controller, known.Seq, cancellation))
        {
            if (entry.Position.Seq > chain)
                break;
            if (Kinds.ContainsKey(entry.Kind))
                known = known.With(Read(entry));
        }
        known = known with { Seq = chain };
        Volatile.Write(ref held, known);
        return known;
    }

    /// <summary>The records as last read; what a page shows while the store is down.</summary>
    public RecordsAsOf LastRead => Volatile.Read(ref held);

    /// <summary>Adds one; with an idempotency key only once.</summary>
    public async ValueTask<AppendOutcome> AddAsync(
        ServerRecord record,
        Actor by,
        string? idempotencyKey = null,
        CancellationToken cancellation = default
    ) => (await store.Ledger.AppendAsync(ToAppend(record, by, idempotencyKey), cancellation)).Outcome;

    /// <summary>What the ledger is asked to append for a record, for those who append it together with others.</summary>
    public AppendRequest ToAppend(ServerRecord record, Actor by, string? idempotencyKey) =>
        new()
        {
            Subject = new EntrySubject.Controller(),
            Kind = WordOf[record.GetType()],
            HappenedAt = store.Clock.GetUtcNow(),
            By = by.Name,
            Rights = by.Rights,
            IdempotencyKey = idempotencyKey,
            Payload = JsonSerializer.SerializeToUtf8Bytes(record, Layout),
        };

    static ServerRecord Read(LedgerEntry entry)
    {
        try
        {
            var content = entry.Content ?? throw Unreadable(entry, null);
            return JsonSerializer.Deserialize<ServerRecord>(content.Payload.Span, Layout) ?? throw Unreadable(entry, null);
        }
        catch (JsonException fault)
        {
            throw Unreadable(entry, fault);
        }
    }

    static LedgerUnavailableException Unreadable(LedgerEntry entry, Exception? fault) =>
        new(UnavailableBecause.Damaged, $"entry {entry.Position} ({entry.Kind}) cannot be read", fault);
}
