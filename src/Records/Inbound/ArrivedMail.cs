using MaySend.Mail.Inbound.RawMail;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>One mail as it lies on disk: a file, one of a folder, or one of a maildir, which tells seen from new.</summary>
public sealed class ArrivedMail
{
    const string Seen = ":2,S";

    readonly string? maildir;

    ArrivedMail(string path, string? maildir) => (Path, this.maildir) = (path, maildir);

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>The mails of what was named: of a maildir those that nobody has seen, of any other folder all.</summary>
    /// <exception cref="BadInputException">Something named is not there.</exception>
    public static IReadOnlyList<ArrivedMail> In(IEnumerable<string> paths)
    {
        var problems = new Problems();
        var found = new List<ArrivedMail>();
        foreach (var path in paths)
            if (IsMaildir(path))
                found.AddRange(
                    FilesOf(System.IO.Path.Combine(path, "new"), SearchOption.TopDirectoryOnly).Select(file => new ArrivedMail(file, path))
                );
            else if (Directory.Exists(path))
                found.AddRange(FilesOf(path, SearchOption.AllDirectories).Select(file => new ArrivedMail(file, null)));
            else if (File.Exists(path))
                found.Add(new(path, null));
            else
                problems.Add(new Place(path), "file or folder not found", "give the path of a saved mail or a maildir");
        problems.ThrowIfAny();
        return found;
    }

    /// <summary>What it holds. One that is longer than anything that is read is cut there, and then refused as too long.</summary>
    public byte[] Octets()
    {
        using var stream = File.OpenRead(Path);
        var octets = new byte[Math.Min(stream.Length, InboundMail.LargestMessage + 1L)];
        stream.ReadExactly(octets);
        return octets;
    }

    /// <summary>Once it is on record: moves it among those that were seen, where it lies in a maildir.</summary>
    public void MarkSeen()
    {
        if (maildir is not null)
            File.Move(Path, System.IO.Path.Combine(maildir, "cur", System.IO.Path.GetFileName(Path) + Seen));
    }

    static bool IsMaildir(string path) =>
        new[] { "new", "cur", "tmp" }.All(folder => Directory.Exists(System.IO.Path.Combine(path, folder)));

    static IEnumerable<string> FilesOf(string folder, SearchOption depth) =>
        Directory.EnumerateFiles(folder, "*", depth).Order(StringComparer.Ordinal);
}
