namespace MaySend.Gate.Rulings;

/// <summary>One at a time for each key; different keys do not wait for each other.</summary>
sealed class KeyedLock
{
    readonly Dictionary<string, (SemaphoreSlim Turn, int Waiting)> turns = [];

    /// <summary>Waits for the turn of this key; it ends when the answer is disposed of.</summary>
    public async ValueTask<IDisposable> EnterAsync(string key, CancellationToken cancellation)
    {
        SemaphoreSlim turn;
        lock (turns)
        {
            var (there, waiting) = turns.TryGetValue(key, out var found) ? found : (new SemaphoreSlim(1), 0);
            turns[key] = (turn = there, waiting + 1);
        }
        try
        {
            await turn.WaitAsync(cancellation);
        }
        catch
        {
            Leave(key);
            throw;
        }
        return new Turn(this, key, turn);
    }

    void Leave(string key)
    {
        lock (turns)
        {
            var (turn, waiting) = turns[key];
            if (waiting == 1)
                turns.Remove(key);
            else
                turns[key] = (turn, waiting - 1);
        }
    }

    sealed class Turn(KeyedLock owner, string key, SemaphoreSlim turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Release();
            owner.Leave(key);
        }
    }
}
