using MaySend.Mail.Inbound.RawMail;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>One mail as it lies on disk: a file, one of a folder, or one of a maildir, which tells seen from new.</summary>
public sealed class ArrivedMail
{
    /// <summary>
    /// The time from one look into a maildir to the next. It is looked into rather than watched: over a network file system the kernel does
    /// not say what another machine delivers.
    /// </summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

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

    /// <summary>Hands over each mail of what was named. One that cannot be read keeps no other from being read.</summary>
    /// <param name="paths">Mails, folders or maildirs.</param>
    /// <param name="take">Puts one on record; whatever the store throws ends the reading, and its mail stays new.</param>
    /// <param name="clock">The clock: a mail on disk arrives when it is read, unless it has a date of its own.</param>
    /// <exception cref="BadInputException">Something named is not there.</exception>
    /// <exception cref="MailboxUnavailableException">Some were not read; the others were.</exception>
    public static async Task ReadAsync(IEnumerable<string> paths, Func<MailboxMail, Task> take, TimeProvider clock)
    {
        var unread = new List<(string Path, Exception Fault)>();
        foreach (var mail in In(paths))
            try
            {
                if (mail.OctetsUnlessGone() is not { } octets)
                    continue;
                await take(new(mail.Path, octets, clock.GetUtcNow()));
                // Only what is on record is marked as seen: a mail that could not be recorded is read again.
                mail.MarkSeen();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                unread.Add((mail.Path, fault));
            }
        if (unread is [var (first, why), ..])
            throw new MailboxUnavailableException(
                $"{Amount.Of(unread.Count, "mail was", "mails were")} not read, the first of them {first}: {why.Message}"
            );
    }

    /// <summary>What it holds. One that is longer than anything that is read is cut there, and then refused as too long.</summary>
    public byte[] Octets()
    {
        using var stream = File.OpenRead(Path);
        var octets = new byte[Math.Min(stream.Length, InboundMail.LargestMessage + 1L)];
        stream.ReadExactly(octets);
        return octets;
    }

    /// <summary>The same; null where somebody else who reads the maildir has it on record already, and has moved it.</summary>
    byte[]? OctetsUnlessGone()
    {
        try
        {
            return Octets();
        }
        catch (FileNotFoundException) when (maildir is not null)
        {
            return null;
        }
    }

    /// <summary>Once it is on record: moves it among those that were seen, where it lies in a maildir.</summary>
    void MarkSeen()
    {
        if (maildir is null)
            return;
        try
        {
            File.Move(Path, System.IO.Path.Combine(maildir, "cur", System.IO.Path.GetFileName(Path) + Seen));
        }
        catch (FileNotFoundException)
        {
            // Somebody else who reads it has moved it meanwhile.
        }
    }

    /// <summary>True for a folder with the three folders of a maildir.</summary>
    public static bool IsMaildir(string path) =>
        new[] { "new", "cur", "tmp" }.All(folder => Directory.Exists(System.IO.Path.Combine(path, folder)));

    static IEnumerable<string> FilesOf(string folder, SearchOption depth) =>
        Directory.EnumerateFiles(folder, "*", depth).Order(StringComparer.Ordinal);
}
