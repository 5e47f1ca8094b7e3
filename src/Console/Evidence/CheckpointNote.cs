using System.Globalization;

namespace MaySend.Console.Evidence;

/// <summary>What people want to see of a checkpoint. The verifier reads the rest.</summary>
/// <param name="Text">The signed note, as it is kept elsewhere.</param>
/// <param name="At">When it was made; null where the note does not say so.</param>
/// <param name="Entries">How many entries it covers; null where the note does not say so.</param>
sealed record CheckpointNote(string Text, DateTimeOffset? At, long? Entries)
{
    const string Recorded = "recorded ";

    /// <summary>Reads a note.</summary>
    public static CheckpointNote Read(string note)
    {
        var lines = note.Split('\n');
        return new(
            note,
            lines.FirstOrDefault(line => line.StartsWith(Recorded, StringComparison.Ordinal)) is { } recorded
            && DateTimeOffset.TryParse(
                recorded[Recorded.Length..],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
                ? at
                : null,
            lines.Length > 1 && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null
        );
    }
}
