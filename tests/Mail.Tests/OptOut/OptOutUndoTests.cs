using CsCheck;
using MaySend.Mail.OptOut;

namespace MaySend.Mail.Tests.OptOut;

public class OptOutUndoTests
{
    static readonly OptOutKeyRing Ring = Rings.One();
    static readonly OptOutUndo Undo = new(42, ["link 7 of 2026-03-03", "link 7 \u00fc"]);

    [Fact]
    public void An_undo_reads_back_as_it_was_written_by_a_ring_that_has_grown_since()
    {
        var read = OptOutUndo.Read(Undo.ToProof(Ring), Ring.Rotate(Rings.Clock())).ShouldNotBeNull();
        read.Contact.ShouldBe(Undo.Contact);
        read.Refusals.ShouldBe(Undo.Refusals);
    }

    [Fact]
    public void Any_changed_letter_of_an_undo_is_refused()
    {
        var proof = Undo.ToProof(Ring);
        for (var i = 0; i < proof.Length; i++)
            OptOutUndo.Read(proof[..i] + (proof[i] == 'A' ? 'B' : 'A') + proof[(i + 1)..], Ring).ShouldBeNull($"{i}");
    }

    [Fact]
    public void A_link_is_no_undo_and_an_undo_of_another_ring_is_none()
    {
        OptOutUndo.Read(new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(Ring, Rings.Clock()), Ring).ShouldBeNull();
        OptOutUndo.Read(Undo.ToProof(new([OptOutKey.Create(7, Rings.Clock())])), Ring).ShouldBeNull();
    }

    [Fact]
    public void Whatever_is_sent_as_an_undo_is_read_or_refused_and_never_throws() =>
        Gen.String.Sample(text => OptOutUndo.Read(text, Ring) is null);
}
