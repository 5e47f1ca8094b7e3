namespace MaySend.Torture.Rounds;

/// <summary>
/// A backup in the middle of the work, more requests and an erasure after it, the store lost, and the backup put in its place: whoever
/// asked before stays refused, whoever was erased stays erased, and no silence of the register counts from then on.
/// </summary>
static class Restoring
{
    public static async Task RunAsync(Round round)
    {
        using var place = new Place().TakeStoreOf(round.Shop.Store);
        List<string> before = [];
        string erased;
        await using (var server = await Served.StartAsync(place, round.Shop.Key))
        {
            await round.UnderLoadAsync(
                [server],
                async () =>
                {
                    before.AddRange(round.Told.Stopped);
                    await place.DoAsync("ledger", "backup", "--data", "store", "--out", "backup");
                }
            );
            await round.UnderLoadAsync([server], () => Task.Delay(round.Moment()));
            erased = round.Shop.Mailable[^(1 + round.Chance.Next(10))];
            await place.DoAsync("erase", erased, "--data", "store", "--by", "dpo", "--reason", "request", "--yes");
            await server.KillAsync();
        }
        var isListLost = round.Chance.Next(2) == 0;
        foreach (var file in Directory.EnumerateFiles(place["store"], "ledger.db*"))
            File.Delete(file);
        var list = place["store/keys.json.erasures"];
        if (isListLost)
        {
            File.Move(list, place["list-elsewhere"]);
            var refused = await place.RunAsync("ledger", "restore", "--data", "store", "--from", "backup");
            if (refused.Status == 0)
                round.Tally.Break("a backup was restored without the erasure list, and nobody had said so in words");
            await place.DoAsync("ledger", "restore", "--data", "store", "--from", "backup", "--erasures", place["list-elsewhere"]);
        }
        else
            await place.DoAsync("ledger", "restore", "--data", "store", "--from", "backup");
        await using var again = await Served.StartAsync(place, round.Shop.Key);
        var verdicts = await again.VerdictsAsync([.. round.Shop.Links.Keys]);
        foreach (var address in before.Where(address => verdicts[address] != "refused"))
            round.Tally.Break($"{address} had asked to stop before the backup, and is answered {verdicts[address]} after it was restored");
        foreach (var (address, _) in verdicts.Where(each => each.Value == "permitted"))
            round.Tally.Break($"{address} is permitted on the silence of a register whose end is lost");
        var person = await place.RunAsync("evidence", erased, "--data", "store");
        if (!person.Said.Contains("suppressed", StringComparison.Ordinal))
            round.Tally.Break($"{erased} was erased after the backup, and is back: {person.Said}");
        await Outside.CheckChainsAsync(place, round.Tally);
        round.Tally.Count("backups restored");
        round.Tally.Count("requests to stop from before a backup, found after it", before.Count);
    }
}
