namespace MaySend.LawPages;

/// <summary>One way to lift a prohibition, or to have a separate permission.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Says">A paraphrase.</param>
/// <param name="RestsOn">consent or exception.</param>
/// <param name="Since">Its first day where it is younger than the provision.</param>
/// <param name="Until">The first day on which it no longer exists.</param>
/// <param name="KnownFrom">The day from which this reading was known; null for always.</param>
/// <param name="Authority">Who says so.</param>
/// <param name="Confidence">How sure the reading is.</param>
/// <param name="Note">What to mind.</param>
/// <param name="DroppedBy">The house policy switch that leaves it out; null for none.</param>
/// <param name="Cannot">What it cannot do.</param>
/// <param name="Clause">What must be shown.</param>
public sealed record GroundView(
    string Name,
    string Cite,
    string Says,
    string RestsOn,
    DateOnly? Since,
    DateOnly? Until,
    DateOnly? KnownFrom,
    string Authority,
    string Confidence,
    string? Note,
    string? DroppedBy,
    IReadOnlyList<string> Cannot,
    ClauseView? Clause
);
