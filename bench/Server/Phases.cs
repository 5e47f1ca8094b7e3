using System.Diagnostics;
using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Files;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Server.Tests;

namespace MaySend.Bench.Server;

/// <summary>Where the time of one decision goes, step by step in one process, in microseconds.</summary>
static class Phases
{
    public static async Task PrintAsync(EvidenceStore store, string lawFolder, int people)
    {
        var decider = new Decider(LawReader.Read(lawFolder));
        var records = new ServerRecords(store);
        var controller = await store.ControllerAsync();
        var campaign = System.Text.Json.JsonSerializer.Deserialize<Campaign>(Shop.Spring, MaySend.Evidence.Entries.EntryJson.Options)!;
        var (finder, facts) = (new FactFinder(controller, campaign, LegalDays.AsWritten), CampaignFactFinder.Find(controller, campaign));
        var (key, kept) = ApiKey.Create("bench", ApiScopes.All);
        await records.AddAsync(kept, Actor.Runner("bench"));
        var addresses = Enumerable.Range(0, people).Select(i => $"person{i}@example.com").ToArray();
        var random = new Random(1);
        Address Next() => Address.Read(addresses[random.Next(people)]).Required();
        var dossier = await store.FindAsync(Next());
        var recipient = finder.Find(dossier.ForDecision, dossier.Address.Matching);
        var decision = decider.Decide(facts, recipient, campaign.Day, controller.PolicyOn(campaign.Day));
        await TimeAsync("key: position of the controller's chain", async () => await records.ReadAsync());
        await TimeAsync("key: found and compared", async () => ApiKey.Find(key, await records.ReadAsync()));
        await TimeAsync("address read", () => ValueTask.FromResult(Next()));
        await TimeAsync("address recognised", async () => await store.Ledger.RecogniseAsync(Next()));
        await TimeAsync("entries read and opened", async () => await store.Ledger.ReadAsync(dossier.Contact!.Value));
        await TimeAsync("dossier (both, and JSON read)", async () => await store.FindAsync(Next()));
        foreach (var entry in dossier.Entries.Select(recorded => recorded.Entry))
        {
            var json = MaySend.Evidence.Entries.EntryJson.Write(entry);
            await TimeAsync(
                $"JSON of {entry.GetType().Name} read ({json.Length} octets)",
                () => ValueTask.FromResult(MaySend.Evidence.Entries.EntryJson.ReadContact(json))
            );
        }
        await TimeAsync("facts found", () => ValueTask.FromResult(finder.Find(dossier.ForDecision, dossier.Address.Matching)));
        await TimeAsync(
            "decided",
            () => ValueTask.FromResult(decider.Decide(facts, recipient, campaign.Day, controller.PolicyOn(campaign.Day)))
        );
        await TimeAsync("put briefly", () => ValueTask.FromResult(BriefAnswer.Of(decision)));
        await TimeAsync("explained", () => ValueTask.FromResult(new Explainer(decider).Explain(decision, "anna")));
    }

    static async Task TimeAsync<T>(string name, Func<ValueTask<T>> act)
    {
        const int Times = 3000;
        // Short calls are over before the compiler has made its best of them; a server that has run for a second is measured, not one that
        // starts.
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 1000; )
            await act();
        var from = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
            await act();
        Console.WriteLine(
            $"{Stopwatch.GetElapsedTime(from).TotalMicroseconds / Times, 8:N1} us  "
                + $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / Times, 8:N0} B  {name}"
        );
    }
}
