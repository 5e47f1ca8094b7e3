using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Cli;

/// <summary>Where the product's own files are: law, samples.</summary>
static class Home
{
    /// <summary>The folder that holds <c>law/</c> and <c>samples/</c>.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable("MAYSEND_HOME") is { Length: > 0 } home ? home : Directory.GetCurrentDirectory();

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
}
