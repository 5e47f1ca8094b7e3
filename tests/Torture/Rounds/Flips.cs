using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MaySend.Torture.Rounds;

/// <summary>
/// One bit of one cell, in table after table, and now and then one bit anywhere in the file. It is named by the verifier or the program,
/// or it is harmless: everybody is answered as before. Whichever it is, nobody is permitted who was not before.
/// </summary>
static class Flips
{
    const int InOneRound = 3;
    const string Anywhere = "anywhere in the file";

    public static async Task RunAsync(Round round)
    {
        for (var flips = 0; flips < InOneRound; flips++)
        {
            using var place = new Place().TakeStoreOf(round.Shop.Store);
            var path = place["store/ledger.db"];
            var tables = await TablesAsync(path);
            tables.Add(Anywhere);
            var table = tables[round.Chance.Next(tables.Count)];
            var what = table == Anywhere ? FlipFile(path, round.Chance) : await FlipCellAsync(path, table, round.Chance);
            if (what is not null)
                await CheckAsync(place, round, table, what);
        }
    }

    static async Task CheckAsync(Place place, Round round, string table, string what)
    {
        round.Tally.Count($"bits flipped, {table}");
        var verified = await place.RunAsync("ledger", "verify", "--data", "store", "--keys");
        // An ordinary finding, or an ordinary error: a fault of the program itself (70) names nothing.
        if (verified.Status is not (0 or 1 or 65 or 75))
            round.Tally.Break($"{what}: the verifier ends with {verified.Status}: {verified.Said}");
        var (isAsBefore, said) = await AnswersAsync(place, round, what);
        if (verified.Status != 0)
            round.Tally.Count($"named by the verifier, {table}");
        else if (isAsBefore)
            round.Tally.Count($"harmless, {table}");
        else if (said is not null)
            round.Tally.Count($"named by the program alone, {table}");
        else
            round.Tally.Break($"{what}: the verifier finds nothing, and the answers are others than before");
    }

    /// <summary>Whether everybody is answered as before, and what the program said where it did not start.</summary>
    static async Task<(bool IsAsBefore, string? Said)> AnswersAsync(Place place, Round round, string what)
    {
        Dictionary<string, string> verdicts;
        try
        {
            await using var server = await Served.StartAsync(place, round.Shop.Key);
            verdicts = await server.VerdictsAsync([.. round.Shop.Links.Keys]);
        }
        catch (InvalidOperationException refused)
        {
            if (refused.Message.Contains("ended with 70", StringComparison.Ordinal))
                round.Tally.Break($"{what}: {refused.Message}");
            return (false, refused.Message);
        }
        foreach (var (address, _) in verdicts.Where(each => each.Value == "permitted" && !round.Shop.Mailable.Contains(each.Key)))
            round.Tally.Break($"{what}: {address} is permitted, who was not before");
        return (round.Shop.Mailable.All(address => verdicts[address] == "permitted"), null);
    }

    static async Task<List<string>> TablesAsync(string path)
    {
        await using var database = Open(path);
        await using var ask = database.CreateCommand();
        ask.CommandText = "select name from sqlite_master where type = 'table' and name not like 'sqlite_stat%' order by name";
        var tables = new List<string>();
        await using var rows = await ask.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            tables.Add(rows.GetString(0));
        return tables;
    }

    /// <summary>Flips one bit of a row and a column that chance chooses; null where the table's own rules forbid each one tried.</summary>
    static async Task<string?> FlipCellAsync(string path, string table, Random chance)
    {
        await using var database = Open(path);
        var columns = await ColumnsAsync(database, table);
        for (var tries = 0; tries < 20; tries++)
        {
            var column = columns[chance.Next(columns.Count)];
            await using var read = database.CreateCommand();
            // A table that is kept by its key has no row number; every column is what the row is found by.
            read.CommandText =
                $"select * from {table} where {column} is not null order by 1 limit 1 offset (abs({chance.Next()}) % max(1, (select "
                + $"count({column}) from {table})))";
            await using var row = await read.ExecuteReaderAsync();
            if (!await row.ReadAsync())
                continue;
            var cells = Enumerable.Range(0, row.FieldCount).Select(row.GetValue).ToList();
            var at = columns.IndexOf(column);
            var (flipped, which) = Flip(cells[at], chance);
            await row.CloseAsync();
            await using var write = database.CreateCommand();
            write.CommandText =
                $"update {table} set {column} = {(flipped is TextOctets ? "cast($value as text)" : "$value")} where "
                + $"{string.Join(" and ", columns.Select((name, number) => $"{name} is ${number}"))}";
            write.Parameters.AddWithValue("$value", flipped is TextOctets text ? text.Octets : flipped);
            foreach (var (number, cell) in cells.Index())
                write.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${number}"), cell);
            try
            {
                if (await write.ExecuteNonQueryAsync() == 1)
                    return $"{table}.{column}, {which}";
            }
            catch (SqliteException)
            {
                // Unique, checked or typed: the table's own rules stand in the way of this one.
            }
        }
        return null;
    }

    static async Task<List<string>> ColumnsAsync(SqliteConnection database, string table)
    {
        await using var ask = database.CreateCommand();
        ask.CommandText = $"select name from pragma_table_info('{table}') order by cid";
        var columns = new List<string>();
        await using var rows = await ask.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            columns.Add(rows.GetString(0));
        return columns;
    }

    /// <summary>The octets of a text, which need not be text any more.</summary>
    sealed record TextOctets(byte[] Octets);

    static (object Flipped, string Which) Flip(object cell, Random chance)
    {
        switch (cell)
        {
            case long number:
                var bit = chance.Next(63);
                return (number ^ (1L << bit), $"bit {bit} of {number}");
            case byte[] octets:
                return (Flip(octets, chance, out var at), $"octet {at} of {octets.Length}");
            default:
                var text = System.Text.Encoding.UTF8.GetBytes((string)cell);
                return (new TextOctets(Flip(text, chance, out var place)), $"octet {place} of `{cell}`");
        }
    }

    static byte[] Flip(byte[] octets, Random chance, out int at)
    {
        var flipped = octets.ToArray();
        at = chance.Next(Math.Max(1, flipped.Length));
        if (flipped.Length > 0)
            flipped[at] ^= (byte)(1 << chance.Next(8));
        return flipped;
    }

    static string FlipFile(string path, Random chance)
    {
        var octets = File.ReadAllBytes(path);
        var at = chance.Next(octets.Length);
        octets[at] ^= (byte)(1 << chance.Next(8));
        File.WriteAllBytes(path, octets);
        return string.Create(CultureInfo.InvariantCulture, $"octet {at} of the file of {octets.Length}");
    }

    static SqliteConnection Open(string path)
    {
        var database = new SqliteConnection($"Data Source={path};Pooling=False");
        database.Open();
        return database;
    }
}
