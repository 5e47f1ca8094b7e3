using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Tests.Import;

/// <summary>A file is cut into pieces that fit into memory, whatever its rows hold, and every row is in one of them.</summary>
public sealed class KeyedRowsTests
{
    static readonly Address Anna = Address.Email("anna@example.com").Required();

    [Fact]
    public void Every_row_is_in_one_piece_in_the_order_of_the_file()
    {
        var pieces = KeyedRows.Of(Rows(10_001, wording: "yes")).ToList();
        pieces.Count.ShouldBe(3);
        pieces.SelectMany(piece => piece.Rows).Select(row => row.Row).ShouldBe(Enumerable.Range(0, 10_001).Select(i => (long)i));
        pieces
            .SelectMany(piece => piece.Proposed)
            .Select(keyed => keyed.Row.Row)
            .ShouldBe(Enumerable.Range(0, 10_001).Select(i => (long)i));
        KeyedRows.Of([]).ShouldBeEmpty();
    }

    [Fact]
    public void Rows_that_hold_much_are_few_to_a_piece()
    {
        foreach (var piece in KeyedRows.Of(Rows(50, wording: new string('w', 500_000))))
            piece.Rows.Count.ShouldBeLessThanOrEqualTo(9);
    }

    [Fact]
    public void A_key_is_that_of_the_proposal_and_what_was_written_that_of_the_entry()
    {
        foreach (var keyed in KeyedRows.Of(Rows(3, wording: "yes")).Single().Proposed)
        {
            keyed.Key.ShouldBe(Proposal.KeyOf(keyed.Proposal.Entry));
            keyed.Written!.Value.Json.ShouldBe(EntryJson.Write(keyed.Proposal.Entry));
        }
    }

    [Fact]
    public void What_is_not_wanted_has_its_row_and_no_key()
    {
        var piece = KeyedRows.Of(Rows(5, wording: "yes"), proposal => proposal.Source.Row % 2 == 0).Single();
        piece.Rows.Count.ShouldBe(5);
        piece.Proposed.Select(keyed => keyed.Row.Row).ShouldBe([0L, 2L, 4L]);
    }

    static IEnumerable<ReadRow> Rows(int count, string wording) =>
        Enumerable
            .Range(0, count)
            .Select(i => new ReadRow(
                "f.csv",
                i,
                [
                    new Proposal(
                        Anna,
                        new ConsentAnswered(When.Of(new DateOnly(2026, 2, 5)), $"c{i}") { Wording = wording },
                        new EntrySource(new string('a', 64), i)
                    ),
                ],
                [],
                null
            ));
}
