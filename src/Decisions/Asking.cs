using System.Collections.Concurrent;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Decisions;

/// <summary>
/// The one story of an answer, which every door tells: whom and which campaign on which day → what is on record → facts → decision →
/// its id, and whether it may go out now. Safe for many threads; a campaign's facts are found once for each state of the controller's
/// record.
/// <code>
/// var answer = await asking.AskAsync(address, new Asked(campaign), cancellation);
/// if (answer.Send) ... // else answer.Verdict, answer.Code and answer.Id say why not, and by what
/// </code>
/// </summary>
/// <param name="store">What is on record.</param>
/// <param name="decider">The law.</param>
/// <param name="hindrance">
/// Says what stands in the way of everything at this moment, a code of <see cref="Sending"/>, or null; null itself where no door takes
/// requests to stop, as on the command line.
/// </param>
public sealed class Asking(EvidenceStore store, Decider decider, Func<string?>? hindrance = null)
{
    /// <summary>How many campaigns are kept ready: those described with a question may all differ.</summary>
    const int Ready = 500;

    readonly ConcurrentDictionary<(string Campaign, DateOnly Day, long Seq), Prepared> prepared = new();

    sealed record Prepared(ReadyCampaign Campaign, ControllerRecord Controller);

    /// <summary>The law in use.</summary>
    public LawBook Law => decider.Law;

    /// <summary>Whether something that was decided before, such as a list, may go out at this moment.</summary>
    /// <param name="of">Gets the law, the time, and what stands in the way of everything, if something does.</param>
    public T NowOf<T>(Func<LawBook, DateTimeOffset, string?, T> of) => of(decider.Law, store.Clock.GetUtcNow(), hindrance?.Invoke());

    /// <summary>Answers; nothing is written.</summary>
    /// <exception cref="Evidence.LedgerUnavailableException">The store cannot answer: nothing may be sent.</exception>
    public async ValueTask<Answer> AskAsync(Address address, Asked question, CancellationToken cancellation = default)
    {
        var dossier = await store.FindAsync(address, question.AsKnown, cancellation);
        var isPast = question.AsKnown != AsKnown.Now;
        var seq = isPast ? await ControllerSeqAsync(question.AsKnown, cancellation) : dossier.Position.ControllerSeq;
        var now = store.Clock.GetUtcNow();
        var asked = question.Campaign;
        var inline = InlineCampaign.No;
        var onRecord = dossier.ForDecision;
        var (decision, day, evidence) = await DecideAsync(asked, question, dossier.Address, onRecord, seq, now, cancellation);
        if (question.IsInline && question.OnRecord is { } standing)
        {
            var (without, ownDay, _) = await DecideAsync(standing, question, dossier.Address, onRecord, seq, now, cancellation);
            inline = IsBetter(decision, without) ? InlineCampaign.NotCounted : InlineCampaign.Counted;
            if (inline == InlineCampaign.NotCounted)
                (asked, decision, day) = (standing, without, ownDay);
        }
        else if (question.IsInline)
        {
            inline = InlineCampaign.WhatIf;
        }
        var isWhatIf = inline == InlineCampaign.WhatIf || isPast || !asked.Has(day) || question.KnownAt is { } known && known != day;
        return new(
            decision,
            DecisionId.Of(
                dossier.Contact,
                dossier.LastEvidence(),
                asked.Digest,
                day,
                decision.Formula.KnownAt,
                decision.Formula.LawDigest,
                decision.Formula.Policy.Digest,
                evidence
            ),
            dossier,
            asked,
            // A campaign that replaces days must keep to those on record as well.
            Both(
                Sending.Of(decision, asked, address, decider.Law, now, hindrance?.Invoke(), isWhatIf),
                inline == InlineCampaign.Counted
                    ? Sending.Of(decision, question.OnRecord!, address, decider.Law, now, hindrance: null, isWhatIf: false)
                    : null
            ),
            Deliverability.Of(onRecord),
            inline
        );
    }

    /// <summary>The pure function underneath: evidence and law to a decision, as files, replays and cases ask it too.</summary>
    /// <param name="decider">The law.</param>
    /// <param name="controller">What the controller has on record.</param>
    /// <param name="campaign">What is to be sent, on the day asked about.</param>
    /// <param name="entries">What is on record about the person.</param>
    /// <param name="address">Where the person is reached, as matched: its domain may be one that refuses.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="lawOn">The day whose law is asked; null for the campaign's.</param>
    public static Decision Decide(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        IReadOnlyList<ContactEntry> entries,
        string address,
        DateOnly knownAt,
        DateOnly? lawOn = null
    ) => new ReadyCampaign(decider, controller, campaign).Decide(entries, address, knownAt, lawOn);

