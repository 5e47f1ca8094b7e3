using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Cli;

/// <summary>Where the product's own files are: law, samples.</summary>
static class Home
{
    static readonly Lazy<string> Found = new(Find);
    static readonly Lazy<string?> Carried = new(CarriedFiles.Folder);

    /// <summary>
    /// The folder that holds <c>law/</c> and <c>samples/</c>: the one that <c>MAYSEND_HOME</c> names, else what the program carries with
    /// it, else beside the program, as packages put it. The folder one happens to stand in comes last: law that lies about there must not
    /// decide.
    /// </summary>
    public static string Folder => Found.Value;

    /// <summary>The law folder.</summary>
    public static string Law => Path.Combine(Folder, "law");

    /// <summary>
    /// Reads the law; ends the operation when anything is wrong with it. A program that carries its law compiles it at the first run,
    /// beside the law it unpacked.
    /// </summary>
    public static LawBook ReadLaw(string? folder)
    {
        if (Named is not null || Carried.Value is not { } own)
            return LawReader.Read(folder ?? Law);
        var compiled = Path.Combine(own, CompiledLaw.FileName);
        try
        {
            if (!File.Exists(compiled) && (folder is null || folder == Law))
                return CompiledLaw.Write(Law, compiled);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its text serves as well.
        }
        return LawReader.Read(folder ?? Law, own);
    }

    /// <summary>A path as people would type it: relative where that is shorter.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.Length < path.Length && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
    }

    static string? Named => Environment.GetEnvironmentVariable("MAYSEND_HOME") is { Length: > 0 } named ? named : null;

    static string Find() =>
        Named is { } named ? named
        : Carried.Value is { } carried ? carried
        : Directory.Exists(Path.Combine(AppContext.BaseDirectory, "law")) ? AppContext.BaseDirectory
        : Directory.GetCurrentDirectory();
}
