using MaySend.Reading;

namespace MaySend.Records.OptOuts;

/// <summary>Where the spools of a store are: in its folder, and in those that servers were told to use instead and name there.</summary>
static class SpoolPlace
{
    const string Name = "opt-outs.elsewhere";

    /// <summary>Says in the store's folder that a spool is elsewhere; once said it stays, for what may wait there.</summary>
    public static void Say(string dataFolder, string spoolFolder)
    {
        var full = Path.GetFullPath(spoolFolder);
        if (full == Path.GetFullPath(dataFolder) || Elsewhere(dataFolder).Contains(full))
            return;
        OwnerOnly.MakeFolder(dataFolder);
        OwnerOnly.WriteText(Path.Combine(dataFolder, Name), string.Concat(Elsewhere(dataFolder).Append(full).Select(one => one + "\n")));
    }

    /// <summary>Every folder in which something may wait.</summary>
    public static IEnumerable<string> Of(string dataFolder) => Elsewhere(dataFolder).Prepend(dataFolder);

    static IReadOnlyList<string> Elsewhere(string dataFolder) =>
        Path.Combine(dataFolder, Name) is var path && File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0)] : [];
}
