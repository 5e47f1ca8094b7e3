using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Screening.Audiences;

namespace MaySend.Screening;

/// <summary>How many go from one verdict to another.</summary>
/// <param name="From">permitted, refused or not-shown under the earlier law.</param>
/// <param name="To">The verdict under the later law.</param>
/// <param name="People">How many.</param>
/// <param name="Addresses">Some of them, at most <see cref="LawFlips.MostAddresses"/>, in the order of the audience.</param>
public sealed record Flip(string From, string To, int People, IReadOnlyList<string> Addresses);

/// <summary>What a change in the law does to an audience.</summary>
/// <param name="People">How many were asked about.</param>
/// <param name="Flips">Who changes, the most frequent change first; empty when nobody does.</param>
public sealed record LawFlips(int People, IReadOnlyList<Flip> Flips)
{
    /// <summary>How many addresses are named for each change.</summary>
    public const int MostAddresses = 20;

    /// <summary>
    /// Decides each person twice on the same facts, under the law of either day as it was known on that day, and counts who changes. Only
    /// the law differs.
    /// </summary>
    public static LawFlips Between(
        LawBook law,
        ControllerRecord controller,
        Campaign campaign,
        IEnumerable<Person> people,
        DateOnly from,
        DateOnly to
    )
    {
        var asked = new ReadyCampaign(new Decider(law), controller, campaign);
        Verdict On(IReadOnlyList<ContactEntry> entries, string address, DateOnly day) =>
            asked.Decide(entries, address, day, lawOn: day).Verdict;
        return Count(people, (entries, address) => On(entries, address, from), (entries, address) => On(entries, address, to));
    }

    /// <summary>
    /// Decides each person twice on the same facts and for the campaign's day, by two states of the law on file, and counts who changes:
    /// what another version of the program would answer.
    /// </summary>
    public static LawFlips Between(
        LawBook before,
        LawBook after,
        ControllerRecord controller,
        Campaign campaign,
        IEnumerable<Person> people
    )
    {
        var (one, other) = (
            new ReadyCampaign(new Decider(before), controller, campaign),
            new ReadyCampaign(new Decider(after), controller, campaign)
        );
        return Count(
            people,
            (entries, address) => one.Decide(entries, address, campaign.Day).Verdict,
            (entries, address) => other.Decide(entries, address, campaign.Day).Verdict
        );
    }

    static LawFlips Count(
        IEnumerable<Person> people,
        Func<IReadOnlyList<ContactEntry>, string, Verdict> before,
        Func<IReadOnlyList<ContactEntry>, string, Verdict> after
    )
    {
        var counted = new Dictionary<(Verdict From, Verdict To), (int People, List<string> Addresses)>();
        var all = 0;
        foreach (var person in people)
        {
            all++;
            var entries = person.Entries;
            var change = (before(entries, person.Address), after(entries, person.Address));
            if (change.Item1 == change.Item2)
                continue;
            var (count, addresses) = counted.GetValueOrDefault(change, (0, []));
            if (addresses.Count < MostAddresses)
                addresses.Add(person.Address);
            counted[change] = (count + 1, addresses);
        }
        return new LawFlips(
            all,
            [
                .. counted
                    .OrderByDescending(pair => pair.Value.People)
                    .Select(pair => new Flip(pair.Key.From.Word(), pair.Key.To.Word(), pair.Value.People, pair.Value.Addresses)),
            ]
        );
    }
}
