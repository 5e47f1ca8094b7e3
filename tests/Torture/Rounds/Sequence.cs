using System.Globalization;

namespace MaySend.Torture.Rounds;

/// <summary>Rounds one after another, each chosen by chance, which follows from the seed and the round's number alone.</summary>
static class Sequence
{
    /// <summary>One fault may show in hundreds of people; a few say enough.</summary>
    const int Shown = 4;

    /// <summary>Runs them and prints the figures; 1 when a promise was broken.</summary>
    public static async Task<int> RunAsync(int rounds, int seed, int from, string? only, TextWriter output, CancellationToken stop)
    {
        if (only is not null && Kinds.All.All(kind => kind.Name != only))
        {
            await output.WriteLineAsync($"no kind of round is called {only}: {string.Join(", ", Kinds.All.Select(kind => kind.Name))}");
            return 64;
        }
        var tally = new Tally();
        using var shop = await Shop.MakeAsync();
        for (var number = from; number < from + rounds && !stop.IsCancellationRequested; number++)
        {
            var chance = new Random(HashCodeOf(seed, number));
            var kind = Choose(chance, only);
            tally.Round = string.Create(CultureInfo.InvariantCulture, $"round {number} of seed {seed} ({kind.Name})");
            var before = tally.Broken.Count;
            try
            {
                await kind.RunAsync(new Round(shop, tally, chance));
            }
            catch (Exception fault)
            {
                tally.Break($"{fault.GetType().Name}: {fault.Message}");
            }
            tally.Count($"rounds, {kind.Name}");
            tally.Count("rounds in all");
            await output.WriteLineAsync($"{tally.Round}: {(tally.Broken.Count == before ? "held" : "BROKEN")}");
            foreach (var broken in tally.Broken.Skip(before).Take(Shown))
                await output.WriteLineAsync($"  {broken}");
        }
        await output.WriteLineAsync();
        tally.Print(output);
        return tally.Broken.Count == 0 ? 0 : 1;
    }

    /// <summary>The same on every machine and at every start, unlike the platform's own hash codes.</summary>
    static int HashCodeOf(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 7919));

    static Kind Choose(Random chance, string? only)
    {
        if (only is not null)
            return Kinds.All.Single(kind => kind.Name == only);
        var at = chance.Next(Kinds.All.Sum(kind => kind.Weight));
        return Kinds.All.First(kind => (at -= kind.Weight) < 0);
    }
}
