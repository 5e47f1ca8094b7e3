using System.Reflection;

namespace MaySend.Fuzz;

/// <summary>Inputs that are saved in the project: what targets begin with, and what has led somewhere.</summary>
static class Corpus
{
    public static string Root { get; } =
        typeof(Corpus).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    static string Saved => Path.Combine(Root, "tests", "Fuzz", "corpus");

    /// <summary>Files of the project, below a folder or by name.</summary>
    public static IEnumerable<byte[]> Files(string under, string pattern = "*", int most = 40) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, under), pattern, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Where(path => new FileInfo(path).Length <= 48 * 1024)
            .Take(most)
            .Select(File.ReadAllBytes);

    /// <summary>What is saved of a target.</summary>
    public static IEnumerable<byte[]> Of(Target target)
    {
        var folder = Path.Combine(Saved, target.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];
    }

    /// <summary>Saves an input with the others.</summary>
    public static void Save(Target target, byte[] input)
    {
        Directory.CreateDirectory(Path.Combine(Saved, target.Name));
        File.WriteAllBytes(Path.Combine(Saved, target.Name, Hunt.NameOf(input)), input);
    }
}
