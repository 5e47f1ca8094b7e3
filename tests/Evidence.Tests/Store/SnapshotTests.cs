using System.Text;
using CsCheck;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Store;
using MaySend.Stores;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Tests.Store;

/// <summary>Whoever reads everybody gets the same with and without snapshots, whatever stands in their place.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    static readonly Actor Everything = Actor.Runner("test").AsSystem();

    StoreFolder folder = null!;
    EvidenceStore kept = null!;

    EvidenceStore Bare => new(folder.Store.Ledger, folder.Clock);

    string Path => EvidenceStores.SnapshotsOf(folder.Path);

    string[] Files => Directory.Exists(Path) ? [.. Directory.GetFiles(Path).Order(StringComparer.Ordinal)] : [];

    public async ValueTask InitializeAsync()
    {
        folder = await StoreFolder.CreateAsync();
        kept = Keeping();
    }

    public async ValueTask DisposeAsync() => await folder.DisposeAsync();

    EvidenceStore Keeping() =>
        new(folder.Store.Ledger, folder.Clock)
        {
            Snapshots = new(Path) { LeastSince = 0, LeastFree = 0 },
        };

    static Address Person(int number) => Address.Email($"p{number}@example.com").Required();

    static async Task<List<string>> Read(EvidenceStore store, AsKnown asKnown = default)
    {
        var all = new List<string>();
        await foreach (var dossier in store.DossiersAsync(asKnown))
            all.Add(Told(dossier));
        return all;
    }

    /// <summary>Everything that a dossier says, as text: records with lists in them do not compare by value.</summary>
    static string Told(Dossier dossier) =>
        string.Join(
            "\n",
            dossier
                .Entries.Select(one =>
                    $"{Encoding.UTF8.GetString(EntryJson.Write(one.Entry))} {one.Position} {one.RecordedAt:O} {one.By} {one.Rights} "
                    + $"{one.Source} {one.Counts.FirstSeen:O} {one.Counts.FromFile}"
                )
                .Concat(dossier.Suppressions.Concat(dossier.Waiting).Select(one => Encoding.UTF8.GetString(EntryJson.Write(one))))
                .Prepend($"{dossier.Address} {dossier.State} {dossier.Contact} {dossier.Position} {dossier.LastEvidence()}")
        );

    async Task AssertSame(AsKnown asKnown = default) => (await Read(kept, asKnown)).ShouldBe(await Read(Bare, asKnown));

    [Fact]
    public async Task Any_entries_are_read_alike_with_and_without_a_snapshot_now_and_as_known_then()
    {
        var marks = new List<DateTimeOffset>();
        await RoundTripTests
            .ContactEntries.Where(Takes)
            .Array[1, 60]
            .SampleAsync(
                async entries =>
                {
                    await folder.Store.RecordAsync([
                        .. entries.Select((entry, i) => new NewEntry(Person(i % 7), entry, Everything) { Source = SourceOf(i) }),
                    ]);
                    folder.Clock.Advance(TimeSpan.FromMinutes(7));
                    marks.Add(folder.Clock.GetUtcNow());
                    await AssertSame();
                    await AssertSame(AsKnown.At(marks[marks.Count / 2]));
                    await AssertSame(AsKnown.UpTo(marks.Count));
                    return true;
                },
                iter: 25,
                threads: 1
            );
        Files.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_many_say_alike_stands_once_and_is_read_for_each()
    {
        // All of these fall where they fall: most partitions get one of them, and one partition gets forty.
        await Record(400);
        var alike = await NeighboursOf(Person(0), 40);
        await folder.Store.RecordAsync([
            .. alike.Select((one, i) => new NewEntry(one, StoreFolder.Order($"{i}") with { Products = ["A-1", $"only-{i}"] }, Everything)),
        ]);
        await AssertSame();
        await AssertSame();
        await folder.Store.RecordAsync(alike[3], StoreFolder.OptOut(), Everything);
        await AssertSame();
    }

    [Fact]
    public async Task A_request_of_a_second_ago_counts_whatever_was_kept()
    {
        await Record(30);
        await AssertSame();
        var stopped = Person(11);
        await folder.Store.RecordAsync(stopped, StoreFolder.OptOut(), Actor.Runner("server"));
        await folder.Store.SuppressAsync(Person(12), "by letter");
        var lasting = new EvidenceStore(folder.Store.Ledger, folder.Clock) { Snapshots = new(Path) { LeastSince = 1_000 } };
        foreach (var store in new[] { lasting, kept })
        {
            var refused = new List<Address>();
            await foreach (var person in store.EverybodyAsync())
                if (person.Open().ForDecision.Any(entry => entry is RefusalMade))
                    refused.Add(person.Address);
            refused.ShouldBe([stopped, Person(12)], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Somebody_erased_is_read_no_more_and_gone_from_the_files_at_the_next_reading()
    {
        await Record(60);
        await AssertSame();
        var gone = Person(7);
        var contact = (await folder.Store.FindAsync(gone)).Contact.ShouldNotBeNull();
        Files.Count(Holds).ShouldBe(1);
        await folder.Store.EraseAsync(gone, Actor.Runner("clerk"), "asked");
        (await Read(kept)).ShouldNotContain(told => told.Contains(gone.Matching));
        Files.Count(Holds).ShouldBe(0);
        await AssertSame();

        bool Holds(string file) => File.ReadAllBytes(file).AsSpan().IndexOf(contact.ToBytes()) >= 0;
    }

    [Fact]
    public async Task Nothing_that_a_person_said_stands_on_disk_in_clear()
    {
        await folder.Store.RecordAsync([
            .. Enumerable
                .Range(0, 40)
                .Select(i => new NewEntry(Person(i), StoreFolder.Order("order-10442") with { Point = "till-7" }, Everything)),
        ]);
        await AssertSame();
        foreach (var file in Files)
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            foreach (var word in new[] { "order-10442", "till-7", "example.com", "lantern-ltd", "details-collected" })
                text.ShouldNotContain(word);
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_snapshot_that_was_altered_is_as_good_as_none()
    {
        await Record(40);
        await Read(kept);
        var expected = await Read(Bare);
        var whole = Files.ToDictionary(file => file, File.ReadAllBytes);
        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue], Gen.Byte[1, 255], Gen.Bool)
            .SampleAsync(
                async (which, at, by, isCut) =>
                {
                    var (file, bytes) = whole.ElementAt(which % whole.Count);
                    byte[] harmed = [.. bytes];
                    harmed[at % harmed.Length] ^= by;
                    await File.WriteAllBytesAsync(file, isCut ? harmed[..(at % harmed.Length)] : harmed);
                    var read = await Read(new(folder.Store.Ledger, folder.Clock) { Snapshots = new(Path) { LeastSince = 1_000 } });
                    await File.WriteAllBytesAsync(file, bytes);
                    return read.SequenceEqual(expected);
                },
                iter: 150,
                threads: 1
            );
    }

    [Fact]
    public async Task Another_partitions_snapshot_and_an_older_one_and_another_stores_change_nothing()
    {
        await Record(40);
        await Read(kept);
        var older = Files.ToDictionary(file => file, File.ReadAllBytes);
        await folder.Store.RecordAsync(Person(3), StoreFolder.OptOut(), Actor.Runner("server"));
        await Read(kept);
        foreach (var (file, bytes) in older)
            await File.WriteAllBytesAsync(file, bytes);
        await AssertSame();

        var files = Files;
        File.Copy(files[0], files[1], overwrite: true);
        await AssertSame();

        await using var other = await StoreFolder.CreateAsync();
        foreach (var number in Enumerable.Range(0, 40))
            await other.Store.RecordAsync(Person(number), StoreFolder.Order("elsewhere"), Everything);
        var there = new EvidenceStore(other.Store.Ledger, other.Clock)
        {
            Snapshots = new(Path) { LeastSince = 0, LeastFree = 0 },
        };
        (await Read(there)).ShouldBe(await Read(new EvidenceStore(other.Store.Ledger, other.Clock)));
        await AssertSame();
    }

    [Fact]
    public async Task After_a_restoration_what_was_read_of_the_lost_days_is_not_taken_for_true()
    {
        await Record(10);
        await folder.Store.Ledger.BackupAsync(System.IO.Path.Combine(folder.Path, "backup"));
        await folder.Store.RecordAsync(Person(3), StoreFolder.Order("lost"), Everything);
        await Read(kept);
        var restored = System.IO.Path.Combine(folder.Path, "restored");
        await EvidenceStores.RestoreAsync(
            System.IO.Path.Combine(folder.Path, "backup"),
            restored,
            terms: new() { WithoutErasureList = true },
            clock: folder.Clock
        );
        Directory.Move(Path, EvidenceStores.SnapshotsOf(restored));
        await using var again = await EvidenceStores.OpenAsync(restored, clock: folder.Clock);
        await again.RecordAsync(Person(3), StoreFolder.OptOut("after"), Everything);
        var read = await Read(again);
        read.ShouldBe(await Read(new EvidenceStore(again.Ledger, folder.Clock)));
        read.ShouldNotContain(told => told.Contains("lost"));
    }

    [Fact]
    public async Task Somebody_whose_row_was_away_when_a_snapshot_was_written_is_read_whole_once_it_is_back()
    {
        await folder.Store.RecordAsync(Person(3), StoreFolder.Order(), Everything);
        await folder.Store.RecordAsync(Person(3), StoreFolder.OptOut(), Actor.Runner("server"));
        var contact = (await folder.Store.FindAsync(Person(3))).Contact.ShouldNotBeNull();
        foreach (var neighbour in await NeighboursOf(Person(3), 4))
            await folder.Store.RecordAsync(neighbour, StoreFolder.Order(), Everything);
        var id = $"x'{contact}'";
        await Harm($"create table away as select * from contact where id = {id}; delete from contact where id = {id};");
        (await Read(kept)).Count.ShouldBe(4);
        await Harm("insert into contact select * from away; drop table away;");
        await AssertSame();
        await folder.Store.RecordAsync(Person(3), StoreFolder.Order("later"), Everything);
        await AssertSame();
        (await Read(kept)).Count(told => told.Contains("refusal-made")).ShouldBe(1);

        async Task Harm(string sql)
        {
            await using var connection = new SqliteConnection(
                $"Data Source={System.IO.Path.Combine(folder.Path, EvidenceStores.DatabaseName)};Pooling=False"
            );
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task New_keys_of_the_store_open_what_was_kept_under_the_old_ones()
    {
        await Record(20);
        await Read(kept);
        await folder.Store.Ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        await folder.Store.RecordAsync(Person(3), StoreFolder.OptOut(), Actor.Runner("server"));
        await AssertSame();
    }

    [Fact]
    public async Task The_last_room_of_a_disk_is_left_to_what_is_recorded()
    {
        await Record(5);
        await Read(
            new(folder.Store.Ledger, folder.Clock)
            {
                Snapshots = new(Path) { LeastSince = 0, LeastFree = long.MaxValue },
            }
        );
        Files.ShouldBeEmpty();
        await AssertSame();
        Files.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_no_reason_not_to_answer()
    {
        await Record(5);
        await File.WriteAllTextAsync(Path, "a file where the folder should be");
        await AssertSame();
    }

    async Task Record(int people) =>
        await folder.Store.RecordAsync([
            .. Enumerable
                .Range(0, people)
                .SelectMany(i => new[] { StoreFolder.Order($"{i}-1"), StoreFolder.Order($"{i}-2") with { Products = ["A-1", $"B-{i}"] } })
                .Select((entry, i) => new NewEntry(Person(i / 2), entry, Everything) { Source = SourceOf(i) }),
        ]);

    static EntrySource? SourceOf(int number) => number % 3 == 0 ? null : new(new string('a', 64), number);

    /// <summary>Others whose partition is that of somebody on record.</summary>
    async Task<List<Address>> NeighboursOf(Address person, int count)
    {
        var partition = (await folder.Store.FindAsync(person)).Position.Contact.Partition;
        var keys = KeyRing.Load(EvidenceStores.KeyFileOf(folder.Path)).Current;
        return [.. Enumerable.Range(1000, 40_000).Select(Person).Where(IsThere).Take(count)];

        bool IsThere(Address other)
        {
            keys.AddressMac(other, out var where);
            return where == partition;
        }
    }

    static bool Takes(ContactEntry entry)
    {
        try
        {
            Entitlements.Check(Everything, entry, EntryKinds.Of(entry));
            return true;
        }
        catch (NotEntitledException)
        {
            return false;
        }
    }
}
