using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Ledger;

public partial interface ILedger
{
    /// <summary>One contact's entries, as far as <paramref name="asKnown"/> lets see.</summary>
    ValueTask<ContactHistory> ReadAsync(ContactId contact, AsKnown asKnown = default, CancellationToken cancellation = default);

    /// <summary>
    /// What an address is known under and everything that is recorded there, in one look: what a decision about one message reads.
    /// </summary>
    ValueTask<AddressHistory> FindAsync(Address address, AsKnown asKnown = default, CancellationToken cancellation = default);

    /// <summary>The same of several addresses, in their order; what is recorded meanwhile may be seen of some and not of others.</summary>
    async ValueTask<IReadOnlyList<AddressHistory>> FindAsync(
        IReadOnlyList<Address> addresses,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    )
    {
        var found = new AddressHistory[addresses.Count];
        for (var i = 0; i < found.Length; i++)
            found[i] = await FindAsync(addresses[i], asKnown, cancellation);
        return found;
    }

    /// <summary>The controller's own entries, as far as <paramref name="asKnown"/> lets see, in order.</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> ReadControllerAsync(AsKnown asKnown = default, CancellationToken cancellation = default);

    /// <summary>Every entry of a partition after a number, in order; those of erased contacts without content.</summary>
    IAsyncEnumerable<LedgerEntry> StreamAsync(Partition partition, long afterSeq = 0, CancellationToken cancellation = default);

    /// <summary>
    /// Everybody of a partition who can be read, with what was recorded about them after a mark. Holds that much of one partition in
    /// memory: without a mark about 1/256 of the ledger.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="mark">Where to begin; where the chain does not lead over it, as in a restored store, everything is given.</param>
    /// <param name="asKnown">How much of it may be seen.</param>
    /// <param name="cancellation">Stops the wait.</param>
    ValueTask<PartitionSince> SinceAsync(
        Partition partition,
        ChainMark mark = default,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    );

    /// <summary>How far a contact's partition and the controller's chain reach.</summary>
    ValueTask<DecisionPosition> PositionAsync(ContactId contact, CancellationToken cancellation = default);

    /// <summary>How far one partition reaches: the number of its last entry, 0 when it is empty.</summary>
    ValueTask<LedgerPosition> PositionAsync(Partition partition, CancellationToken cancellation = default);
}
