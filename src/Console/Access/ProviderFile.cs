using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Console.Access;

/// <summary>
/// Reads the file of <c>--oidc</c>: <c>authority</c>, <c>clientId</c>, <c>secretFile</c> and <c>roles</c> (value of the claim to roles),
/// and for choice <c>title</c>, <c>nameClaim</c>, <c>roleClaim</c>, <c>scopes</c>.
/// </summary>
public static class ProviderFile
{
    const string Known = "authority, clientId, secretFile, roles, title, nameClaim, roleClaim, scopes";

    /// <summary>What the file says.</summary>
    /// <exception cref="BadInputException">The file is wrong; everything found is said.</exception>
    public static Provider Read(string path)
    {
        var problems = new Problems();
        Entries entries = new();
        try
        {
            entries = JsonSerializer.Deserialize<Entries>(File.ReadAllBytes(path), EntryJson.Options) ?? new();
        }
        catch (JsonException fault)
        {
            problems.Add(
                new Place(path, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1),
                $"cannot be read at {fault.Path}",
                Known
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Place(path), fault.Message);
        }
        problems.ThrowIfAny();
        var isAddress =
            Uri.TryCreate(entries.Authority, UriKind.Absolute, out var authority)
            && (authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback));
        if (!isAddress)
            problems.Add(new Place(path), $"authority: `{entries.Authority}` is not an https address", "http works only on this machine");
        if (string.IsNullOrWhiteSpace(entries.ClientId))
            problems.Add(new Place(path), "clientId is missing");
        var secret = Secret(path, entries.SecretFile, problems);
        CheckRoles(path, entries.Roles, problems);
        problems.ThrowIfAny();
        return new(
            authority!,
            entries.ClientId!,
            secret,
            string.IsNullOrWhiteSpace(entries.Title) ? authority!.Host : entries.Title,
            entries.NameClaim,
            entries.RoleClaim,
            entries.Roles,
            entries.Scopes
        );
    }

    static string Secret(string path, string? file, Problems problems)
    {
        try
        {
            if (file is not null && File.ReadAllText(file).Trim() is { Length: > 0 } secret)
                return secret;
            problems.Add(new Place(path), "secretFile does not name a file with a secret in it");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Place(path), $"secretFile: {fault.Message}");
        }
        return "";
    }

    static void CheckRoles(string path, Dictionary<string, IReadOnlyList<string>> roles, Problems problems)
    {
        var known = Role.All.Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
        if (roles.Count == 0)
            problems.Add(new Place(path), "roles is missing: nobody could sign in", """{"shop-privacy": ["data-protection-officer"]}""");
        foreach (var (value, names) in roles)
        foreach (var name in names.Count == 0 ? [""] : names.Where(name => !known.Contains(name)))
            problems.Add(new Place(path), $"roles: `{value}` gives `{name}`, which is not a role", string.Join(", ", known));
    }

    sealed record Entries
    {
        public string? Authority { get; init; }

        public string? ClientId { get; init; }

        public string? SecretFile { get; init; }

        public string? Title { get; init; }

        public string NameClaim { get; init; } = "preferred_username";

        public string RoleClaim { get; init; } = "groups";

        public Dictionary<string, IReadOnlyList<string>> Roles { get; init; } = [];

        public IReadOnlyList<string> Scopes { get; init; } = ["profile"];
    }
}
