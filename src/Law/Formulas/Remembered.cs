namespace MaySend.Law.Formulas;

/// <summary>
/// What was found out about the few nodes that are asked about again and again, for one recipient: a handful, which a look along a row
/// finds sooner than a table would, and which costs nothing before there is one. Serves one thread.
/// </summary>
/// <typeparam name="T">What was found out.</typeparam>
struct Remembered<T>
{
    const int First = 8;

    (Some Node, T Found)[]? row;
    int count;

    /// <summary>What is known of a node; false where nothing is.</summary>
    public readonly bool TryGet(Some node, out T found)
    {
        foreach (ref readonly var one in row.AsSpan(0, count))
        {
            if (ReferenceEquals(one.Node, node))
            {
                found = one.Found;
                return true;
            }
        }
        found = default!;
        return false;
    }

    /// <summary>Remembers it, and gives it back.</summary>
    public T Add(Some node, T found)
    {
        row ??= new (Some, T)[First];
        if (count == row.Length)
            Array.Resize(ref row, 2 * count);
        row[count++] = (node, found);
        return found;
    }
}
