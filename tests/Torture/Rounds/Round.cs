namespace MaySend.Torture.Rounds;

/// <summary>What a round has to work with; its store is a copy of the shop's.</summary>
/// <param name="Shop">Where it begins.</param>
/// <param name="Tally">Where it counts.</param>
/// <param name="Chance">What it does, which follows from the seed and the round's number.</param>
sealed record Round(Shop Shop, Tally Tally, Random Chance)
{
    public Acknowledged Told { get; } = new();

    /// <summary>A moment in which something may come between: up to a second.</summary>
    public TimeSpan Moment() => TimeSpan.FromMilliseconds(Chance.Next(1000));

    /// <summary>Lets callers at some servers until something has happened there.</summary>
    public async Task UnderLoadAsync(IReadOnlyList<Served> servers, Func<Task> happens)
    {
        using var end = new CancellationTokenSource();
        var crowd = new Crowd(Shop, servers, Told, Tally, Chance.Next()).RunAsync(end.Token);
        // A process that has just begun answers slowly at first: until it has promised something there is nothing to lose.
        for (var tries = 0; tries < 400 && Told.Stopped.Count == 0; tries++)
            await Task.Delay(25, CancellationToken.None);
        await Task.Delay(Moment(), CancellationToken.None);
        await happens();
        await end.CancelAsync();
        await crowd;
    }
}
