using MaySend.Reading;

namespace MaySend.Fuzz.Targets;

/// <summary>Every reader and every door.</summary>
static class Doors
{
    public static IReadOnlyList<Target> All { get; } =
    [
        .. LawTargets.All,
        .. SenderTargets.All,
        .. ImportTargets.All,
        .. MailTargets.All,
        .. HookTargets.All,
        .. TokenTargets.All,
        .. ApiTargets.All,
        .. LedgerTargets.All,
    ];

    /// <summary>Reads with problems, each of which has words; and where nothing came out, something is said.</summary>
    public static void Said(object? read, Problems problems)
    {
        foreach (var problem in problems.Take())
            if (string.IsNullOrWhiteSpace(problem.Text))
                throw new InvalidOperationException("a problem without a word");
            else if (read is null)
                return;
        if (read is null)
            throw new InvalidOperationException("neither read nor refused");
    }

    /// <summary>Does something that says what is wrong with a file by an exception of its own.</summary>
    public static void OrRefused(Action read)
    {
        try
        {
            read();
        }
        catch (BadInputException)
        {
            // That is what it is for.
        }
    }
}
