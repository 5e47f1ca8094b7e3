using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>
/// The 512 rows that are being looked at, and which record of each kind. Changed only by the evaluator and by <see cref="SomeNode"/>.
/// </summary>
sealed class Chunk
{
    readonly int[] ranks = new int[Enum.GetValues<Scope>().Length];
    ColumnBlock block = null!;

    /// <summary>A number that is new for every chunk, so that what a node remembers of another is not used.</summary>
    public long Number { get; private set; }

    /// <summary>The first row.</summary>
    public int Start { get; private set; }

    /// <summary>True while these rows are looked at, as they were when they were opened.</summary>
    public bool Is(ColumnBlock of, int start) => ReferenceEquals(block, of) && Start == start && version == of.Version;

    int version;

    public void Open(ColumnBlock of, int start)
    {
        version = of.Version;
        block = of;
        Start = start;
        Number++;
    }

    /// <summary>The layers of a kind.</summary>
    public List<ColumnBlock.Layer> Layers(Scope kind) => block.Layers(kind);

    /// <summary>The layer of a scope that is looked at.</summary>
    public ColumnBlock.Layer Layer(Scope scope) => block.Layers(scope)[ranks[(int)scope]];

    /// <summary>The rank of the record that is looked at; 0 is the newest.</summary>
    public int this[Scope kind]
    {
        get => ranks[(int)kind];
        set => ranks[(int)kind] = value;
    }

    /// <summary>The rows that have a record of this rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<ulong> Has(Scope kind, int rank)
    {
        var layers = block.Layers(kind);
        return rank < layers.Count ? Vector512.Create(layers[rank].Has, Start / 64) : default;
    }
}
