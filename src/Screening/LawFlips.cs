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
        var facts = CampaignFactFinder.Find(controller, campaign);
        var finder = new FactFinder(controller, campaign);
        var formulas = new Formulas(law, facts, controller.PolicyOn(campaign.Day));
        var counted = new Dictionary<(Verdict From, Verdict To), (int People, List<string> Addresses)>();
        var all = 0;
        foreach (var person in people)
        {
            all++;
            var recipient = finder.Find(person.Entries, person.Address);
            var change = (formulas.Decide(recipient, from), formulas.Decide(recipient, to));
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

    /// <summary>The composed law of either day, once for each reach.</summary>
    sealed class Formulas(LawBook law, CampaignFacts campaign, HousePolicy policy)
    {
        readonly Composer composer = new(law);
        readonly Dictionary<(string, DateOnly), DecisionFormula> composed = [];

        public Verdict Decide(RecipientFacts recipient, DateOnly day)
        {
            var reach = law.Reach(campaign.Sender[Sender.Establishment].Name, recipient.Recipient[Recipient.Countries].Set?.Names ?? []);
            if (!composed.TryGetValue((reach.Signature, day), out var formula))
            {
                var channel = campaign.Message[Message.Channel];
                formula = composer.Compose(reach, channel.IsRecorded ? Message.Channel.Words[(int)channel.Number] : null, day, day, policy);
                composed[(reach.Signature, day)] = formula;
            }
            var evaluator = new Evaluator(campaign, recipient);
            return Verdicts.Of(evaluator.Of(formula.Send.Whole).And(evaluator.Of(formula.Process.Whole)));
        }
    }
}
