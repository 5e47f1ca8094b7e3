namespace MaySend.Cli.Commands;

/// <summary>A screening where the tables are, which the commands of the warehouse bring.</summary>
delegate Task ScreenOnWarehouse(
    string database,
    string? tables,
    string? senderFolder,
    string campaign,
    (string? Data, string? Keys) record,
    DateOnly? knownAt,
    string? law,
    string output,
    CancellationToken cancellation
);
