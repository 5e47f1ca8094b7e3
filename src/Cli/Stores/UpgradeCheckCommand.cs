using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Law.Files;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary>
/// <c>maysend upgrade-check</c>: run by the new version on the store of the old one before it takes its place. Says whether it opens the
/// store, how its law differs from the law last decided by, and whose answers would change. Nothing is written.
/// </summary>
static class UpgradeCheckCommand
{
    /// <summary>How many law files are named.</summary>
    const int MostFiles = 20;

    public static Command Make(TimeProvider clock)
    {
        var (data, keys, law) = (StoreOptions.Data(), StoreOptions.Keys(), Inputs.LawFolder());
        var campaign = new Option<string?>("--campaign")
        {
            Description = "only this campaign; if left out, those of today and later, or the latest one if there are none",
            HelpName = "NAME",
        };
        var command = new Command(
            "upgrade-check",
            "Before you upgrade to this version: does it open the store, and whose answers would change? Writes nothing."
        )
        {
            data,
            keys,
            campaign,
            law,
        };
        command.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    parsed.GetValue(data)!,
                    parsed.GetValue(keys),
                    parsed.GetValue(campaign),
                    parsed.GetValue(law) ?? Home.Law,
                    clock,
                    cancellation
                )
        );
        return command;
    }

    static async Task<int> RunAsync(
        string data,
        string? keys,
        string? only,
        string lawFolder,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var now = LawReader.Read(lawFolder);
        await using var store = await OpenStore.OpenAsync(data, keys);
        // Another version works on the store, and its snapshots are its own.
        store.Evidence.Snapshots = null;
        Console.WriteLine($"this version opens the store {store.Evidence.Ledger.StoreId}");
        if (LastKept(store) is not { } last)
        {
            Console.WriteLine("nothing was decided from it yet, so nothing changes");
            return ExitCode.Done;
        }
        if (last == now.Digest)
        {
            Console.WriteLine($"the law is the same: {now.Digest.Short}");
            return ExitCode.Done;
        }
        var changed = Changed(Path.Combine(store.Archive.Folder, last), lawFolder);
        var files = Amount.Of(changed.Count, "file");
        Console.WriteLine($"the law differs in {files}: the last decisions used {last[..12]}, this version brings {now.Digest.Short}");
        foreach (var name in changed.Take(MostFiles))
            Console.WriteLine($"  law/{name}");
        var before = store.Archive.Read(last);
        var controller = await store.Evidence.ControllerAsync(cancellation: cancellation);
        var flips = 0;
        foreach (var campaign in await CampaignsAsync(store, only, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellation))
        {
            var people = store
                .Evidence.EverybodyAsync(cancellation: cancellation)
                .ToBlockingEnumerable(cancellation)
                .Where(person => ChannelReach.Reaches(campaign.Channel, person.Address.Kind))
                .Select(person => new Person(person));
            var found = LawFlips.Between(before, now, controller, campaign, people);
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[bold]{campaign.Id}[/] · {campaign.Day:d MMM yyyy} · {Amount.Of(found.People, "person", "people")}"
            );
            foreach (var flip in found.Flips)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {flip.People, 7:N0}  {flip.From} becomes {flip.To}"));
            if (found.Flips.Count == 0)
                Console.WriteLine("  nobody's answer changes");
            flips += found.Flips.Sum(flip => flip.People);
        }
        return flips == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }

    /// <summary>The law that was kept last: by it the version that runs now decides.</summary>
    static string? LastKept(OpenStore store) =>
        Directory.Exists(store.Archive.Folder)
            ? new DirectoryInfo(store.Archive.Folder)
                .EnumerateDirectories()
                .Where(folder => folder.Name[0] != '.')
                .OrderByDescending(folder => folder.CreationTimeUtc)
                .ThenBy(folder => folder.Name, StringComparer.Ordinal)
                .FirstOrDefault()
                ?.Name
            : null;

    static List<string> Changed(string before, string after)
    {
        var (old, given) = (Texts(before), Texts(after));
        return
        [
            .. old
                .Keys.Union(given.Keys)
                .Where(name => !old.TryGetValue(name, out var one) || !given.TryGetValue(name, out var other) || one != other)
                .Order(StringComparer.Ordinal),
        ];
    }

    static Dictionary<string, string> Texts(string folder) =>
        LawReader
            .Files(folder)
            .Where(file => !LawReader.IsCases(file.Name))
            .ToDictionary(file => file.Name, file => File.ReadAllText(file.Path), StringComparer.Ordinal);

    static async Task<IReadOnlyList<Campaign>> CampaignsAsync(OpenStore store, string? only, DateOnly today, CancellationToken cancellation)
    {
        var all = await new CampaignsOnRecord(new ServerRecords(store.Evidence), store.Evidence).AllAsync(cancellation);
        if (only is not null)
            return [await store.CampaignAsync(null, null, only, cancellation)];
        var coming = all.Where(campaign => campaign.Has(today) || campaign.Day > today).ToList();
        return coming.Count > 0 ? coming : [.. all.OrderByDescending(campaign => campaign.Day).Take(1)];
    }
}
