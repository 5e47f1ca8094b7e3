using System.Globalization;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;

namespace MaySend.Records.Signing;

/// <summary>
/// What the controller has on record and what of it waits for a signature (model §8: who may make what count). Whoever may not sign
/// records; somebody else, who may, reads it and signs. Versions of one form or template never overlap once they are signed: the one that
/// began before ends on the day the next begins.
/// </summary>
public sealed class SigningDesk(EvidenceStore store)
{
    /// <summary>Everything that waits for a signature, the latest first.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<UnsignedEntry>> WaitingAsync(CancellationToken cancellation = default)
    {
        var unsigned = (await store.ControllerAsync(cancellation: cancellation)).Unsigned;
        if (unsigned.Count == 0)
            return [];
        var recorded = (await store.ControllerEntriesAsync(cancellation: cancellation)).ToLookup(one => NameOf(one.Entry));
        return
        [
            .. from pair in unsigned
            let written = recorded[NameOf(pair.Entry)].LastOrDefault()
            where written is not null
            orderby written.Position.Seq descending
            select new UnsignedEntry(pair.Entry, pair.Signed, written.By, written.RecordedAt, written.Position.Seq),
        ];
    }

    /// <summary>Records what somebody describes: under their signature, or for somebody else to sign.</summary>
    /// <param name="entry">What is described, without a signature.</param>
    /// <param name="signature">Theirs; null where they may not sign, or leave it to somebody else.</param>
    /// <param name="by">Who records it.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="NotEntitledException">The actor may not; nothing was written.</exception>
    public async ValueTask<SigningOutcome> RecordAsync(
        ControllerEntry entry,
        Signature? signature,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        if (signature is null)
        {
            await store.RecordAsync(entry, by, cancellation: cancellation);
            return SigningOutcome.Signed;
        }
        if (await FittedAsync(With(entry, signature), cancellation) is not { } fitted)
            return SigningOutcome.SameDay;
        await store.RecordAsync(fitted, by, cancellation);
        return SigningOutcome.Signed;
    }

    /// <summary>Signs something that waits, as it was read.</summary>
    /// <param name="seq">Its number, as <see cref="WaitingAsync"/> gave it.</param>
    /// <param name="reason">How whoever signs knows.</param>
    /// <param name="by">Who signs.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="NotEntitledException">The actor may not sign; nothing was written.</exception>
    public async ValueTask<SigningOutcome> SignAsync(long seq, string reason, Actor by, CancellationToken cancellation = default)
    {
        if (!by.May(Rights.Sign))
            throw new NotEntitledException(Rights.Sign, $"signing needs the right to sign, which {by.Name} does not have");
        if ((await WaitingAsync(cancellation)).FirstOrDefault(one => one.Seq == seq) is not { } waiting)
            return SigningOutcome.Changed;
        if (string.Equals(waiting.By, by.Name, StringComparison.OrdinalIgnoreCase))
            return SigningOutcome.OwnWriting;
        var today = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);
        if (await FittedAsync(With(waiting.Entry, new Signature(by.Name, today, reason)), cancellation) is not { } fitted)
            return SigningOutcome.SameDay;
        // Of two people who sign the same writing only the first does.
        var key = string.Create(CultureInfo.InvariantCulture, $"signed in review {seq}");
        var requests = fitted.Select((entry, at) => store.ToAppend(entry, by, null, $"{key} {at}")).ToList();
        return (await store.Ledger.AppendAsync(requests, cancellation))[^1].Outcome == AppendOutcome.Added
            ? SigningOutcome.Signed
            : SigningOutcome.Changed;
    }

    /// <summary>True for what is signed in place; assessments and house policy are signed where they are written.</summary>
    public static bool IsSignedHere(ControllerEntry entry) =>
        entry is SenderDeclared or CollectionPointVersion or TemplateVersion or ProductMapSigned or StatementSigned;

    /// <summary>The entry under a signature.</summary>
    static ControllerEntry With(ControllerEntry entry, Signature signature) =>
        entry switch
        {
            SenderDeclared sender => sender with { Signature = signature },
            CollectionPointVersion point => point with { Signature = signature },
            TemplateVersion template => template with { Signature = signature },
            ProductMapSigned map => map with { Signature = signature },
            StatementSigned statement => statement with { Signature = signature },
            _ => throw new ArgumentException($"{entry.GetType().Name} can only be signed where it is written", nameof(entry)),
        };

    /// <summary>The signed versions whose period changes, and last the entry itself; null where two would begin on one day.</summary>
    async ValueTask<IReadOnlyList<ControllerEntry>?> FittedAsync(ControllerEntry added, CancellationToken cancellation)
    {
        var record = await store.ControllerAsync(cancellation: cancellation);
        return added switch
        {
            CollectionPointVersion version => Fit(
                version,
                record.Points.Where(one => one.Point == version.Point && one.Id != version.Id && one.Signature is { IsWhole: true }),
                one => (one.From, one.Until),
                (one, until) => one with { Until = until }
            ),
            TemplateVersion version => Fit(
                version,
                record.Templates.Where(one =>
                    one.Template == version.Template && one.Id != version.Id && one.Signature is { IsWhole: true }
                ),
                one => (one.From, one.Until),
                (one, until) => one with { Until = until }
            ),
            _ => [added],
        };
    }

    static List<ControllerEntry>? Fit<T>(
        T added,
        IEnumerable<T> others,
        Func<T, (DateOnly From, DateOnly? Until)> period,
        Func<T, DateOnly, T> ending
    )
        where T : ControllerEntry
    {
        var fitted = new List<ControllerEntry>();
        foreach (var other in others)
        {
            var ((first, last), (from, until)) = (period(other), period(added));
            if (first == from)
                return null;
            if (first < from && (last is null || last > from))
                fitted.Add(ending(other, from));
            else if (first > from && (until is null || until > first))
                added = ending(added, first);
        }
        fitted.Add(added);
        return fitted;
    }

    static (Type, string, string) NameOf(ControllerEntry entry) =>
        entry switch
        {
            CollectionPointVersion version => (typeof(CollectionPointVersion), version.Point, version.Id),
            TemplateVersion version => (typeof(TemplateVersion), version.Template, version.Id),
            _ => (entry.GetType(), "", entry.Id),
        };
}
