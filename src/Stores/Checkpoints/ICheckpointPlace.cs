namespace MaySend.Stores.Checkpoints;

/// <summary>Where checkpoints are kept, out of reach of whoever can write to the store.</summary>
public interface ICheckpointPlace
{
    /// <summary>What it is called: its path or address.</summary>
    string Name { get; }

    /// <summary>Puts a checkpoint there; it is kept when this returns.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor opened.</exception>
    /// <exception cref="HttpRequestException">Who keeps it cannot be reached, or does not take it.</exception>
    /// <exception cref="FormatException">What was answered is no time stamp of it.</exception>
    Task KeepAsync(string note, CancellationToken cancellation);

    /// <summary>What is kept there, as <see cref="MaySend.Ledger.Verify.KeptCheckpoint"/> reads it.</summary>
    /// <exception cref="NotSupportedException">It gives nothing back.</exception>
    /// <exception cref="IOException">The file cannot be read; the other exceptions are those of <see cref="KeepAsync"/>.</exception>
    Task<string> ReadAsync(CancellationToken cancellation);
}
