namespace MaySend.Fuzz;

/// <summary>One reader, or one door: octets go in, and either something comes out or it is said what is wrong.</summary>
/// <param name="Name">As <c>--target</c> takes it, and the name of its folder of saved inputs.</param>
/// <param name="What">What it reads, for the table.</param>
/// <param name="Seeds">Inputs to begin with.</param>
/// <param name="Read">Reads one input. Whatever it throws is a fault; what a reader is there to say, it says.</param>
sealed record Target(string Name, string What, Func<IEnumerable<byte[]>> Seeds, Action<byte[]> Read)
{
    /// <summary>Words that mean something to this reader.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>How many damaged inputs <c>./test</c> tries: fewer where each takes longer.</summary>
    public int InTests { get; init; } = 600;
}
