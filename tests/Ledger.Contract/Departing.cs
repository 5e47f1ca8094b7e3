using System.Security.Cryptography.X509Certificates;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Ledger.Contract.Stores;
using MaySend.Ledger.Verify;

namespace MaySend.Ledger.Contract;

public sealed class DepartingFromSqlite() : Departing(new SqliteStore());

public sealed class DepartingFromPostgres(PostgresCluster cluster) : Departing(new PostgresStore(cluster));

public sealed class DepartingFromCluster(PostgresCluster cluster) : Departing(new ClusterStore(cluster));

/// <summary>Checkpoints that are kept elsewhere, their time stamps, and the keys they are signed with.</summary>
public abstract class Departing(Store store) : Contract(store)
{
    static readonly Lazy<TimeAuthority> Tower = new(() => new TimeAuthority());
    static readonly Lazy<TimeAuthority> Stranger = new(() => new TimeAuthority("Stranger"));

    [Fact]
    public async Task A_time_stamp_of_a_trusted_authority_is_counted_and_any_other_is_named()
    {
        await ContactAt(Anna);
        var note = (await Ledger.CheckpointAsync()).Note;
        var at = Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        var stamp = Tower.Value.Stamp(Encoding.UTF8.GetBytes(note), at);

        var report = await VerifyAsync(new KeptCheckpoint(note, stamp));
        report.Findings.ShouldBeEmpty();
        (report.TimeStamps, report.LastStamp!.At, report.LastStamp.By).ShouldBe((1, at, "CN=Clock Tower"));

        await NamesAsync(new(note, Stranger.Value.Stamp(Encoding.UTF8.GetBytes(note), at)), "by CN=Stranger, and no certificate");
        await NamesAsync(new(note, Tower.Value.Stamp("another text"u8, at)), "is not for this checkpoint");
        await NamesAsync(new(note, stamp[..^20]), "cannot be read");
        await NamesAsync(new(note, []), "cannot be read");
        // A ledger written anew can bear any date, and be stamped for none that is past.
        await NamesAsync(
            new(note, Tower.Value.Stamp(Encoding.UTF8.GetBytes(note), at + TimeSpan.FromDays(40))),
            "was stamped at 2026-03-16"
        );
        await NamesAsync(
            new(note, Tower.Value.Stamp(Encoding.UTF8.GetBytes(note), at - TimeSpan.FromDays(1))),
            "was stamped at 2026-02-03"
        );
    }

    [Fact]
    public async Task Checkpoints_kept_one_after_another_are_all_held_against_the_chains()
    {
        await ContactAt(Anna);
        var first = (await Ledger.CheckpointAsync()).Note;
        await ContactAt(Ben);
        var second = (await Ledger.CheckpointAsync()).Note;
        await Store.HarmAsync("delete from checkpoint");
        var kept = first + new KeptCheckpoint(second, Tower.Value.Stamp(Encoding.UTF8.GetBytes(second), Clock.GetUtcNow())).Write();
        var report = await Store.VerifyAsync([VerifierKey], [kept]);
        (report.Findings.Count, report.Checkpoints, report.KeptCheckpoints).ShouldBe((0, 2, 2));
        (
            await Store.VerifyAsync([VerifierKey], [kept.Replace("recorded 2026", "recorded 2025", StringComparison.Ordinal)])
        ).Findings.Count.ShouldBe(2);
        (await Store.VerifyAsync([VerifierKey], ["what somebody else wrote\n" + kept]))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("a checkpoint cannot be read");
    }

    [Fact]
    public async Task Whoever_was_given_the_first_key_of_checkpoints_follows_to_every_later_one()
    {
        await ContactAt(Anna);
        var first = VerifierKey;
        await Ledger.CheckpointAsync();
        await Ledger.RotateCheckpointKeyAsync();
        var second = VerifierKey;
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        await Ledger.RotateCheckpointKeyAsync();
        await ContactAt(Ben);
        var last = (await Ledger.CheckpointAsync()).Note;
        KeyRing.Load(Store.KeyFile).VerifierKeys.ShouldBe([VerifierKey, first, second]);
        new[] { first, second, VerifierKey }.Distinct().Count().ShouldBe(3);

        var report = await Store.VerifyAsync([first], [last]);
        report.Findings.ShouldBeEmpty();
        report.Checkpoints.ShouldBe(5);
        (await Store.VerifyAsync([second], [])).Findings.Count.ShouldBe(2, "what was signed before is not the second key's to vouch for");
        (await File.ReadAllTextAsync(Store.KeyFile)).ShouldContain("earlier_verifier_keys");
        await ReopenAsync();
        await AssertSoundAsync();

        // Without the note that hands over, nobody who has the first key alone need believe the others.
        await Store.HarmAsync("delete from checkpoint where note like '%next-key%'");
        (await Store.VerifyAsync([first], [])).Findings.ShouldHaveSingleItem().What.ShouldContain("is not signed by any key you gave");
    }

    [Fact]
    public async Task Another_process_signs_with_the_new_key_from_its_next_checkpoint_on()
    {
        await using var other = await Store.OpenAsync();
        await Ledger.RotateCheckpointKeyAsync();
        (await other.CheckpointAsync()).Note.ShouldContain(VerifierKey.Split('+')[0]);
        await other.RotateKeysAsync(destroyOldWrappingKeys: false);
        KeyRing.Load(Store.KeyFile).EarlierVerifierKeys.Count.ShouldBe(1, "a rotation of the other keys leaves these as they are");
        await Ledger.AppendAsync(Order(Anna));
        await AssertSoundAsync();
    }

    string VerifierKey => KeyRing.Load(Store.KeyFile).Signing.VerifierKey;

    async Task NamesAsync(KeptCheckpoint kept, string said) =>
        (await VerifyAsync(kept)).Findings.ShouldHaveSingleItem().What.ShouldContain(said);

    Task<VerificationReport> VerifyAsync(KeptCheckpoint kept) =>
        Store.VerifyAsync([VerifierKey], [kept.Write()], authorities: Tower.Value.Trusted);
}
