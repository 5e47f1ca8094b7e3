namespace MaySend.Warehouse.Statements;

/// <summary>The reasons that a statement can give, each with a number, from 1.</summary>
sealed class ReasonCodes
{
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly List<string> codes = [];

    /// <summary>The codes by number less one.</summary>
    public IReadOnlyList<string> Codes => codes;

    /// <summary>The number of a code.</summary>
    public int Number(string code)
    {
        if (numbers.TryGetValue(code, out var number))
            return number;
        if (codes.Count >= ushort.MaxValue)
            throw new InvalidOperationException("a statement has more reasons than it can number");
        codes.Add(code);
        return numbers[code] = codes.Count;
    }
}
