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

    /// <summary>The controller's own entries, as far as <paramref name="asKnown"/> lets see, in order.</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> ReadControllerAsync(AsKnown asKnown = default, CancellationToken cancellation = default);

    /// <summary>Every entry of a partition after a number, in order; those of erased contacts without content.</summary>
    IAsyncEnumerable<LedgerEntry> StreamAsync(Partition partition, long afterSeq = 0, CancellationToken cancellation = default);

    /// <summary>
    /// The history of every readable contact of a partition, each once, in no stated order, all as at one position. Holds one partition in
    /// memory: about 1/256 of the ledger.
    /// </summary>
    IAsyncEnumerable<ContactHistory> HistoriesAsync(
        Partition partition,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    );

    /// <summary>How far a contact's partition and the controller's chain reach.</summary>
    ValueTask<DecisionPosition> PositionAsync(ContactId contact, CancellationToken cancellation = default);

    /// <summary>How far one partition reaches: the number of its last entry, 0 when it is empty.</summary>
    ValueTask<LedgerPosition> PositionAsync(Partition partition, CancellationToken cancellation = default);
}
