using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Mcp.Tools;

/// <summary>What is wrong with the arguments of a tool, in sentences.</summary>
static class ArgumentFaults
{
    /// <summary>Those that were found.</summary>
    public static IEnumerable<string> Of(params IEnumerable<string?> found) => found.OfType<string>();

    /// <summary>Null where the campaign is there.</summary>
    public static string? Campaign(Campaign? found, string name) =>
        found is null ? $"campaign: there is no campaign `{Spelling.Short(name)}` on record" : null;

    /// <summary>Null for a list that holds names alone.</summary>
    public static string? List(string?[]? names, string name) =>
        names?.Contains(null) == true ? $"{name} holds a null: leave it out, or give a name" : null;
}
