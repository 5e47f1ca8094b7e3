using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>
/// The people of a list whom the campaign's channel can reach. No mail reaches a telephone number: whoever is known by one alone is on no
/// list of addresses to mail, from files as from a store. Read once at a time.
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
            if (channel == "email" && person.Address.StartsWith('+'))
                LeftOut++;
            else
                yield return person;
    }

    /// <summary>How many are left out, once all were read.</summary>
    public IEnumerable<string> Notes()
    {
        if (LeftOut > 0)
            yield return $"{Amount.Of(LeftOut, "telephone number")} of the list {(LeftOut == 1 ? "is" : "are")} left out: no mail reaches "
                + (LeftOut == 1 ? "it" : "them");
    }
}
