using System.Collections.Immutable;
using MaySend.Evidence;

namespace MaySend.Records.Auditing;

/// <summary>
/// Somebody was shown data about people, or was not let do what they tried. It names people by their random contact ids and never says what
/// was shown: no address, and no word of anybody.
/// </summary>
/// <param name="At">When (UTC).</param>
/// <param name="Who">The account, the API key or, at the command line, the user of the machine.</param>
/// <param name="Door">One of <see cref="Doors"/>.</param>
/// <param name="What">What was shown, one of the words of <see cref="Viewed"/>; of a refusal what was tried: a method and a route.</param>
public sealed record Viewing(DateTimeOffset At, string Who, string Door, string What)
{
    /// <summary>How many contacts a line names at most; of more it says the number alone.</summary>
    public const int MostNamed = 200;

    /// <summary>Which list, screening, campaign or message it was; empty where the people say enough.</summary>
    public string About { get; init; } = "";

    /// <summary>The network address it came from; empty at the command line.</summary>
    public string From { get; init; } = "";

    /// <summary>How many people were shown; 0 where nobody was found, and of a refusal.</summary>
    public int People { get; init; }

    /// <summary>Whom, as far as they are on record and not too many.</summary>
    public ImmutableArray<ContactId> Contacts { get; init; } = [];

    /// <summary>It was refused: nothing was shown.</summary>
    public bool IsDenied { get; init; }
}
