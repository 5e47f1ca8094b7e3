using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Records.Imports;
using MaySend.Screening;
using MaySend.Screening.Runs;
using MaySend.Stores;

namespace MaySend.Bench.Screening;

/// <summary>The same people on record in SQLite: everybody screened from the store.</summary>
sealed class Stored : IAsyncDisposable
{
    static readonly Actor By = Actor.Runner("bench");

    readonly EvidenceStore store;

    Stored(EvidenceStore store) => this.store = store;

    /// <summary>Puts a folder on record in a new store, as `maysend store load` does.</summary>
    public static async Task<Stored> LoadAsync(string audience, string folder)
    {
        var store = await EvidenceStores.CreateAsync(folder);
        var plan = await FolderPlan.MakeAsync(store, audience, null, null, CancellationToken.None);
        await plan.ApplyAsync(By, null, CancellationToken.None);
        return new(store);
    }

    /// <summary>Three lists and the report of everybody on record; the law is read anew each time, as by a command.</summary>
    public async Task<ScreeningSummary> ScreenAsync(string root, string campaign, string lists)
    {
        var decider = new Decider(LawReader.Read(Path.Combine(root, "law")));
        var asked = (await store.ControllerAsync()).Campaign(campaign)!;
        return (await new StoreScreening(store, decider).RunAsync(new(asked, By), lists)).Summary;
    }

    /// <summary>Records a request to stop of each of some people who may be written to.</summary>
    public async Task StopAsync(string permitted, int people)
    {
        var addresses = File.ReadLines(permitted).Skip(1).Take(people).Select(row => Address.Email(row[..row.IndexOf(',')]).Required());
        await store.RecordAsync([
            .. addresses.Select(address => new NewEntry(
                address,
                new RefusalMade(When.Of(store.Clock.GetUtcNow()), "bench") { Channels = NameSet.Of("email"), How = "link" },
                By
            )),
        ]);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
