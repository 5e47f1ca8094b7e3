using System.Collections.Immutable;
using System.Security.Cryptography;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import;

/// <summary>An import as it stands.</summary>
/// <param name="Import">What was imported.</param>
/// <param name="RecordedAt">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Proposed">The proposal to take its requests to stop back that waits for somebody to agree; null where none does.</param>
/// <param name="Taken">Set once they were taken back.</param>
public sealed record ImportOnRecord(
    FileImported Import,
    DateTimeOffset RecordedAt,
    string By,
    TakeBackProposed? Proposed,
    RequestsTakenBack? Taken
);

/// <summary>Whom taking back would concern.</summary>
/// <param name="People">Addresses at which the file's requests stand.</param>
/// <param name="Freed">Those of them whom some message would reach again, as far as requests to stop go.</param>
public readonly record struct TakeBackReach(long People, long Freed);

/// <summary>
/// Takes back the requests to stop of a file that was imported by mistake: two people, a reason, all of it on record (model: requests to
/// stop). What anybody asked for by link, page, phone, letter or message is in no file and stays; so does what another file says.
/// </summary>
public sealed class TakingBack(EvidenceStore store)
{
    /// <summary>After this long one person alone may agree to their own proposal: a firm of one has had time to notice.</summary>
    public static readonly TimeSpan Alone = TimeSpan.FromHours(72);

    /// <summary>Every import, the oldest first.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<ImportOnRecord>> AllAsync(CancellationToken cancellation = default)
    {
        var recorded = await store.ControllerEntriesAsync(cancellation: cancellation);
        var taken = recorded.Select(one => one.Entry).OfType<RequestsTakenBack>().ToDictionary(one => one.Id, StringComparer.Ordinal);
        var proposals = recorded.Select(one => one.Entry).OfType<TakeBackProposed>().ToLookup(one => one.Import, StringComparer.Ordinal);
        return
        [
            .. recorded
                .Where(one => one.Entry is FileImported)
                .Select(one => new ImportOnRecord(
                    (FileImported)one.Entry,
                    one.RecordedAt,
                    one.By,
                    proposals[one.Entry.Id].LastOrDefault(proposal => !taken.ContainsKey(proposal.Id)),
                    proposals[one.Entry.Id]
                        .Select(proposal => taken.GetValueOrDefault(proposal.Id))
                        .FirstOrDefault(found => found is not null)
                )),
        ];
    }

    /// <summary>Proposes to take back what an import asked to stop; nothing changes yet.</summary>
    /// <returns>The proposal; null where there is no such import, or it was taken back.</returns>
    /// <exception cref="NotEntitledException">The actor may not sign, or gives no reason; nothing was written.</exception>
    public async ValueTask<TakeBackProposed?> ProposeAsync(string import, string reason, Actor by, CancellationToken cancellation = default)
    {
        Demand(by);
        if (string.IsNullOrWhiteSpace(reason))
            throw new NotEntitledException(Rights.Sign, "taking back an import needs a reason");
        if ((await AllAsync(cancellation)).LastOrDefault(one => one.Import.Id == import) is not { Taken: null } found)
            return null;
        var proposal = new TakeBackProposed(RandomNumberGenerator.GetHexString(16, lowercase: true))
        {
            Import = import,
            Files = FileReading.DigestsOf(found.Import),
            Reason = reason,
            By = by.Name,
            At = store.Clock.GetUtcNow(),
        };
        await store.RecordAsync(proposal, by.AsSystem(), cancellation: cancellation);
        return proposal;
    }

    /// <summary>Proposals to end the rule of a domain that wait for somebody to agree, by domain.</summary>
    public async ValueTask<IReadOnlyDictionary<string, TakeBackProposed>> DomainsProposedAsync(CancellationToken cancellation = default)
    {
        var waiting = new Dictionary<string, TakeBackProposed>(StringComparer.Ordinal);
        // In the order of the record: a rule that ended, or was made anew, leaves nothing of what was proposed against the one before.
        foreach (var recorded in await store.ControllerEntriesAsync(cancellation: cancellation))
            switch (recorded.Entry)
            {
                case DomainRefused rule:
                    waiting.Remove(rule.Id);
                    break;
                case RequestsTakenBack { Domain: { } ended }:
                    waiting.Remove(ended);
                    break;
                case TakeBackProposed { Domain: { } domain } proposal:
                    waiting[domain] = proposal;
                    break;
            }
        return waiting;
    }

