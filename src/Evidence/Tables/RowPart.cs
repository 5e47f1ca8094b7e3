using MaySend.Evidence.Files;

namespace MaySend.Evidence.Tables;

/// <summary>The rows of a file, or of a piece of it, as they were read by one thread.</summary>
sealed class RowPart(CompanionFile kind, string file)
{
    const int RowsTogether = 1 << 12;

    readonly List<Row[]> rows = [];

    /// <summary>The kind of file.</summary>
    public CompanionFile Kind => kind;

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>How many rows are about people of the list.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref readonly Row this[int place] => ref rows[place / RowsTogether][place % RowsTogether];

    /// <summary>The ids of all rows.</summary>
    public Letters Ids { get; } = new();

    /// <summary>What few rows have.</summary>
    public List<MoreOfARow> More { get; } = [];

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

    /// <summary>Adds a row about somebody of the list.</summary>
    public void Add(in Row row)
    {
        if (Count % RowsTogether == 0)
            rows.Add(new Row[RowsTogether]);
        rows[^1][Count++ % RowsTogether] = row;
    }
}
