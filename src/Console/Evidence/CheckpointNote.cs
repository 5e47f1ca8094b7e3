using System.Globalization;

namespace MaySend.Console.Evidence;

/// <summary>What people want to see of a checkpoint: the day and the number of entries. The verifier reads the rest.</summary>
static class CheckpointNote
{
    public static (string Day, string Entries) Read(string note)
    {
        var lines = note.Split('\n');
        var entries =
            lines.Length > 1 && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? Format.Count(count)
                : "?";
        var day =
            lines.FirstOrDefault(line => line.StartsWith("recorded ", StringComparison.Ordinal)) is { } recorded
            && DateTimeOffset.TryParse(
                recorded["recorded ".Length..],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
                ? Format.Day(DateOnly.FromDateTime(at.UtcDateTime))
                : "?";
        return (day, entries);
    }
}
