using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening.Columns;

/// <summary>One key over columns: its truth and the reason of each row, as <see cref="KeyReason.Of"/> defines them.</summary>
sealed class KeyColumns
{
    readonly ElementColumns[] elements;
    readonly int noLaw;
    readonly int notApplicable;

    public KeyColumns(KeyFormula key, NodeCompiler compiler, ColumnLayout layout, bool hasAssessments)
    {
        elements = [.. key.Elements.Select(element => new ElementColumns(element, compiler, layout, hasAssessments))];
        noLaw = layout.Reason(KeyReason.NoLaw(key));
        notApplicable = layout.Reason(KeyReason.NotApplicable(key));
    }

    /// <summary>Evaluates the chunk.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="rows">Those of them that hold a recipient.</param>
    /// <param name="reasons">Gets the reasons.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Planes Evaluate(Chunk chunk, Vector512<ulong> rows, Reasons reasons)
    {
        reasons.Clear();
        if (elements.Length == 0)
        {
            reasons.Say(noLaw, rows);
            return default;
        }
        var truth = elements[0].Clear.Truth(chunk);
        foreach (var element in elements.AsSpan(1))
            truth &= element.Clear.Truth(chunk);
        FellShort(chunk, truth.No & rows, rows & ~(truth.Yes | truth.No), reasons);
        Turned(chunk, truth.Yes & rows, reasons);
        return truth;
    }

    /// <summary>The first element that has the key's own truth decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void FellShort(Chunk chunk, Vector512<ulong> refused, Vector512<ulong> open, Reasons reasons)
    {
        foreach (var element in elements)
        {
            if ((refused | open) == default)
                return;
            ref readonly var clear = ref element.Clear.Truth(chunk);
            var decided = (refused & clear.No) | (open & ~clear.Yes);
            if (decided == default)
                continue;
            element.Decide(chunk, decided, reasons);
            refused &= ~decided;
            open &= ~decided;
        }
    }

    /// <summary>The first ground that is shown of the first prohibition that may apply.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Turned(Chunk chunk, Vector512<ulong> rows, Reasons reasons)
    {
        foreach (var element in elements)
        {
            if (rows == default)
                return;
            if (element.Kind == ElementKind.Prohibition)
                rows &= ~element.Turn(chunk, rows, reasons);
        }
        reasons.Say(notApplicable, rows);
    }
}

/// <summary>One element of a key over columns.</summary>
sealed class ElementColumns
{
    readonly (Node Body, int Code, ReasonsOf Reasons, Scope[] Kinds, bool IsForOtherMeans)[] grounds;
    readonly Count[] distances;
    readonly bool hasAssessments;
    readonly Node? applies;
    readonly (Node Body, ReasonsOf Reasons)? duty;
    readonly int itself;

    public ElementColumns(Element element, NodeCompiler compiler, ColumnLayout layout, bool hasAssessments)
    {
        this.hasAssessments = hasAssessments;
        Kind = element.Kind;
        Clear = compiler.Compile(element.Clear);
        itself = layout.Reason(KeyReason.ElementCode(element));
        grounds =
        [
            .. element.Grounds.Select(ground =>
                (
                    compiler.Compile(ground.Body),
                    layout.Reason(KeyReason.GroundCode(element, ground)),
                    ReasonsIn(element, ground, layout),
                    GroundDistance.KindsOf(ground).ToArray(),
                    ground.IsForOtherMeans
                )
            ),
        ];
        distances = new Count[grounds.Length];
        if (grounds.Any(ground => ground.Body.MaxUnmet >= GroundDistance.WithoutRecord))
            throw new InvalidOperationException($"a ground of {element.Id} has more limbs than its distance can count");
        applies = element.Kind == ElementKind.Prohibition ? compiler.Compile(element.Applies) : null;
        duty = element.Kind == ElementKind.Duty ? (compiler.Compile(element.Body!), ReasonsIn(element, null, layout)) : null;
    }

    public ElementKind Kind { get; }

    /// <summary>Satisfied where it does not stand in the way.</summary>
    public Node Clear { get; }

    /// <summary>Says by what the element falls short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decide(Chunk chunk, Vector512<ulong> rows, Reasons reasons)
    {
        if (duty is { } met)
            met.Body.Decide(chunk, rows, met.Reasons, reasons);
        else if (Kind != ElementKind.Prohibition || grounds.Length == 0)
            reasons.Say(itself, rows);
        else if (grounds.Length == 1)
            grounds[0].Body.Decide(chunk, rows, grounds[0].Reasons, reasons);
        else
            DecideNearest(chunk, rows, reasons);
    }

    /// <summary>Says which ground turned the element, and gives the rows it turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector512<ulong> Turn(Chunk chunk, Vector512<ulong> rows, Reasons reasons)
    {
        rows &= ~applies!.Truth(chunk).No;
        Vector512<ulong> turned = default;
        foreach (var (body, code, _, _, _) in grounds)
        {
            if ((rows & ~turned) is var left && left == default)
                break;
            var shown = left & body.Truth(chunk).Yes;
            reasons.Say(code, shown);
            turned |= shown;
        }
        return turned;
    }

    /// <summary>The nearest ground by <see cref="GroundDistance"/>, of several the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void DecideNearest(Chunk chunk, Vector512<ulong> rows, Reasons reasons)
    {
        for (var i = 0; i < grounds.Length; i++)
            Distance(grounds[i].Body, grounds[i].Kinds, grounds[i].IsForOtherMeans, chunk, out distances[i]);
        var least = distances[0];
        for (var i = 1; i < grounds.Length; i++)
            Count.Take(ref least, distances[i], Count.Less(distances[i], least, Count.MaxBits), Count.MaxBits);
        for (var i = 0; i < grounds.Length; i++)
        {
            var decided = rows & Count.Same(distances[i], least, Count.MaxBits);
            if (decided != default)
                grounds[i].Body.Decide(chunk, decided, grounds[i].Reasons, reasons);
            rows &= ~decided;
            if (rows == default)
                return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Distance(Node body, Scope[] kinds, bool isForOtherMeans, Chunk chunk, out Count distance)
    {
        body.Unmet(chunk, out distance);
        if (isForOtherMeans)
        {
            Count.Raise(ref distance, GroundDistance.Elsewhere, Vector512<ulong>.AllBitsSet);
            return;
        }
        var missing = Vector512<ulong>.Zero;
        foreach (var kind in kinds)
            missing |=
                kind != Scope.Assessment ? ~chunk.Has(kind, 0)
                : hasAssessments ? Vector512<ulong>.Zero
                : Vector512<ulong>.AllBitsSet;
        Count.Raise(ref distance, GroundDistance.WithoutRecord, missing);
        if (kinds.Length == 0)
            Count.Raise(ref distance, GroundDistance.Elsewhere, body.Truth(chunk).No);
    }

    static ReasonsOf ReasonsIn(Element element, ComposedGround? ground, ColumnLayout layout)
    {
        int Code(Shortfall shortfall) => layout.Reason(KeyReason.ShortfallCode(element, ground, shortfall));
        return new ReasonsOf(
            Code(Shortfall.Of(Law.Truth.NotEvidenced)),
            [.. Enum.GetValues<Scope>().Select(kind => kind.IsRecord() ? Code(new Shortfall(Law.Truth.NotEvidenced, 1, null, kind)) : 0)]
        );
    }
}
