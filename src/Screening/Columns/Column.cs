using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>The values of one fact for the rows of a block, as narrow as the formula allows.</summary>
abstract class Column
{
    /// <summary>Takes the value of a fact, or what silence says, from a sheet.</summary>
    public abstract void Set(int row, FactSheet sheet);
}

/// <summary>Words as their place in the closed list plus one; zero is not recorded.</summary>
sealed class WordColumn(Fact fact, int rows) : Column
{
    public readonly byte[] Values = new byte[rows];

    public override void Set(int row, FactSheet sheet) =>
        Values[row] = sheet.NumberOf(fact) is { } place ? checked((byte)(place + 1)) : (byte)0;
}

/// <summary>Days and numbers; <see cref="NotRecorded"/> stands for none.</summary>
sealed class NumberColumn(Fact fact, int rows) : Column
{
    public const int NotRecorded = int.MinValue;

    public readonly int[] Values = new int[rows];

    public override void Set(int row, FactSheet sheet) => Values[row] = sheet.NumberOf(fact) ?? NotRecorded;
}

/// <summary>
/// Names as codes: zero is not recorded; names that no formula names share one code, unless they are compared with each other.
/// </summary>
sealed class NameColumn(Fact fact, int rows, Lexicon lexicon, bool isCompared) : Column
{
    public readonly int[] Values = new int[rows];

    // One name follows another of the same; a code that is only met is good for one block.
    (string? Name, int Code) before;

    public override void Set(int row, FactSheet sheet)
    {
        var name = sheet[fact].Name;
        if (name is null || isCompared)
            Values[row] = name is null ? 0 : lexicon.Code(name, isCompared);
        else
        {
            if (!ReferenceEquals(name, before.Name))
                before = (name, lexicon.Code(name, isCompared));
            Values[row] = before.Code;
        }
    }
}

/// <summary>Sets as one bit for each name that the formulas ask about, and flags for the rest.</summary>
sealed class SetColumn(Fact fact, int rows, IReadOnlyDictionary<string, int> bits) : Column
{
    public const byte Recorded = 1,
        Everything = 2,
        Incomplete = 4,
        Empty = 8,
        HasOthers = 16;

    /// <summary>Bits of the names asked about, where there are at most eight.</summary>
    public readonly byte[] Narrow = bits.Count <= 8 ? new byte[rows] : [];

    /// <summary>The same in words of 64 names, where there are more.</summary>
    public readonly ulong[][] Wide = bits.Count <= 8 ? [] : [.. Enumerable.Range(0, (bits.Count + 63) / 64).Select(_ => new ulong[rows])];

    public readonly byte[] Flags = new byte[rows];

    public override void Set(int row, FactSheet sheet)
    {
        if (Narrow.Length > 0)
            Narrow[row] = 0;
        foreach (var word in Wide)
            word[row] = 0;
        Flags[row] = 0;
        if (sheet[fact].Set is not { } set)
            return;
        Flags[row] = (byte)(Recorded | (set.IsEverything ? Everything : 0) | (set.IsComplete ? 0 : Incomplete) | (set.IsEmpty ? Empty : 0));
        foreach (var name in set.Names)
        {
            if (!bits.TryGetValue(name, out var bit))
                Flags[row] |= HasOthers;
            else if (Narrow.Length > 0)
                Narrow[row] |= (byte)(1 << bit);
            else
                Wide[bit / 64][row] |= 1UL << (bit % 64);
        }
    }
}

/// <summary>Values as they are, for the few leaves that compare two sets of one recipient.</summary>
sealed class ValueColumn(Fact fact, int rows) : Column
{
    public readonly FactValue[] Values = new FactValue[rows];

    public override void Set(int row, FactSheet sheet) => Values[row] = sheet[fact];
}
