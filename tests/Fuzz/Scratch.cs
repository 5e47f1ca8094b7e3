namespace MaySend.Fuzz;

/// <summary>A file for readers that read files, in memory where the machine has a place for that; one for each thread.</summary>
static class Scratch
{
    static readonly string Base = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    [ThreadStatic]
    static string? folder;

    static readonly Lock Gate = new();
    static readonly List<string> Made = [];

    static Scratch() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var path in Made.Where(Directory.Exists))
                Directory.Delete(path, recursive: true);
        };

    public static string Folder
    {
        get
        {
            if (folder is not null)
                return folder;
            folder = Path.Combine(Base, $"maysend-fuzz-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
            Directory.CreateDirectory(folder);
            lock (Gate)
                Made.Add(folder);
            return folder;
        }
    }

    /// <summary>The path of a file with this content.</summary>
    public static string File(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
