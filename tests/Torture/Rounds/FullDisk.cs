using System.Diagnostics;

namespace MaySend.Torture.Rounds;

/// <summary>
/// A disk that fills up while people press their links: a small file system of its own where one may be mounted, else a limit on the size
/// of every file.
/// </summary>
static class FullDisk
{
    const int Megabytes = 24;

    /// <summary>How this machine shows a full disk, for the figures.</summary>
    static string? means;

    public static async Task RunAsync(Round round)
    {
        using var place = new Place();
        var isMounted = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "maysend-torture", place.Folder);
        means ??= isMounted ? "a tmpfs of 24 MB" : "a limit on the size of files, since nothing can be mounted here";
        round.Tally.Count($"rounds with a full disk, shown by {means}");
        try
        {
            place.TakeStoreOf(round.Shop.Store);
            await using (
                var server = await Served.StartAsync(
                    place,
                    round.Shop.Key,
                    isMounted ? null : new FileInfo(place["store/ledger.db"]).Length + round.Chance.Next(50_000, 400_000)
                )
            )
            {
                var isKilled = round.Chance.Next(2) == 0;
                await round.UnderLoadAsync(
                    [server],
                    async () =>
                    {
                        if (isMounted)
                            FillUp(place["ballast"], round.Chance.Next(0, 200_000));
                        await Task.Delay(round.Moment() + round.Moment());
                        await CheckReadinessAsync(server, round);
                        if (isKilled)
                            await server.KillAsync();
                    }
                );
                File.Delete(place["ballast"]);
                if (!isKilled && isMounted)
                    await Outside.CheckAsync(place, server, round.Shop, round.Told, round.Tally);
            }
            await using var again = await Served.StartAsync(place, round.Shop.Key);
            await Outside.CheckAsync(place, again, round.Shop, round.Told, round.Tally);
        }
        finally
        {
            if (isMounted)
                await RunAsync("umount", "-l", place.Folder);
        }
    }

    /// <summary>A server whose disk takes nothing more, and that takes no request either, does not say that it is ready.</summary>
    static async Task CheckReadinessAsync(Served server, Round round)
    {
        try
        {
            var (status, body) = await server.ReadyAsync();
            round.Tally.Count(
                status == System.Net.HttpStatusCode.OK ? "full disks told as ready: room was left" : "full disks told as not ready"
            );
            if (status == System.Net.HttpStatusCode.OK && round.Tally.Of("requests to stop turned away") > 0)
                round.Tally.Count("of those, told as ready though some had been turned away before");
            if (!body.Contains("spooledOptOuts", StringComparison.Ordinal))
                round.Tally.Break($"readiness says {body}");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            round.Tally.Break($"on a full disk readiness gives no answer: {fault.Message}");
        }
    }

    /// <summary>Takes what room there is, all but so many octets.</summary>
    static void FillUp(string path, int left)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        var (block, taken) = (new byte[64 * 1024], 0L);
        try
        {
            for (; ; taken += block.Length)
                file.Write(block);
        }
        catch (IOException)
        {
            for (var size = block.Length / 2; size >= 512; size /= 2)
                try
                {
                    file.Write(block, 0, size);
                }
                catch (IOException)
                {
                    // The next half may still fit.
                }
            file.SetLength(Math.Max(0, taken - left));
        }
    }

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
