using System.Collections.Immutable;
using MaySend.Law.Facts;

namespace MaySend.Warehouse.Tables;

/// <summary>A row of a table: a cell for each of its columns, in their order.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cells">Text, <see cref="DateOnly"/>, <see cref="int"/>, <see cref="long"/>, or null.</param>
public sealed record TableRow(FactTable Table, ImmutableArray<object?> Cells)
{
    static readonly ImmutableArray<Scope> Kinds = [.. FactTables.All.Select(table => table.Scope).Where(scope => scope.IsRecord())];

    /// <summary>Everything about one person, as rows.</summary>
    /// <param name="contact">Names the person.</param>
    /// <param name="part">The part.</param>
    /// <param name="facts">What is on record; records newest first.</param>
    /// <param name="beside">What stands beside the facts of a person: address, row, whether mail arrives, and why not.</param>
    public static IEnumerable<TableRow> Of(long contact, int part, RecipientFacts facts, params ReadOnlySpan<object?> beside)
    {
        List<TableRow> rows = [Of(FactTables.People, facts.Recipient, [contact, part, .. beside])];
        foreach (var kind in Kinds)
        {
            var (table, records) = (FactTables.Of(kind), facts.Of(kind));
            for (var place = 0; place < records.Length; place++)
                rows.Add(Of(table, records[place], [contact, part, place + 1, records[place].Id]));
        }
        return rows;
    }

    static TableRow Of(FactTable table, FactSheet sheet, ReadOnlySpan<object?> first)
    {
        var cells = ImmutableArray.CreateBuilder<object?>(table.Columns.Length);
        cells.AddRange(first);
        while (table.Columns[cells.Count].Fact is null)
            cells.Add(null);
        for (var place = cells.Count; place < table.Columns.Length; place++)
            cells.Add(table.Columns[place].Cell(sheet[table.Columns[place].Fact!]));
        return new(table, cells.MoveToImmutable());
    }
}
