using MaySend.Decisions;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>
/// The people of a list whom the campaign's channel can reach (<see cref="ChannelReach"/>), from files as from a store: nobody who is known
/// by a telephone number alone is on a list of addresses to mail. Read once at a time.
/// </summary>
/// <param name="people">The people of the list.</param>
/// <param name="channel">The campaign's channel.</param>
public sealed class ReachedPeople(IEnumerable<Person> people, string channel)
{
    /// <summary>How many were left out, so far as they were read.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Those who are reached, in the order of the list.</summary>
    public IEnumerable<Person> People()
    {
        LeftOut = 0;
        foreach (var person in people)
            if (ChannelReach.Reaches(channel, person.Address))
                yield return person;
            else
                LeftOut++;
    }

    /// <summary>How many are left out, once all were read.</summary>
    public IEnumerable<string> Notes()
    {
        if (LeftOut == 0)
            yield break;
        var (what, means) = channel == "email" ? ("telephone number", "email") : ("email address", "call or text message");
        yield return $"{Amount.Of(LeftOut, what, what == "email address" ? "email addresses" : null)} of the list "
            + $"{(LeftOut == 1 ? "is" : "are")} left out: no {means} reaches {(LeftOut == 1 ? "it" : "them")}";
    }
}
