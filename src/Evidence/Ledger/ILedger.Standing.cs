namespace MaySend.Evidence.Ledger;

public partial interface ILedger
{
    /// <summary>
    /// What each server has that the ledger lies on, asked now. One that does not answer is said to be away: unlike everywhere else that
    /// is the answer, and no exception.
    /// </summary>
    /// <param name="patience">How long each server may take.</param>
    /// <param name="cancellation">Stops the wait.</param>
    Task<LedgerStanding> StandingAsync(TimeSpan patience, CancellationToken cancellation = default);
}
