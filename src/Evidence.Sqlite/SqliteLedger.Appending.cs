using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const int GreatestTries = 20;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Appended>> AppendAsync(
        IReadOnlyList<AppendRequest> requests,
        CancellationToken cancellation = default
    )
    {
        for (var tries = 0; tries < GreatestTries; tries++)
        {
            if (await AppendOnce(requests, cancellation) is { } answers)
                return answers;
            remembered.Forget();
        }

        throw new LedgerUnavailableException(
            UnavailableBecause.Busy,
            "the contacts in this batch change faster than MaySend can write to them; try again"
        );
    }

    /// <summary>Seals and writes the requests; null when a contact came or went meanwhile and they must be sealed again.</summary>
    async Task<Appended[]?> AppendOnce(IReadOnlyList<AppendRequest> requests, CancellationToken cancellation)
    {
        var answers = new Appended[requests.Count];
        var owners = OwnersOf(requests, answers);
        var (entries, places) = SealedEntry.Of(requests, owners);
        if (entries.Count == 0)
            return answers;
        if (await writer.Append(entries, cancellation) is not { } written)
            return null;
        for (var k = 0; k < written.Length; k++)
        {
            var (request, owner) = (requests[places[k]], owners[places[k]]!);
            var contact = owner.Id == ContactId.Controller || written[k].Position is null ? (ContactId?)null : owner.Id;
            answers[places[k]] = new(written[k].Outcome, written[k].Position, contact);
            if (contact is not null)
                remembered.Add(request.Subject, owner);
        }

        return answers;
    }

    /// <summary>Whose entries they are: as remembered, else as the store says. Where there is nobody, the answer says why.</summary>
    Owner?[] OwnersOf(IReadOnlyList<AppendRequest> requests, Appended[] answers)
    {
        if (closed)
            throw Closed();
        var owners = new Owner?[requests.Count];
        var unknown = 0;
        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = requests[i].Subject is EntrySubject.Controller ? controller : remembered.Find(requests[i].Subject);
            unknown += owners[i] is null ? 1 : 0;
        }

        return unknown == 0
            ? owners
            : Look(session =>
            {
                var resolving = new Resolving(session, CurrentRing(session), binding);
                for (var i = 0; i < owners.Length; i++)
                {
                    owners[i] ??= resolving.Owner(requests[i].Subject);
                    if (owners[i] is null)
                        answers[i] = new(
                            resolving.WasErased(requests[i].Subject) ? AppendOutcome.ContactErased : AppendOutcome.ContactUnknown,
                            null,
                            null
                        );
                }

                return owners;
            });
    }
}
