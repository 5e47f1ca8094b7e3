using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Records.OptOuts;

/// <summary>What became of a request.</summary>
/// <param name="IsNew">This very act added the refusal, and so this very page may undo it.</param>
/// <param name="RefusalId">The refusal on record; null for somebody erased, who is suppressed already.</param>
public readonly record struct OptOutTaken(bool IsNew, string? RefusalId);

/// <summary>Records refusals and, within the hour, takes back the one just made. On disk before it returns; seen by the next decision of
/// every process on the store.</summary>
public sealed class OptOutRegister(EvidenceStore store, ServerRecords records)
{
    static readonly Actor By = new Actor("opt-out page", Rights.Record).AsSystem();

    /// <summary>Within this the page where a refusal was made may take it back.</summary>
    public static readonly TimeSpan UndoWithin = TimeSpan.FromHours(1);

    /// <summary>
    /// Records a request; the same one again adds nothing. One that waited in the spool and was taken back meanwhile through a second press
    /// stands again: when in doubt, nothing is sent.
    /// </summary>
    public async ValueTask<OptOutTaken> RefuseAsync(OptOutRequest request, CancellationToken cancellation = default)
    {
        if (!ContactId.TryParse(request.Contact, out var id) || await store.Ledger.ContactAsync(id, cancellation) is not { } contact)
            return default;
        var scope = (await records.ReadAsync(cancellation)).Scopes.GetValueOrDefault(request.Scope);
        var dossier = await store.FindAsync(contact.Address, cancellation: cancellation);
        var refusal = Refusal(request, scope, Retracted(dossier, request.Stem)) with { When = NotBefore(dossier, When.Of(request.At)) };
        var appended = await store.RecordAsync(contact.Address, refusal, By, idempotencyKey: refusal.Id, cancellation: cancellation);
        return new(appended.Outcome == AppendOutcome.Added, refusal.Id);
    }

    /// <summary>Takes back a refusal made through a link within the last hour; false when there is none to take back.</summary>
    public async ValueTask<bool> RetractAsync(string contactId, string refusalId, CancellationToken cancellation = default)
    {
        if (!ContactId.TryParse(contactId, out var id) || await store.Ledger.ContactAsync(id, cancellation) is not { } contact)
            return false;
        var dossier = await store.FindAsync(contact.Address, cancellation: cancellation);
        var now = store.Clock.GetUtcNow();
        // By the clock's distance, not its direction: one that was put back does not stretch the hour.
        if (
            !dossier.Entries.Any(entry =>
                entry.Entry is RefusalMade { How: "link" } made && made.Id == refusalId && (now - entry.RecordedAt).Duration() <= UndoWithin
            )
        )
            return false;
        var undo = $"undo of {refusalId}";
        await store.RecordAsync(
            contact.Address,
            new RefusalRetracted(When.Of(now), undo, refusalId),
            By,
            idempotencyKey: undo,
            cancellation: cancellation
        );
        return true;
    }

    /// <summary>How often this request was expressed and taken back: the next refusal needs an id of its own, or the old undo would reach
    /// it.</summary>
    static int Retracted(Dossier dossier, string stem) =>
        dossier
            .Entries.Select(entry => entry.Entry)
            .OfType<RefusalRetracted>()
            .Count(undo => undo.RefusalId == stem || undo.RefusalId.StartsWith(stem + " #", StringComparison.Ordinal));

    /// <summary>A consent that is on record already cannot lift a refusal made after it, even where a clock that stands wrong dates it
    /// later.</summary>
    static When NotBefore(Dossier dossier, When when) =>
        dossier
            .Entries.Select(entry => entry.Entry)
            .OfType<ConsentAnswered>()
            .Aggregate(when, (latest, consent) => consent.When.IsSurelyAfter(latest) ? consent.When : latest);

    static RefusalMade Refusal(OptOutRequest request, OptOutScopeUsed? scope, int earlier)
    {
        // A number whose meaning is lost binds everything: too much is refused rather than too little.
        var senders = scope is null ? NameSet.Everything : NameSet.Of(scope.Sender);
        var made = new RefusalMade(
            When.Of(request.At),
            earlier == 0 ? request.Stem : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{request.Stem} #{earlier}")
        )
        {
            Senders = senders,
            Channels = NameSet.Everything,
            Topics = NameSet.Everything,
            How = "link",
        };
        return request.Extent switch
        {
            OptOutExtent.Link when scope is not null => made with
            {
                Channels = NameSet.Of(scope.Channel),
                Topics = scope.Topic is null ? NameSet.Everything : NameSet.Of(scope.Topic),
            },
            OptOutExtent.Channel => made with { Channels = NameSet.Of(request.Word) },
            OptOutExtent.Topic => made with { Topics = NameSet.Of(request.Word) },
            OptOutExtent.Everything => made with { Senders = NameSet.Everything, Kind = "objection" },
            _ => made,
        };
    }
}
