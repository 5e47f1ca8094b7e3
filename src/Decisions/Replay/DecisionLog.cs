using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Provisions;

namespace MaySend.Decisions.Replay;

/// <summary>A question about somebody in a store.</summary>
/// <param name="Campaign">What is to be sent.</param>
/// <param name="KnownAt">The day as of which readings of the law are known.</param>
public sealed record StoreQuestion(Campaign Campaign, DateOnly KnownAt)
{
    /// <summary>How much of the evidence is looked at; the default looks at all of it.</summary>
    public AsKnown AsKnown { get; init; }

    /// <summary>
    /// What files say of the controller, beneath what is on record: of one name the record stands. Null for the record alone.
    /// </summary>
    public ControllerRecord? Controller { get; init; }

    /// <summary>Entries from files, to join with the store's.</summary>
    public IReadOnlyList<ContactEntry> FromFiles { get; init; } = [];

    /// <summary>SHA-256 over the files used; null when there are none.</summary>
    public string? FilesDigest { get; init; }
}

/// <summary>A decision from a store with its identity.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Dossier">What was on record.</param>
public sealed record StoreDecision(Decision Decision, DecisionId Id, Dossier Dossier)
{
    /// <summary>
    /// True when there is a contact to keep the decision under: asking about a stranger puts nothing about them on record.
    /// </summary>
    public bool CanBeLogged => Dossier.Contact is not null;
}

/// <summary>
/// Decides from a store and keeps what was decided, so that it can be replayed: the campaign by digest, the law in the archive, the
/// decision beside the evidence. Safe for many threads.
/// </summary>
public sealed class DecisionLog(EvidenceStore store)
{
    /// <summary>Decides; nothing is written.</summary>
    public async ValueTask<StoreDecision> DecideAsync(
        Decider decider,
        Address address,
        StoreQuestion question,
        CancellationToken cancellation = default
    )
    {
        var dossier = await store.FindAsync(address, question.AsKnown, cancellation);
        var isWhatIf = question.AsKnown != AsKnown.Now;
        var controllerSeq = isWhatIf ? await ControllerSeqAsync(question.AsKnown, cancellation) : dossier.Position.ControllerSeq;
        var onRecord = await store.ControllerAsync(AsKnown.UpTo(controllerSeq), cancellation);
        var controller = question.Controller is { } files ? onRecord.Over(files) : onRecord;
        var decision = Decide(
            decider,
            controller,
            question.Campaign,
            Joined(dossier.ForDecision, question.FromFiles),
            dossier.Address.Matching,
            question.KnownAt,
            controller.PolicyOn(question.Campaign.Day)
        );
        return new(decision, IdOf(decision, question.Campaign, question.KnownAt, dossier, controllerSeq), dossier);
    }

    /// <summary>What names a decision about a campaign, made on a dossier and on the controller's record up to a number.</summary>
    public static DecisionId IdOf(Decision decision, Campaign campaign, DateOnly knownAt, Dossier dossier, long controllerSeq) =>
        new(
            dossier.Contact ?? ContactId.Controller,
            campaign.Digest,
            campaign.Day,
            knownAt,
            decision.Formula.LawDigest,
            decision.Formula.Policy.Digest,
            new(LastEvidence(dossier), controllerSeq)
        );

    /// <summary>Puts the campaign on record, unless it is.</summary>
    public async ValueTask RegisterAsync(Campaign campaign, Actor by, CancellationToken cancellation = default)
    {
        if ((await store.ControllerAsync(cancellation: cancellation)).Campaigns.Any(registered => registered.Id == campaign.Digest))
            return;
        await store.RecordAsync(
            new CampaignRegistered(campaign.Digest, campaign),
            by,
            idempotencyKey: $"campaign {campaign.Digest}",
            cancellation: cancellation
        );
    }

    /// <summary>Keeps a decision. The same one again adds nothing. Its campaign must be on record before it is decided.</summary>
    public async ValueTask LogAsync(StoreDecision made, Actor by, string? filesDigest = null, CancellationToken cancellation = default)
    {
        if (!made.CanBeLogged)
            return;
        var entry = new DecisionMade(When.Of(store.Clock.GetUtcNow()), made.Id.ToString())
        {
            Campaign = made.Decision.Campaign.Message.Id,
            Verdict = made.Decision.Verdict.Word(),
            Send = made.Decision.Send.Code,
            Process = made.Decision.Process.Code,
            Files = filesDigest,
        };
        await store.RecordAsync(
            made.Dossier.Address,
            entry,
            by.AsSystem(),
            idempotencyKey: $"decision {made.Id} {filesDigest}",
            cancellation: cancellation
        );
    }

    /// <summary>The pure function underneath.</summary>
    internal static Decision Decide(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        IReadOnlyList<ContactEntry> entries,
        string? address,
        DateOnly knownAt,
        HousePolicy policy,
        DateOnly? lawOn = null
    ) =>
        decider.Decide(
            CampaignFactFinder.Find(controller, campaign),
            new FactFinder(controller, campaign).Find(entries, address),
            knownAt,
            policy,
            lawOn
        );

    /// <summary>What is on record and what files say, each once: a file that was also loaded says nothing twice.</summary>
    public static IReadOnlyList<ContactEntry> Joined(IReadOnlyList<ContactEntry> onRecord, IReadOnlyList<ContactEntry> fromFiles)
    {
        if (fromFiles.Count == 0)
            return onRecord;
        var held = onRecord.Select(entry => Convert.ToBase64String(EntryJson.Write(entry))).ToHashSet(StringComparer.Ordinal);
        return [.. onRecord, .. fromFiles.Where(entry => held.Add(Convert.ToBase64String(EntryJson.Write(entry))))];
    }

    async ValueTask<long> ControllerSeqAsync(AsKnown asKnown, CancellationToken cancellation) =>
        await store.Ledger.ReadControllerAsync(asKnown, cancellation) is [.., var last] ? last.Position.Seq : 0;

    /// <summary>Where the contact's last evidence stands. Decisions are none: asking does not change the answer's identity.</summary>
    static LedgerPosition LastEvidence(Dossier dossier) =>
        dossier.Entries.LastOrDefault(recorded => recorded.Entry is not DecisionMade)?.Position
        ?? new(dossier.Position.Contact.Partition, 0);
}
