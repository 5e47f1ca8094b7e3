using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Evidence.Tests.Store;

/// <summary>A store is backed up, lives on, is lost and put back: what it may say afterwards.</summary>
public sealed class RestoreDrillTests : IDisposable
{
    static readonly Address Anna = Address.Email("anna@example.com").Required();
    static readonly Address Ben = Address.Email("ben@example.com").Required();

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("maysend-drill-");
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 5, 4, 3, 0, 0, TimeSpan.Zero));

    public void Dispose() => folder.Delete(recursive: true);

    string this[string name] => Path.Combine(folder.FullName, name);

    [Fact]
    public async Task The_person_erased_since_stays_erased_and_no_silence_counts_until_somebody_signs()
    {
        var officer = Actor.Runner("officer");
        await using (var store = await EvidenceStores.CreateAsync(this["store"], clock: clock))
        {
            await store.RecordAsync(Complete("first", new(2026, 1, 5)), officer);
            await store.RecordAsync(Anna, Bought("1"), officer);
            await store.RecordAsync(Ben, Bought("2"), officer);
            await store.Ledger.BackupAsync(this["backup"]);
            clock.Advance(TimeSpan.FromDays(10));
            await store.RecordAsync(Ben, new RefusalMade(When.Of(clock.GetUtcNow()), "stop"), officer);
            await store.EraseAsync(Anna, officer, "she asked");
        }
        File.Delete(this["store/ledger.db"]);
        clock.Advance(TimeSpan.FromDays(2));

        var restored = await EvidenceStores.RestoreAsync(this["backup"], this["store"], clock: clock);
        restored.Forgotten.ShouldBe(1);
        await using var again = await EvidenceStores.OpenAsync(this["store"], clock: clock);
        (await again.FindAsync(Anna)).Contact.ShouldBeNull();
        (await again.FindAsync(Anna)).Suppressions.ShouldNotBeEmpty();
        (await again.FindAsync(Ben)).Entries.ShouldNotContain(recorded => recorded.Entry is RefusalMade, "the backup does not know of it");

        var (before, today) = (new DateOnly(2026, 5, 3), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        (await again.ControllerAsync()).Statement("quill-ltd", StatementKind.RefusalsComplete, before).ShouldNotBeNull();
        (await again.ControllerAsync()).Statement("quill-ltd", StatementKind.RefusalsComplete, today).ShouldBeNull();
        await again.RecordAsync(Complete("again", today), officer);
        (await again.ControllerAsync()).Statement("quill-ltd", StatementKind.RefusalsComplete, today).ShouldNotBeNull();
        (await EvidenceStores.VerifyAsync(this["store"], [], [], EvidenceStores.KeyFileOf(this["store"]))).Findings.ShouldBeEmpty();
    }

    static DetailsCollected Bought(string id) => new(When.Of(new DateOnly(2026, 2, 2)), id) { Context = "sale", ObtainedBy = "quill-ltd" };

    static StatementSigned Complete(string id, DateOnly signed) =>
        new(id, "quill-ltd", StatementKind.RefusalsComplete)
        {
            Answer = true,
            Since = new DateOnly(2025, 1, 1),
            Signature = new("officer", signed, "one register"),
        };
}
