using System.Globalization;

namespace MaySend.Reading;

/// <summary>A place in a file. Line and column count from 1; 0 means the file as a whole.</summary>
public readonly record struct Place(string File, int Line = 0, int Column = 0)
{
    /// <summary><c>file:line:column</c>.</summary>
    public override string ToString() => Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}

/// <summary>One thing wrong with an input: where, what, and how to mend it.</summary>
public sealed record Problem(Place Place, string Text, string? Help = null)
{
    /// <summary>One line, and a help line where there is one.</summary>
    public override string ToString() => Help is null ? $"{Place}: {Text}" : $"{Place}: {Text}\n  help: {Help}";
}

/// <summary>Collects everything that is wrong, so that it can be said at once. Not safe for several threads.</summary>
public sealed class Problems
{
    readonly List<Problem> list = [];

    /// <summary>What was found, in the order of file, line and column.</summary>
    public IReadOnlyList<Problem> List =>
        [.. list.OrderBy(p => p.Place.File, StringComparer.Ordinal).ThenBy(p => p.Place.Line).ThenBy(p => p.Place.Column)];

    /// <summary>How many were found.</summary>
    public int Count => list.Count;

    /// <summary>True when nothing was found.</summary>
    public bool IsEmpty => list.Count == 0;

    /// <summary>Notes one.</summary>
    public void Add(Place place, string text, string? help = null) => list.Add(new Problem(place, text, help));

    /// <summary>Notes what was found elsewhere.</summary>
    public void AddAll(IEnumerable<Problem> found) => list.AddRange(found);

    /// <summary>Takes a step that ends at its own problems, and notes them here; nothing comes of it then.</summary>
    public T? Note<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (BadInputException error)
        {
            AddAll(error.Problems);
            return default;
        }
    }

    /// <inheritdoc cref="Note{T}(Func{T})" />
    public async ValueTask<T?> NoteAsync<T>(Func<ValueTask<T>> step)
    {
        try
        {
            return await step();
        }
        catch (BadInputException error)
        {
            AddAll(error.Problems);
            return default;
        }
    }

    /// <summary>Gives away what was found so far, in the order of place, and forgets it: whoever takes it answers for it.</summary>
    public IReadOnlyList<Problem> Take()
    {
        var taken = List;
        list.Clear();
        return taken;
    }

    /// <summary>Ends the operation when anything was found.</summary>
    /// <exception cref="BadInputException">Something was found.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty)
            throw new BadInputException(List);
    }
}

/// <summary>The input cannot be used; says everything that is wrong with it, each with its place.</summary>
public sealed class BadInputException(IReadOnlyList<Problem> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>What is wrong, in order of place.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;

    /// <summary>One thing wrong.</summary>
    public BadInputException(Place place, string text, string? help = null)
        : this([new Problem(place, text, help)]) { }
}
