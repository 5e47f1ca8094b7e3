namespace MaySend.Evidence.Ledger;

/// <summary>Where a ledger lies, and what of it answers.</summary>
/// <param name="Servers">Each server that has a part of it; one, called <c>store</c>, where it lies in one place.</param>
/// <param name="Moving">The partition that is on its way from one server to another; null where none is.</param>
public sealed record LedgerStanding(IReadOnlyList<ServerStanding> Servers, int? Moving = null)
{
    /// <summary>What a place is called that is the only one.</summary>
    public const string OnlyOne = "store";

    /// <summary>How many servers do not answer.</summary>
    public int ServersAway => Servers.Count(server => server.Fault is not null);

    /// <summary>How many chains nobody can read or write until their servers are back.</summary>
    public int ChainsAway => Servers.Where(server => server.Fault is not null).Sum(server => server.Chains);
}

/// <summary>What one server has of a ledger.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Chains">How many chains are there: by its own marks, or, where it does not answer, by the map.</param>
/// <param name="Entries">Entries of each of them by the number of the chain; nothing where it does not answer.</param>
/// <param name="Took">How long its answer took.</param>
/// <param name="Fault">Why it does not answer; null where it does.</param>
public sealed record ServerStanding(string Name, int Chains, IReadOnlyDictionary<int, long> Entries, TimeSpan Took, string? Fault = null)
{
    static readonly Dictionary<int, long> Unknown = [];

    /// <summary>Asks a server what it has, and makes of a fault and of silence a server that does not answer.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="chains">How many chains the map puts there.</param>
    /// <param name="ask">Asks for the entries of each chain.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public static async Task<ServerStanding> AskAsync(
        string name,
        int chains,
        Func<CancellationToken, Task<Dictionary<int, long>>> ask,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var begun = clock.GetTimestamp();
        using var late = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            // A server that stands still may not even hear that nobody waits any more.
            var entries = await ask(either.Token).WaitAsync(either.Token);
            return new(name, entries.Count, entries, clock.GetElapsedTime(begun));
        }
        catch (LedgerUnavailableException fault)
        {
            return new(name, chains, Unknown, clock.GetElapsedTime(begun), fault.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(name, chains, Unknown, clock.GetElapsedTime(begun), "it did not answer in time");
        }
    }
}
