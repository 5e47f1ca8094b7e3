using CsCheck;
using MaySend.Law.Facts;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Tests.Tables;

public sealed class NameCellTests
{
    [Fact]
    public void A_name_comes_back_as_it_was_whatever_it_holds() =>
        Gen
            .String.Where(name => name.Length > 0 && name.All(unit => !char.IsSurrogate(unit)))
            .Sample(name => NameCell.Read(NameCell.Of(name)).ShouldBe(name));

    [Fact]
    public void A_name_in_a_cell_cannot_end_the_text_it_stands_in() =>
        Gen
            .String.Where(name => name.All(unit => !char.IsSurrogate(unit)))
            .Sample(name => NameCell.Of(name).ShouldNotContain(unit => unit <= ' ' || unit > '~' || unit == '\'' || unit == '\\'));

    [Fact]
    public void A_set_comes_back_as_it_was_and_is_written_in_one_way_only()
    {
        var set = NameSet.Of(["Tea & Co", "all", "...", "ärger", "offers"], isComplete: false);
        var cell = NameCell.Of(set);
        NameCell.ReadSet(cell).ShouldBe(set);
        NameCell.IsSet(cell).ShouldBeTrue();
        NameCell.IsSet($" {cell}").ShouldBeFalse();
        NameCell.IsSet("b a").ShouldBeFalse();
        NameCell.IsSet("a a").ShouldBeFalse();
        NameCell.IsSet("... a").ShouldBeFalse();
    }

    [Fact]
    public void A_sender_called_all_is_not_everybody()
    {
        NameCell.ReadSet(NameCell.Of(NameSet.Of("all")))!.IsEverything.ShouldBeFalse();
        NameCell.ReadSet(NameCell.Of(NameSet.Everything))!.IsEverything.ShouldBeTrue();
    }

    [Fact]
    public void No_two_facts_share_a_column()
    {
        foreach (var table in FactTables.All)
            table.Columns.Select(column => column.Name).ShouldBeUnique();
        FactTables.All.SelectMany(table => table.Columns.Where(column => column.Fact is not null)).Select(c => c.Name).ShouldBeUnique();
    }
}
