using Microsoft.Data.Sqlite;

namespace MaySend.Torture;

/// <summary>
/// Holds a store against what callers were told, from outside: over the API, with the verifier, and by looking into the file.
/// </summary>
static class Outside
{
    /// <summary>Checks everything that was promised; whatever is not so is a broken promise.</summary>
    public static async Task CheckAsync(Place place, Served server, Shop shop, Acknowledged told, Tally tally)
    {
        await WaitForSpoolAsync(server, tally);
        var verdicts = await server.VerdictsAsync([.. shop.Links.Keys]);
        foreach (var address in told.Stopped.Where(address => verdicts[address] != "refused"))
            tally.Break($"{address} was told that it will get nothing more, and is answered {verdicts[address]}");
        foreach (var address in shop.Refusing.Where(address => verdicts.GetValueOrDefault(address) == "permitted"))
            tally.Break($"{address}, who had refused before, is permitted");
        // Without this a store that answers nothing would pass.
        foreach (var address in shop.Mailable.Where(address => !told.InDoubt.ContainsKey(address) && verdicts[address] != "permitted"))
            tally.Break($"{address}, who may be mailed, is answered {verdicts[address]}");
        foreach (var address in told.Stopped)
            if (!(await server.TimelineAsync(address)).Contains("\"refusal-made\"", StringComparison.Ordinal))
                tally.Break($"the request to stop of {address} is not on record");
        foreach (var of in told.Orders.GroupBy(order => order.Value))
        {
            var timeline = await server.TimelineAsync(of.Key);
            foreach (var (id, _) in of.Where(order => !timeline.Contains($"\"{order.Key}\"", StringComparison.Ordinal)))
                tally.Break($"order {id} of {of.Key} was acknowledged and is not on record");
        }
        await CheckChainsAsync(place, tally);
        tally.Count("requests to stop found on record", told.Stopped.Count);
        tally.Count("other entries found on record", told.Orders.Count);
    }

    /// <summary>The verifier with the keys finds nothing, and the numbers of every chain run from 1 to its head without a gap.</summary>
    public static async Task CheckChainsAsync(Place place, Tally tally, string store = "store")
    {
        var verified = await place.RunAsync("ledger", "verify", "--data", store, "--keys");
        if (verified.Status != 0)
            tally.Break($"the verifier ends with {verified.Status}: {verified.Said}");
        await using var database = new SqliteConnection($"Data Source={place[$"{store}/ledger.db"]};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        await using var gaps = database.CreateCommand();
        gaps.CommandText = """
            select e.partition, count(*), min(e.seq), max(e.seq), h.seq
            from entry e join head h on h.partition = e.partition group by e.partition
            having count(*) <> max(e.seq) or min(e.seq) <> 1 or max(e.seq) <> h.seq
            """;
        await using var rows = await gaps.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            tally.Break(
                $"chain {rows.GetInt64(0)} has {rows.GetInt64(1)} entries from {rows.GetInt64(2)} to {rows.GetInt64(3)}, its head says "
                    + $"{rows.GetInt64(4)}"
            );
        tally.Count("stores verified with their keys");
    }

    static async Task WaitForSpoolAsync(Served server, Tally tally)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if ((await server.ReadyAsync()).Body.Contains("\"spooledOptOuts\":0", StringComparison.Ordinal))
                return;
            await Task.Delay(50);
        }
        tally.Break("what waits in the spool is not recorded within ten seconds");
    }
}
