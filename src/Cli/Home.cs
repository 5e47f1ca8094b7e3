using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Cli;

/// <summary>Where the product's own files are: law, samples.</summary>
static class Home
{
    static readonly Lazy<string> Found = new(Find);

    /// <summary>
    /// The folder that holds <c>law/</c> and <c>samples/</c>: the one that <c>MAYSEND_HOME</c> names, else what the program carries with
    /// it, else beside the program, as packages put it. The folder one happens to stand in comes last: law that lies about there must not
    /// decide.
    /// </summary>
    public static string Folder => Found.Value;

    /// <summary>The law folder.</summary>
    public static string Law => Path.Combine(Folder, "law");

    /// <summary>Reads the law; ends the operation when anything is wrong with it.</summary>
    public static LawBook ReadLaw(string? folder) => LawReader.Read(folder ?? Law);

    /// <summary>A path as people would type it: relative where that is shorter.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.Length < path.Length && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
    }

    static string Find() =>
        Environment.GetEnvironmentVariable("MAYSEND_HOME") is { Length: > 0 } named ? named
        : CarriedFiles.Folder() is { } carried ? carried
        : Directory.Exists(Path.Combine(AppContext.BaseDirectory, "law")) ? AppContext.BaseDirectory
        : Directory.GetCurrentDirectory();
}
