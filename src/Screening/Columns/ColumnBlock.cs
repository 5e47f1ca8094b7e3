using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>
/// A few thousand recipients as columns, for one <see cref="ColumnPlan"/>: only the facts its decision asks about. Records stand in layers:
/// the first layer holds everybody's newest record of the kind, the second the next one, each in its owner's row. Filled by one thread,
/// then read by any.
/// </summary>
public sealed class ColumnBlock
{
    static readonly Scope[] Kinds = [Scope.Collection, Scope.Consent, Scope.Refusal, Scope.Check];

    readonly ColumnLayout layout;
    readonly Lexicon lexicon;
    readonly List<Layer>[] layers = [.. Enum.GetValues<Scope>().Select(_ => new List<Layer>())];

    internal ColumnBlock(ColumnPlan plan, int capacity)
    {
        Plan = plan;
        Capacity = capacity;
        layout = plan.Layout;
        lexicon = new Lexicon(layout);
        layers[(int)Scope.Recipient].Add(new Layer(layout, Scope.Recipient, PaddedRows, lexicon));
    }

    /// <summary>
    /// Recipients with more records of a kind than this are kept as they are, so that one of them cannot make layers for everybody.
    /// </summary>
    internal const int MostLayers = 64;

    /// <summary>Those recipients, with their rows.</summary>
    internal List<(int Row, RecipientFacts Facts)> Long { get; } = [];

    /// <summary>The plan whose columns it has.</summary>
    public ColumnPlan Plan { get; }

    /// <summary>How many recipients it can hold.</summary>
    public int Capacity { get; }

    /// <summary>How many recipients it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Another after each change of what is in it.</summary>
    internal int Version { get; private set; }

    /// <summary>True when no further recipient fits.</summary>
    public bool IsFull => Count == Capacity;

    int PaddedRows => (Capacity + Planes.Rows - 1) / Planes.Rows * Planes.Rows;

    /// <summary>Adds one recipient; the records of each kind must stand newest first (<see cref="RecordOrder"/>).</summary>
    /// <returns>The recipient's row.</returns>
    /// <exception cref="InvalidOperationException">The block is full.</exception>
    public int Add(RecipientFacts facts)
    {
        if (IsFull)
            throw new InvalidOperationException("the block is full");
        var row = Count++;
        Version++;
        layers[(int)Scope.Recipient][0].Set(row, facts.Recipient);
        if (IsLong(facts))
        {
            Long.Add((row, facts));
            return row;
        }
        foreach (var kind in Kinds)
        {
            var records = facts.Of(kind);
            var ofKind = layers[(int)kind];
            while (ofKind.Count < records.Length)
                ofKind.Add(new Layer(layout, kind, PaddedRows, lexicon));
            for (var rank = 0; rank < records.Length; rank++)
                ofKind[rank].Set(row, records[rank]);
        }
        return row;
    }

    static bool IsLong(RecipientFacts facts)
    {
        foreach (var kind in Kinds)
            if (facts.Of(kind).Length > MostLayers)
                return true;
        return false;
    }

    /// <summary>Empties the block for the next recipients.</summary>
    public void Clear()
    {
        Count = 0;
        Version++;
        Long.Clear();
        lexicon.Clear();
        foreach (var layer in layers.SelectMany(ofKind => ofKind))
            layer.Clear();
    }

    /// <summary>The layers of a kind, as the very list: it is asked for many times a row.</summary>
    internal List<Layer> Layers(Scope kind) => layers[(int)kind];

    /// <summary>One record, or the recipient itself, for each row that has one.</summary>
    internal sealed class Layer(ColumnLayout layout, Scope scope, int rows, Lexicon lexicon)
    {
        readonly Column[] columns = layout.NewColumns(scope, rows, lexicon);

        /// <summary>A bit for each row that has the record.</summary>
        public readonly ulong[] Has = new ulong[rows / 64];

        public Column this[int index] => columns[index];

        public void Set(int row, FactSheet sheet)
        {
            Has[row / 64] |= 1UL << (row % 64);
            foreach (var column in columns)
                column.Set(row, sheet);
        }

        public void Clear() => Array.Clear(Has);
    }
}
