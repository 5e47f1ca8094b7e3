using System.Text;
using MaySend.Decisions;

namespace MaySend.Screening.Outputs;

/// <summary>
/// Writes <c>permitted.csv</c>, <c>refused.csv</c> and <c>not-shown.csv</c>: each row as it stood in the people file, with verdict, reasons
/// and a sentence added. Files get
/// their names only when all is written; until then, and after an error, there is nothing under these names but what was there before.
/// </summary>
public sealed class VerdictFiles : IDisposable
{
    readonly string folder;
    readonly char delimiter;
    readonly Dictionary<Verdict, (StreamWriter Writer, string Temporary, string Final)> files = [];
    readonly List<(string Temporary, string Final)> others = [];
    bool isCommitted;

    VerdictFiles(string folder, char delimiter) => (this.folder, this.delimiter) = (folder, delimiter);

    /// <summary>Opens the three files under temporary names.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="header">The people file's header as it stands.</param>
    /// <param name="delimiter">Its delimiter.</param>
    public static VerdictFiles Create(string folder, string header, char delimiter)
    {
        Directory.CreateDirectory(folder);
        var output = new VerdictFiles(folder, delimiter);
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            var final = Path.Combine(folder, $"{verdict.Word()}.csv");
            var temporary = $"{final}.partial";
            var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
            writer.WriteLine(
                string.Join(delimiter, header, "maysend_verdict", "maysend_send", "maysend_process", "maysend_reason", "maysend_says")
            );
            output.files[verdict] = (writer, temporary, final);
        }
        return output;
    }

    /// <summary>Writes one row.</summary>
    public void Write(Verdict verdict, string rawRow, string send, string process, string reason, string says)
    {
        var writer = files[verdict].Writer;
        writer.Write(rawRow);
        foreach (var cell in new[] { verdict.Word(), send, process, reason })
        {
            writer.Write(delimiter);
            writer.Write(cell);
        }
        writer.Write(delimiter);
        writer.Write('"');
        writer.Write(says.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.WriteLine('"');
    }

    /// <summary>Adds another file to the same commit.</summary>
    public void Add(string name, string content)
    {
        var final = Path.Combine(folder, name);
        File.WriteAllText($"{final}.partial", content, new UTF8Encoding(false));
        others.Add(($"{final}.partial", final));
    }

    /// <summary>Gives the files their names.</summary>
    public void Commit()
    {
        foreach (var (writer, _, _) in files.Values)
            writer.Dispose();
        foreach (var (temporary, final) in files.Values.Select(file => (file.Temporary, file.Final)).Concat(others))
            File.Move(temporary, final, overwrite: true);
        isCommitted = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (writer, _, _) in files.Values)
            writer.Dispose();
        if (isCommitted)
            return;
        foreach (var temporary in files.Values.Select(file => file.Temporary).Concat(others.Select(other => other.Temporary)))
            File.Delete(temporary);
    }
}
