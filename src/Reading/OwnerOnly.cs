using System.Runtime.InteropServices;
using System.Text;

namespace MaySend.Reading;

/// <summary>Files and folders of a store that their owner alone may read: 0600 and 0700. (Where the system has no such modes, nothing is
/// done.)</summary>
public static class OwnerOnly
{
    const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const uint NobodyElse = 0b000_111_111;
    const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>
    /// From now on every file and folder that this process makes is its owner's alone, whichever library makes it. For a process that
    /// serves; a command writes files that people hand on.
    /// </summary>
    public static void ForThisProcess()
    {
        if (!OperatingSystem.IsWindows())
            _ = Umask(NobodyElse);
    }

    /// <summary>Opens a file; one that is made is the owner's alone, and so is one that was there from then on.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode600;
        var stream = new FileStream(path, options);
        Close(path);
        return stream;
    }

    /// <summary>A new file of the system's temporary folder, to write and read once: it is gone when it is closed.</summary>
    public static FileStream OpenPassing()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode600;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"maysend-{Path.GetRandomFileName()}"), options);
    }

    /// <summary>Writes a text file beside its place, flushed, and then puts it there: a crash leaves the old one or the new one.</summary>
    public static void WriteText(string path, string text)
    {
        var draft = path + ".new";
        using (var stream = Open(draft, FileMode.Create, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Makes a folder, with those above it; one that is made is the owner's alone.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (!Directory.Exists(path))
            Directory.CreateDirectory(path, FolderMode700);
    }

    /// <summary>Takes a file that is there from everybody but its owner.</summary>
    public static void Close(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && File.GetUnixFileMode(path) != FileMode600)
            File.SetUnixFileMode(path, FileMode600);
    }

    [DllImport("libc", EntryPoint = "umask")]
    static extern uint Umask(uint mask);

    /// <summary>Takes a folder and every file below it from everybody but its owner.</summary>
    public static void CloseTree(string folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
            return;
        File.SetUnixFileMode(folder, FolderMode700);
        foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(below, FolderMode700);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Close(file);
    }
}
