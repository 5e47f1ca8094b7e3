namespace MaySend.Console.Access;

/// <summary>Where one goes after signing in: only a page of the console, never another site, however it is written.</summary>
static class NextPage
{
    public static string Of(string? next) =>
        next is not null
        && (
            next == ConsoleOptions.Root
            || next.StartsWith($"{ConsoleOptions.Root}/", StringComparison.Ordinal)
            || next.StartsWith($"{ConsoleOptions.Root}?", StringComparison.Ordinal)
        )
        && !next.Contains('\\', StringComparison.Ordinal)
            ? next
            : ConsoleOptions.Root;
}
