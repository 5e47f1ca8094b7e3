using MaySend.Evidence.Postgres.Cluster;
using MaySend.Reading;

namespace MaySend.Stores;

/// <summary>
/// The file that names the PostgreSQL servers of a ledger on several: <c>servers:</c>, a name and a connection each. It holds no keys, and
/// it is the same on every machine.
/// </summary>
public static class ClusterFile
{
    /// <summary>What a location begins with that names such a file.</summary>
    public const string Scheme = "postgres-cluster:";

    /// <summary>The path of the file in a location; null for another kind of location.</summary>
    public static string? PathIn(string location) =>
        location.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? location[Scheme.Length..] : null;

    /// <summary>Reads the servers.</summary>
    /// <exception cref="BadInputException">Everything that is wrong with the file, with its place.</exception>
    public static IReadOnlyList<ClusterServer> Read(string path)
    {
        var problems = new Problems();
        var servers = new List<ClusterServer>();
        if (YamlTree.ReadFile(path, path, problems) is { } root)
        {
            var file = MapReader.Open(root, problems, new Place(path));
            foreach (var (name, value) in file.Entries("servers"))
            {
                if (!IsName(name.Text))
                    problems.Add(
                        name.Place,
                        $"`{name.Text}` is not a valid name for a server",
                        "lower-case letters, digits and hyphens, beginning with a letter"
                    );
                else if (value is not YamlText { Text: var text } || EvidenceStores.ConnectionString(text.Trim()) is not { } connection)
                    problems.Add(
                        value.Place,
                        "this is not a PostgreSQL connection",
                        "postgres://user@host/database or " + "Host=...;Database=..."
                    );
                else
                    servers.Add(new(name.Text, connection));
            }
            if (servers.Count == 0)
                file.Problem("servers", "no server is named", "servers: {a: postgres://user@host/database}");
            foreach (var same in servers.GroupBy(server => server.ConnectionString).Where(same => same.Count() > 1))
                file.Problem("servers", $"{string.Join(" and ", same.Select(server => server.Name))} are the same database");
            file.Done();
        }
        problems.ThrowIfAny();
        return servers;
    }

    static bool IsName(string name) =>
        name.Length is > 0 and <= 40
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