    /// <summary>
    /// What is on record and what files say, each once: a file that was also loaded says nothing twice. A request to stop that was recorded
    /// from a file answers for none: that file may have been taken back, and twice the same request is one.
    /// </summary>
    public static IReadOnlyList<ContactEntry> Joined(IReadOnlyList<ContactEntry> onRecord, IReadOnlyList<ContactEntry> fromFiles)
    {
        if (fromFiles.Count == 0)
            return onRecord;
        static string Fact(ContactEntry entry) => Convert.ToBase64String(EntryJson.Write(entry));
        // Only one of the same kind says the same: a list of bare addresses is not held against every order.
        var kinds = fromFiles.Select(entry => entry.GetType()).ToHashSet();
        // How many of each are on record and not yet met in the files: two rows that say the same without an id may be two messages.
        var answering = onRecord.Where(entry => entry.FromFile is null && kinds.Contains(entry.GetType())).ToList();
        var left = answering.GroupBy(entry => Fact(Proposal.WithoutMadeUpId(entry))).ToDictionary(same => same.Key, same => same.Count());
        var held = answering.Select(Fact).ToHashSet(StringComparer.Ordinal);
        bool IsNew(ContactEntry entry)
        {
            var named = Proposal.WithoutMadeUpId(entry);
            if (ReferenceEquals(named, entry))
                return held.Add(Fact(entry));
            if (left.GetValueOrDefault(Fact(named)) is not > 0)
                return held.Add(Fact(entry));
            left[Fact(named)]--;
            return false;
        }
        return [.. onRecord, .. fromFiles.Where(IsNew)];
    }

    /// <summary>What is on record about the controller, with what files say beneath it: a file never outranks the record.</summary>
    public static async ValueTask<ControllerRecord> ControllerAsync(
        EvidenceStore store,
        ControllerRecord? files,
        AsKnown known,
        CancellationToken cancellation
    )
    {
        var onRecord = await store.ControllerAsync(known, cancellation);
        if (files is null)
            return onRecord;
        var conflicts = new List<string>();
        var apart = new ControllerRecord(OtherSenders.Apart(files.Entries, onRecord.Entries, conflicts));
        return conflicts.Count == 0
            ? onRecord.Over(apart)
            : throw new BadInputException([
                .. conflicts.Distinct().Select(conflict => new Problem(new Place("--sender"), conflict, OtherSenders.Help)),
            ]);
    }

    async ValueTask<(Decision, DateOnly, long)> DecideAsync(
        Campaign campaign,
        Asked question,
        Address address,
        IReadOnlyList<ContactEntry> onRecord,
        long seq,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var day = question.Day ?? campaign.Nearest(DateOnly.FromDateTime(now.UtcDateTime));
        var ready = await PrepareAsync(campaign, day, question, seq, cancellation);
        var entries = Joined(onRecord, question.FromFiles);
        var decision = ready.Campaign.Decide(entries, address.Matching, question.KnownAt ?? day);
        // Of several days it is today's, and which day that is, the law that asks says.
        if (
            question.Day is null
            && Sending.Today(decision, decider.Law, now).ToList() is [var today]
            && campaign.Nearest(today) is var nearest
            && nearest != day
        )
        {
            day = nearest;
            ready = await PrepareAsync(campaign, day, question, seq, cancellation);
            decision = ready.Campaign.Decide(entries, address.Matching, question.KnownAt ?? day);
        }
        return (decision, day, ready.Controller.Seq);
    }

    async ValueTask<Prepared> PrepareAsync(Campaign campaign, DateOnly day, Asked question, long seq, CancellationToken cancellation)
    {
        var key = (campaign.Digest, day, seq);
        if (question.ControllerFiles is null && prepared.TryGetValue(key, out var ready))
            return ready;
        var controller = await ControllerAsync(store, question.ControllerFiles, AsKnown.UpTo(seq), cancellation);
        ready = new(new ReadyCampaign(decider, controller, campaign.OnDay(day)), controller);
        if (question.ControllerFiles is not null)
            return ready;
        if (prepared.Count > Ready)
            prepared.Clear();
        return prepared[key] = ready;
    }

    async ValueTask<long> ControllerSeqAsync(AsKnown asKnown, CancellationToken cancellation) =>
        await store.Ledger.ReadControllerAsync(asKnown, cancellation) is [.., var last] ? last.Position.Seq : 0;

    /// <summary>True when either key is better with than without.</summary>
    static bool IsBetter(Decision with, Decision without) =>
        Rank(with.Send.Truth) > Rank(without.Send.Truth) || Rank(with.Process.Truth) > Rank(without.Process.Truth);

    static int Rank(Truth truth) =>
        truth switch
        {
            Truth.Satisfied => 2,
            Truth.NotEvidenced => 1,
            _ => 0,
        };

    static Sending Both(Sending one, Sending? other) =>
        other is null ? one : new(one.May && other.May, [.. one.Reasons.Union(other.Reasons, StringComparer.Ordinal)]);
}
