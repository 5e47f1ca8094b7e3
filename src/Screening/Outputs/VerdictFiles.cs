using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
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
    readonly Dictionary<Verdict, (StreamWriter Writer, string Temporary, string Final)> files = [];
    readonly List<(string Temporary, string Final)> others = [];
    readonly string head;
    (StreamWriter Writer, string Temporary, string Final)? leftOut;
    bool isCommitted;

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
        var final = Path.Combine(folder, name);
        File.WriteAllText($"{final}.partial", content, new UTF8Encoding(false));
        others.Add(($"{final}.partial", final));
    }

    /// <summary>
    /// Gives the files their names. What an earlier screening into the same folder wrote and this one does not goes: a list of people left
    /// out, the hours of calls.
    /// </summary>
    public void Commit()
    {
        foreach (var (writer, _, _) in All)
            writer.Dispose();
        var written = All.Select(file => (file.Temporary, file.Final)).Concat(others).ToList();
        foreach (var path in new[] { Undeliverable, WrittenLists.CallTimes }.Select(name => Path.Combine(folder, name)))
            if (!written.Exists(file => file.Final == path))
                File.Delete(path);
        foreach (var (temporary, final) in written)
            File.Move(temporary, final, overwrite: true);
        isCommitted = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (writer, _, _) in All)
            writer.Dispose();
        if (isCommitted)
            return;
        foreach (var temporary in All.Select(file => file.Temporary).Concat(others.Select(other => other.Temporary)))
            File.Delete(temporary);
    }

    StreamWriter OpenLeftOut()
    {
        var open = leftOut ?? Open(Undeliverable);
        leftOut = open;
        return open.Writer;
    }

    IEnumerable<(StreamWriter Writer, string Temporary, string Final)> All =>
        leftOut is { } more ? files.Values.Append(more) : files.Values;

    (StreamWriter Writer, string Temporary, string Final) Open(string name)
    {
        var final = Path.Combine(folder, name);
        var writer = new StreamWriter($"{final}.partial", append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        writer.WriteLine(head);
        return (writer, $"{final}.partial", final);
    }
}
