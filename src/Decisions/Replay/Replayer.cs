using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Decisions.Replay;

/// <summary>A what-if asked about a past decision; with neither it is replayed as it was.</summary>
/// <param name="LawAsAt">Decide by the law in force and known on this day, as it is on file now.</param>
/// <param name="KnownAt">Decide by the evidence recorded, and the readings of law known, by the end of this day (UTC).</param>
/// <param name="LawNow">The law on file now.</param>
public sealed record WhatIf(DateOnly? LawAsAt, DateOnly? KnownAt, LawBook? LawNow);

/// <summary>What a replay gave.</summary>
public abstract record ReplayResult
{
    ReplayResult() { }

    /// <summary>The decision again.</summary>
    /// <param name="Id">Its identity.</param>
    /// <param name="Logged">What was answered then; null when it was asked but not kept.</param>
    /// <param name="Again">What is answered now.</param>
    /// <param name="Decider">The law used.</param>
    /// <param name="Dossier">The evidence looked at.</param>
    /// <param name="Differences">Where the two differ; empty when they agree.</param>
    public sealed record Done(
        DecisionId Id,
        DecisionMade? Logged,
        Decision Again,
        Decider Decider,
        Dossier Dossier,
        IReadOnlyList<string> Differences
    ) : ReplayResult
    {
        /// <summary>The screening in which it was decided; null where it was not decided in one that is on record.</summary>
        public AudienceScreened? Screening { get; init; }
    }

    /// <summary>It cannot be replayed, and why.</summary>
    public sealed record Impossible(string Why) : ReplayResult;
}

/// <summary>
/// Replays decisions: the archived law, the campaign by its digest and the evidence as known at its position give the verdict again, and it
/// is compared with what was answered then.
/// </summary>
public sealed class Replayer(EvidenceStore store, LawArchive archive)
{
    /// <summary>Replays one decision.</summary>
    /// <exception cref="BadInputException">The archived law is missing or altered.</exception>
    public async ValueTask<ReplayResult> RunAsync(DecisionId id, WhatIf? whatIf = null, CancellationToken cancellation = default)
    {
        if (id.Contact == ContactId.Controller)
            return new ReplayResult.Impossible("nobody was on record when it was asked, so there is nothing to replay it from");
        if (await store.Ledger.ContactAsync(id.Contact, cancellation) is not { } contact)
            return await GoneAsync(id, cancellation);
        var all = await store.FindAsync(contact.Address, AsKnown.Now, cancellation);
        var logged = all.Entries.Select(recorded => recorded.Entry).OfType<DecisionMade>().LastOrDefault(made => made.Id == id.ToString());
        if (logged?.Files is { } files)
            return new ReplayResult.Impossible(
                $"facts from files (SHA-256 over them {files[..12]}) were used besides the store: load them into the "
                    + "store, and decisions can be replayed"
            );
        var screening = (await DecisionOnRecord.FindAsync(store, all, day: id.Day, cancellation: cancellation))
            .FirstOrDefault(one => one.Id == id && one.Screening is not null)
            ?.Screening;
        if (logged is null && screening is { HasFactsFromFiles: true })
            return new ReplayResult.Impossible(
                $"in the screening {screening.Id} facts from files were used besides the store: load them into the store, and decisions "
                    + "can be replayed"
            );
        var known = whatIf?.KnownAt is { } day ? AsKnown.At(EndOf(day)) : AsKnown.UpTo(id.Position.ControllerSeq);
        var controller = await store.ControllerAsync(known, cancellation);
        // The campaign is part of the question, not of what was known: it may be registered later than the day of a what-if.
        if (
            (await store.ControllerAsync(cancellation: cancellation)).Campaign(id.Campaign) is not { } campaign
            || !campaign.Digest.IsNamedBy(id.Campaign)
        )
            return new ReplayResult.Impossible($"the campaign {id.Campaign} is not on record, or an old short id of it matches two");
        var dossier = whatIf?.KnownAt is null
            ? await store.FindAsync(contact.Address, id.Position, cancellation)
            : await store.FindAsync(contact.Address, known, cancellation);
        // Suppressions stand outside the chain: those put down after the decision were not seen by it.
        var suppressions = dossier.Suppressions.Where(suppression =>
            (logged?.When.At ?? screening?.ReadFrom) is not { } then || suppression.When.At is not { } made || made <= then
        );
        var decider = new Decider(whatIf is { LawAsAt: not null, LawNow: { } now } ? now : archive.Read(id.Law));
        var again = Asking.Decide(
            decider,
            controller,
            campaign.OnDay(id.Day),
            (dossier with { Suppressions = [.. suppressions] }).ForDecision,
            contact.Address.Matching,
            whatIf?.KnownAt ?? whatIf?.LawAsAt ?? id.KnownAt,
            whatIf?.LawAsAt
        );
        return new ReplayResult.Done(id, logged, again, decider, dossier, [.. Differences(id, logged, again)]) { Screening = screening };
    }

    /// <summary>The last instant of a day in UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) =>
        new(day, new TimeOnly(TimeSpan.TicksPerDay - TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    async ValueTask<ReplayResult> GoneAsync(DecisionId id, CancellationToken cancellation) =>
        (await store.Ledger.ReadAsync(id.Contact, AsKnown.Now, cancellation)).State switch
        {
            ContactState.Erased => new ReplayResult.Impossible(
                "the person was erased: the evidence can no longer be read, so the decision cannot be replayed"
            ),
            _ => new ReplayResult.Impossible($"this store holds no contact {id.Contact}"),
        };

    static IEnumerable<string> Differences(DecisionId id, DecisionMade? logged, Decision again)
    {
        if (!again.Formula.Policy.Digest.IsNamedBy(id.Policy))
            yield return $"policy: {id.Policy[..Digest.ShortLength]} then, {again.Formula.Policy.Digest.Short} now";
        if (logged is null)
            yield break;
        foreach (
            var (what, then, now) in new[]
            {
                ("verdict", logged.Verdict, again.Verdict.Word()),
                ("send key", logged.Send, again.Send.Code),
                ("process key", logged.Process, again.Process.Code),
            }
        )
            if (then != now)
                yield return $"{what}: {then} then, {now} now";
    }
}
