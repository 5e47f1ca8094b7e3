using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Outputs;

/// <summary>
/// Writes <c>permitted.csv</c>, <c>refused.csv</c> and <c>not-shown.csv</c>: each row as it stood in the people file, with verdict,
/// reasons, a sentence, whether mail arrives, what names the decision and the day it is good for. Permitted people whom mail does not
/// reach stand in a file of their own. Files get their names only when all is written; until then, and after an error, there is nothing
/// under these names but what was there before.
/// </summary>
public sealed class VerdictFiles : IDisposable
{
    /// <summary>Permitted people whom mail does not reach: not in the list to send.</summary>
    public const string Undeliverable = "undeliverable.csv";

    readonly string folder;
    readonly char delimiter;
    readonly string mark;
    readonly Dictionary<Verdict, DraftedText> files = [];
    readonly List<DraftedText> others = [];
    readonly string head;
    DraftedText? leftOut;

    VerdictFiles(string folder, char delimiter, string head, string mark) =>
        (this.folder, this.delimiter, this.head, this.mark) = (folder, delimiter, head, mark);

    /// <summary>Opens the three files under temporary names.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="header">The people file's header as it stands.</param>
    /// <param name="delimiter">Its delimiter.</param>
    /// <param name="mark">The day for which the lists are good, and whether they are a what-if.</param>
    public static VerdictFiles Create(string folder, string header, char delimiter, string mark)
    {
        Directory.CreateDirectory(folder);
        string[] added = ["send", "process", "reason", "says", "deliverable", "decision", "day"];
        var output = new VerdictFiles(
            folder,
            delimiter,
            string.Join(delimiter, added.Select(name => $"maysend_{name}").Prepend(WrittenLists.FirstAdded).Prepend(header)),
            mark
        );
        foreach (var verdict in Enum.GetValues<Verdict>())
            output.files[verdict] = output.Open($"{verdict.Word()}.csv");
        return output;
    }

    /// <summary>How many permitted people are left out of the list to send.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Writes one row.</summary>
    /// <param name="row">What was decided.</param>
    /// <param name="decision">What names the decision; blank where nothing does.</param>
    public void Write(Screened row, string decision)
    {
        var isLeftOut = row is { Verdict: Verdict.Permitted, Deliverable.Is: Deliverable.No };
        if (isLeftOut)
            LeftOut++;
        var writer = isLeftOut ? OpenLeftOut() : files[row.Verdict].Writer;
        writer.Write(row.Person.RawRow);
        foreach (var cell in new[] { row.Verdict.Word(), row.Send, row.Process, row.Reason })
        {
            writer.Write(delimiter);
            writer.Write(cell);
        }
        writer.Write(delimiter);
        writer.Write(CsvCell.Of(isLeftOut ? $"{row.Says}; {row.Deliverable.Says}" : row.Says, delimiter));
        foreach (var cell in new[] { row.Deliverable.Word, decision, mark })
        {
            writer.Write(delimiter);
            writer.Write(cell);
        }
        writer.WriteLine();
    }

    /// <summary>Adds another file to the same commit.</summary>
    public void Add(string name, string content)
    {
        var other = new DraftedText(Path.Combine(folder, name));
        others.Add(other);
        other.Writer.Write(content);
    }

    /// <summary>
    /// Gives the files their names. What an earlier screening into the same folder wrote and this one does not goes: a list of people left
    /// out, the hours of calls.
    /// </summary>
    public void Commit()
    {
        var written = All.ToList();
        foreach (var file in written)
            file.End();
        foreach (var path in new[] { Undeliverable, WrittenLists.CallTimes }.Select(name => Path.Combine(folder, name)))
            if (!written.Exists(file => file.Path == path))
                File.Delete(path);
        foreach (var file in written)
            file.Commit();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var file in All)
            file.Dispose();
    }

    IEnumerable<DraftedText> All => files.Values.Concat(leftOut is { } more ? [more] : []).Concat(others);

    StreamWriter OpenLeftOut() => (leftOut ??= Open(Undeliverable)).Writer;

    DraftedText Open(string name)
    {
        var file = new DraftedText(Path.Combine(folder, name));
        file.Writer.WriteLine(head);
        return file;
    }
}
