using System.Text.Json;

namespace MaySend.Torture;

/// <summary>
/// People and programs at the doors of one or more servers at once: some press their links, some record orders, and some ask whether
/// those who pressed may be mailed.
/// </summary>
sealed class Crowd(Shop shop, IReadOnlyList<Served> servers, Acknowledged told, Tally tally, int seed)
{
    const int Visitors = 6;

    /// <summary>
    /// What another process took down while the store was busy is known here within this; at the server that took it, at once.
    /// </summary>
    static readonly TimeSpan KnownElsewhere = TimeSpan.FromSeconds(1);

    int next = -1;

    /// <summary>Goes on until it is told to end, or until nobody is left to press.</summary>
    public Task RunAsync(CancellationToken end) =>
        Task.WhenAll(Enumerable.Range(0, Visitors).Select(number => Task.Run(() => VisitAsync(number, end), CancellationToken.None)));

    async Task VisitAsync(int number, CancellationToken end)
    {
        var chance = new Random(unchecked((seed * 31) + number));
        for (var step = 0; !end.IsCancellationRequested; step++)
        {
            try
            {
                switch (chance.Next(4))
                {
                    case 0:
                        await OrderAsync(chance, $"t{number}-{step}");
                        break;
                    case 1:
                        await AskAsync(chance);
                        break;
                    default:
                        if (!await PressAsync(chance))
                            return;
                        break;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException or JsonException)
            {
                tally.Count("calls that got no answer");
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    Served Any(Random chance) => servers[chance.Next(servers.Count)];

    async Task<bool> PressAsync(Random chance)
    {
        var at = Interlocked.Increment(ref next);
        if (at >= shop.Mailable.Count)
            return false;
        var address = shop.Mailable[at];
        told.InDoubt[address] = true;
        if (await Any(chance).PressAsync(shop.Links[address]))
        {
            told.Stop(address);
            tally.Count("requests to stop acknowledged");
        }
        else
            tally.Count("requests to stop turned away");
        return true;
    }

    async Task OrderAsync(Random chance, string id)
    {
        var address = shop.Mailable[chance.Next(shop.Mailable.Count)];
        if (await Any(chance).RecordAsync(address, id))
        {
            told.Order(id, address);
            tally.Count("other entries acknowledged");
        }
        else
            tally.Count("other entries turned away");
    }

    async Task AskAsync(Random chance)
    {
        if (told.SomebodyStopped(chance, servers.Count == 1 ? TimeSpan.Zero : KnownElsewhere) is not { } address)
            return;
        tally.Count("decisions asked about who had just asked to stop");
        if (await Any(chance).VerdictAsync(address) == "permitted")
            tally.Break($"{address} was permitted after the request to stop had been acknowledged");
    }
}