    /// <summary>Proposes to end the rule of a domain; nothing changes yet.</summary>
    /// <returns>The proposal; null where the domain has no rule.</returns>
    /// <exception cref="NotEntitledException">The actor may not sign, or gives no reason; nothing was written.</exception>
    public async ValueTask<TakeBackProposed?> ProposeDomainAsync(
        string domain,
        string reason,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        Demand(by);
        if (string.IsNullOrWhiteSpace(reason))
            throw new NotEntitledException(Rights.Sign, "taking back a rule needs a reason");
        if (!(await store.ControllerAsync(cancellation: cancellation)).RefusedDomains.ContainsKey(domain))
            return null;
        var proposal = new TakeBackProposed(RandomNumberGenerator.GetHexString(16, lowercase: true))
        {
            Domain = domain,
            Reason = reason,
            By = by.Name,
            At = store.Clock.GetUtcNow(),
        };
        await store.RecordAsync(proposal, by.AsSystem(), cancellation: cancellation);
        return proposal;
    }

    /// <summary>Agrees to somebody else's proposal; from the next decision on the file's requests stop nothing.</summary>
    /// <returns>
    /// What was taken back; null where there is no such proposal, or the rule it is about is no longer the one that stands.
    /// </returns>
    /// <exception cref="NotEntitledException">
    /// The actor may not sign, or is the one who proposed it and has not waited; nothing was written.
    /// </exception>
    public async ValueTask<RequestsTakenBack?> AgreeAsync(string id, Actor by, CancellationToken cancellation = default)
    {
        Demand(by);
        var proposal = (await store.ControllerEntriesAsync(cancellation: cancellation))
            .Select(one => one.Entry)
            .OfType<TakeBackProposed>()
            .FirstOrDefault(one => one.Id == id);
        if (proposal is null || await IsOverAsync(proposal, cancellation))
            return null;
        if (string.Equals(proposal.By.Trim(), by.Name.Trim(), StringComparison.OrdinalIgnoreCase) && !HasWaited(proposal))
            throw new NotEntitledException(
                Rights.Sign,
                "taking an import back needs two people, and this is the one who proposed it; alone, you must wait 72 hours"
            );
        var taken = new RequestsTakenBack(proposal.Id)
        {
            Files = proposal.Files,
            Domain = proposal.Domain,
            Reason = proposal.Reason,
            ProposedBy = proposal.By,
            AgreedBy = by.Name,
        };
        await store.RecordAsync(taken, by.AsSystem(), idempotencyKey: $"import taken back {id}", cancellation: cancellation);
        return taken;
    }

    /// <summary>
    /// True for a proposal against a rule of a domain that ended, or was made anew, since: nobody proposed to end the new one.
    /// </summary>
    async ValueTask<bool> IsOverAsync(TakeBackProposed proposal, CancellationToken cancellation) =>
        proposal.Domain is { } domain && (await DomainsProposedAsync(cancellation)).GetValueOrDefault(domain)?.Id != proposal.Id;

    /// <summary>How many people taking back an import would concern. Reads the whole store.</summary>
    public async ValueTask<TakeBackReach> ReachAsync(FileImported import, CancellationToken cancellation = default)
    {
        var record = await store.ControllerAsync(cancellation: cancellation);
        var files = FileReading.DigestsOf(import).ToImmutableHashSet(StringComparer.Ordinal);
        var (people, freed) = (0L, 0L);
        await foreach (var dossier in store.DossiersAsync(cancellation: cancellation))
        {
            var before = TakenBackEntries.Without(dossier.ForDecision, record);
            var after = TakenBackEntries.Without(before, files, record);
            if (ReferenceEquals(before, after))
                continue;
            people++;
            if (Stopped(after) < Stopped(before))
                freed++;
        }
        return new(people, freed);

        int Stopped(IReadOnlyList<ContactEntry> entries) => RefusalFacts.Stopped(TickedBoxes.ReadIn(entries, record), record.Names).Count;
    }

    /// <summary>True once one person alone may agree to their own proposal.</summary>
    public bool HasWaited(TakeBackProposed proposal) => store.Clock.GetUtcNow() - proposal.At >= Alone;

    static void Demand(Actor by)
    {
        if (!by.May(Rights.Sign))
            throw new NotEntitledException(Rights.Sign, $"taking back an import needs the right to sign, which {by.Name} does not have");
    }
}
