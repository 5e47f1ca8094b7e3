using System.Text;
using MaySend.Ledger.Verify;

namespace MaySend.Ledger.Contract;

/// <summary>The text in which checkpoints are kept.</summary>
public sealed class KeptFileTests
{
    const string Note = "maysend/ledger/00\n1\nroot\nrecorded x\n\n\u2014 name signature\n";

    [Fact]
    public void What_is_kept_is_read_back_as_it_was()
    {
        KeptCheckpoint[] all = [new(Note, null), new(Note, [1, 2, 3]), new(Note, null)];
        var text = string.Concat(all.Select(one => one.Write()));
        var read = KeptCheckpoint.Read(text);
        read.Select(one => one.Note).ShouldBe(all.Select(one => one.Note));
        read.Select(one => one.Stamp).ShouldBe(all.Select(one => one.Stamp));
        KeptCheckpoint.WholeLength(text).ShouldBe(Encoding.UTF8.GetByteCount(text));
        KeptCheckpoint.Read("").ShouldBeEmpty();
    }

    [Fact]
    public void Wherever_a_crash_cut_it_short_the_checkpoints_before_are_whole()
    {
        var one = new KeptCheckpoint(Note, [.. Enumerable.Repeat((byte)9, 200)]).Write();
        var octets = Encoding.UTF8.GetBytes(one + one);
        foreach (var cut in Enumerable.Range(0, octets.Length))
        {
            var text = Encoding.UTF8.GetString(octets.AsSpan(0, cut));
            var whole = KeptCheckpoint.WholeLength(text);
            whole.ShouldBeLessThanOrEqualTo(cut);
            foreach (var kept in KeptCheckpoint.Read(Encoding.UTF8.GetString(octets.AsSpan(0, (int)whole))))
                kept.Note.ShouldBe(Note);
            if (cut >= octets.Length / 2)
                whole.ShouldBeGreaterThanOrEqualTo(octets.Length / 2);
        }
    }
}
