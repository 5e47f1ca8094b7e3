using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What is on record of somebody's age, in whichever answer: it outranks what the sender states in general (model §8), for every consent of
/// theirs. Of several ages the lowest counts.
/// </summary>
sealed class KnownAges(History history)
{
    readonly ConsentAnswered[] aged = history.Consents.Only(static answer => answer.Age is not null);

    /// <summary>An age is on record, or that they are a child.</summary>
    public bool AreOnRecord { get; } =
        Array.Exists(history.Consents, answer => answer.Age is not null) || Array.Exists(history.Stated, stated => stated.Minor == true);

    /// <summary>
    /// The age they had when they answered: as recorded with it, unless another answer shows that they were younger; else at least what
    /// other answers show.
    /// </summary>
    public int? When(ConsentAnswered answer)
    {
        int? lowest = answer.Age is { } own ? Ages.Bounded(own) : null;
        foreach (var other in aged)
        {
            var atLeast = Ages.AtLeast(other.Age!.Value, other.When.Day, answer.When.Day);
            if (lowest is null || (answer.Age is null ? atLeast < lowest : atLeast + 1 < lowest))
                lowest = atLeast;
        }
        return lowest;
    }

    /// <summary>The age that they have reached by a day at least.</summary>
    public int? On(DateOnly day)
    {
        int? lowest = null;
        foreach (var answer in aged)
            if (Ages.AtLeast(answer.Age!.Value, answer.When.Day, day) is var now && (lowest is null || now < lowest))
                lowest = now;
        return lowest;
    }

    /// <summary>They cannot have come of age by a day.</summary>
    public bool AreOfAChildOn(DateOnly day) => On(day) + 1 < Ages.Adult;
}
