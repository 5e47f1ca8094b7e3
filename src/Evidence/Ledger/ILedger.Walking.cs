namespace MaySend.Evidence.Ledger;

public partial interface ILedger
{
    /// <summary>
    /// Holds some rows of one chain against each other and against what the chain states, by every way that leads to them: a contact is
    /// found under the hash of its own address and by its id, and is with links and holds what its entries state; entries follow one from
    /// another up to the sealed head, and are found by their contact; suppressions likewise. Call it again and again from
    /// <see cref="WalkPlace.Start"/>.
    /// </summary>
    /// <param name="place">Where to go on.</param>
    /// <param name="most">How many rows at most; at the beginning of a chain the ids of all its contacts are added up besides.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot answer; or, with <see cref="UnavailableBecause.Damaged"/>, a row is
    /// not as it was written, and the message names it.</exception>
    ValueTask<Walked> WalkAsync(WalkPlace place, int most, CancellationToken cancellation = default);
}
