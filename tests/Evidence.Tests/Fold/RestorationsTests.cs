using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>After a restore the registers vouch for nothing after the backup's time until somebody signs.</summary>
public class RestorationsTests
{
    static readonly DateOnly Before = new(2026, 5, 3);
    static readonly DateOnly OfTheBackup = new(2026, 5, 4);
    static readonly DateOnly Later = new(2026, 6, 1);

    static readonly StoreRestored Restored = new("restored")
    {
        BackupMadeAt = new DateTimeOffset(2026, 5, 4, 3, 0, 0, TimeSpan.Zero),
        RestoredAt = new DateTimeOffset(2026, 5, 20, 9, 0, 0, TimeSpan.Zero),
    };

    [Theory]
    [InlineData(StatementKind.RefusalsComplete)]
    [InlineData(StatementKind.SendsComplete)]
    public void A_register_that_was_complete_vouches_up_to_the_backup_and_no_further(StatementKind says)
    {
        var record = new ControllerRecord([Complete("a", says, signed: new(2026, 1, 5)), Restored]);
        record.Statement("quill-ltd", says, Before).ShouldNotBeNull();
        record.Statement("quill-ltd", says, OfTheBackup).ShouldBeNull();
        record.Statement("quill-ltd", says, Later).ShouldBeNull();
    }

    [Fact]
    public void Signed_anew_after_the_restore_it_vouches_again()
    {
        const StatementKind says = StatementKind.RefusalsComplete;
        var record = new ControllerRecord([
            Complete("a", says, signed: new(2026, 1, 5)),
            Restored,
            Complete("b", says, signed: new(2026, 5, 21)),
        ]);
        record.Statement("quill-ltd", says, Later)!.Id.ShouldBe("b");
    }

    [Theory]
    [InlineData("2026-05-02", false)]
    [InlineData("2026-05-19", false)]
    [InlineData("2026-05-20", true)]
    public void An_old_signature_that_is_recorded_again_after_the_restore_vouches_no_further_than_before(string signed, bool vouches)
    {
        const StatementKind says = StatementKind.SendsComplete;
        var on = DateOnly.ParseExact(signed, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var again = Complete("a", says, on) with { Since = new DateOnly(2025, 3, 1) };
        var record = new ControllerRecord([Complete("a", says, signed: new(2026, 1, 5)), Restored, again]);
        (record.Statement("quill-ltd", says, Later) is not null).ShouldBe(vouches);
        record.Statement("quill-ltd", says, Before).ShouldBe(again.Signature!.On <= Before ? again with { Until = OfTheBackup } : null);
    }

    [Fact]
    public void A_file_signed_before_the_restore_does_not_vouch_and_one_signed_since_does()
    {
        const StatementKind says = StatementKind.RefusalsComplete;
        var store = new ControllerRecord([Restored]);
        store.Over(new([Complete("a", says, signed: new(2026, 5, 20))])).Statement("quill-ltd", says, Later).ShouldBeNull();
        store.Over(new([Complete("a", says, signed: new(2026, 5, 21))])).Statement("quill-ltd", says, Later).ShouldNotBeNull();
    }

    [Fact]
    public void What_is_no_register_stands_as_it_was_signed()
    {
        var children = Complete("a", StatementKind.OffersToChildren, signed: new(2026, 1, 5)) with { Answer = false };
        new ControllerRecord([children, Restored]).Statement("quill-ltd", StatementKind.OffersToChildren, Later).ShouldNotBeNull();
    }

    [Fact]
    public void A_no_is_not_ended_by_a_restore()
    {
        var no = Complete("a", StatementKind.RefusalsComplete, signed: new(2026, 1, 5)) with { Answer = false };
        new ControllerRecord([no, Restored]).Statement("quill-ltd", StatementKind.RefusalsComplete, Later)!.Answer.ShouldBe(false);
    }

    static StatementSigned Complete(string id, StatementKind says, DateOnly signed) =>
        new(id, "quill-ltd", says)
        {
            Answer = true,
            Since = new DateOnly(2025, 1, 1),
            Signature = new("officer", signed, "one register"),
        };
}
