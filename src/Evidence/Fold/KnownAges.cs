using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What is on record of somebody's age, in whichever answer: it outranks what the sender states in general (model §8), for every consent of
/// theirs. Of several ages the lowest counts.
/// </summary>
static class KnownAges
{
    /// <summary>An age is on record, or that they are a child.</summary>
    public static bool AreOnRecord(History history) =>
        Array.Exists(history.Consents, answer => answer.Age is not null) || Array.Exists(history.Stated, stated => stated.Minor == true);

    /// <summary>
    /// The age they had when they answered: as recorded with it, unless another answer shows that they were younger; else at least what
    /// other answers show.
    /// </summary>
    public static int? When(ConsentAnswered answer, History history)
    {
        int? lowest = answer.Age is { } own ? Ages.Bounded(own) : null;
        foreach (var other in history.Consents)
        {
            if (other.Age is not { } age)
                continue;
            var atLeast = Ages.AtLeast(age, other.When.Day, answer.When.Day);
            if (lowest is null || (answer.Age is null ? atLeast < lowest : atLeast + 1 < lowest))
                lowest = atLeast;
        }
        return lowest;
    }

    /// <summary>The age that they have reached by a day at least.</summary>
    public static int? On(DateOnly day, History history)
    {
        int? lowest = null;
        foreach (var answer in history.Consents)
            if (answer.Age is { } then && Ages.AtLeast(then, answer.When.Day, day) is var now && (lowest is null || now < lowest))
                lowest = now;
        return lowest;
    }

    /// <summary>They cannot have come of age by a day.</summary>
    public static bool AreOfAChildOn(DateOnly day, History history) => On(day, history) + 1 < Ages.Adult;
}
