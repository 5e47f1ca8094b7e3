namespace MaySend.Torture.Rounds;

/// <summary>Servers that end in the middle of their work: killed, stopped, one of two.</summary>
static class Ends
{
    public static async Task KillAsync(Round round)
    {
        using var place = new Place().TakeStoreOf(round.Shop.Store);
        await using (var server = await Served.StartAsync(place, round.Shop.Key))
            await round.UnderLoadAsync([server], server.KillAsync);
        // Sometimes a second time, while it takes up what the first left.
        if (round.Chance.Next(3) == 0)
            await using (var server = await Served.StartAsync(place, round.Shop.Key))
                await server.KillAsync();
        await using var again = await Served.StartAsync(place, round.Shop.Key);
        await Outside.CheckAsync(place, again, round.Shop, round.Told, round.Tally);
    }

    public static async Task StopAsync(Round round)
    {
        using var place = new Place().TakeStoreOf(round.Shop.Store);
        await using (var server = await Served.StartAsync(place, round.Shop.Key))
            await round.UnderLoadAsync(
                [server],
                async () =>
                {
                    if (await server.StopAsync() is not 0 and var status)
                        round.Tally.Break($"told to stop, the server ended with {status}: {server.Said}");
                }
            );
        await using var again = await Served.StartAsync(place, round.Shop.Key);
        await Outside.CheckAsync(place, again, round.Shop, round.Told, round.Tally);
    }

    /// <summary>Two servers on one store; one of them is killed, and the other knows what both have promised.</summary>
    public static async Task TwoServersAsync(Round round)
    {
        using var place = new Place().TakeStoreOf(round.Shop.Store);
        await using var stays = await Served.StartAsync(place, round.Shop.Key);
        await using (var falls = await Served.StartAsync(place, round.Shop.Key))
        {
            await round.UnderLoadAsync([stays, falls], falls.KillAsync);
            await Task.Delay(TimeSpan.FromSeconds(1));
            var verdicts = await stays.VerdictsAsync(round.Told.Stopped);
            foreach (var address in round.Told.Stopped.Where(address => verdicts[address] != "refused"))
                round.Tally.Break($"the server that stayed answers {verdicts[address]} about {address}, who had been told at one of both");
        }
        if (round.Chance.Next(2) == 0)
        {
            await stays.KillAsync();
            await using var again = await Served.StartAsync(place, round.Shop.Key);
            await Outside.CheckAsync(place, again, round.Shop, round.Told, round.Tally);
        }
        else
            await Outside.CheckAsync(place, stays, round.Shop, round.Told, round.Tally);
    }
}
