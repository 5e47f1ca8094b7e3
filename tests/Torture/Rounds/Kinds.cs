namespace MaySend.Torture.Rounds;

/// <summary>A kind of round.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Weight">Of a hundred rounds, how many.</param>
/// <param name="RunAsync">One round.</param>
sealed record Kind(string Name, int Weight, Func<Round, Task> RunAsync);

/// <summary>Every kind of round.</summary>
static class Kinds
{
    public static readonly IReadOnlyList<Kind> All =
    [
        new("kill", 24, Ends.KillAsync),
        new("stop", 10, Ends.StopAsync),
        new("two-servers", 20, Ends.TwoServersAsync),
        new("full-disk", 14, FullDisk.RunAsync),
        new("restore", 8, Restoring.RunAsync),
        new("flips", 24, Flips.RunAsync),
    ];
}
