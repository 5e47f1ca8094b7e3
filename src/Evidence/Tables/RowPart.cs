using MaySend.Evidence.Files;

namespace MaySend.Evidence.Tables;

/// <summary>The rows of a file, or of a piece of it, as they were read by one thread.</summary>
sealed class RowPart(CompanionFile kind, string file)
{
    /// <summary>The kind of file.</summary>
    public CompanionFile Kind => kind;

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>Rows about people of the list.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>What few rows have.</summary>
    public List<MoreOfARow> More { get; } = [];

    /// <summary>The ids of all rows, one after the other.</summary>
    public char[] Ids { get; private set; } = [];

    /// <summary>Good rows, whoever they are about.</summary>
    public int Read { get; set; }

    /// <summary>Lines of the file before this part, its header not counted.</summary>
    public int LinesBefore { get; set; }

    /// <summary>Lines of this part; only pieces count them.</summary>
    public int Lines { get; init; }

    /// <summary>By what they say, how many rows are told of, such as those that ask to stop, and the first of them.</summary>
    public Dictionary<int, (int Rows, int FirstLine)> Requests { get; } = [];

    /// <summary>The day of the oldest entry of the register of refusals; null where none is dated.</summary>
    public DateOnly? OldestStop { get; set; }

    /// <summary>The header of a list of people, and what stands between its fields.</summary>
    public (string Line, char Delimiter) Header { get; set; }

    int used;

    /// <summary>Keeps an id and gives its place.</summary>
    public int Keep(ReadOnlySpan<char> id)
    {
        if (used + id.Length > Ids.Length)
        {
            var room = Ids;
            Array.Resize(ref room, Math.Max(Ids.Length * 2, used + id.Length + 1024));
            Ids = room;
        }
        id.CopyTo(Ids.AsSpan(used));
        used += id.Length;
        return used - id.Length;
    }
}
