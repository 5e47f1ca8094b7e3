using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.LawPages;

/// <summary>One side of a comparison: a ground, and the provision it lifts.</summary>
/// <param name="Provision">The provision, without its other grounds.</param>
/// <param name="Ground">The ground.</param>
/// <param name="Question">The question that its key answers.</param>
/// <param name="CarriesMarketing">False where the ground can only stand for a message that is needed for something else, as a
/// contract.</param>
public sealed record ComparedGround(ProvisionView Provision, GroundView Ground, string Question, bool CarriesMarketing);

/// <summary>Two grounds or bases of one country side by side, out of the law files.</summary>
/// <param name="Country">The jurisdiction.</param>
/// <param name="Name">Its name.</param>
/// <param name="Day">The day.</param>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
/// <param name="Together">What follows for using both, one or neither, one sentence each.</param>
public sealed record GroundComparison(
    string Country,
    string Name,
    DateOnly Day,
    ComparedGround Left,
    ComparedGround Right,
    IReadOnlyList<string> Together
)
{
    const string NeededFor = "message.processing-needed-for";
    const string StandsWithoutConsent = "send.stands-without-consent";

    /// <summary>
    /// Compares two grounds, found by name, by the end of their name, by the short names people use, or by <c>provision#ground</c>.
    /// </summary>
    /// <exception cref="BadInputException">One of them is not found; both are said at once, with the list of what there is.</exception>
    public static GroundComparison Of(LawBook law, Jurisdiction jurisdiction, string left, string right, DateOnly day)
    {
        var all = Grounds(law, jurisdiction, day).ToList();
        var problems = new Problems();
        var first = Find(all, left, null, jurisdiction, problems);
        var second = Find(all, right, first, jurisdiction, problems);
        problems.ThrowIfAny();
        return new GroundComparison(jurisdiction.Id, jurisdiction.Name, day, first!, second!, [.. Sentences(first!, second!)]);
    }

    /// <summary>Every ground of a country's send and process law on a day: those for electronic mail first, the send key first.</summary>
    public static IEnumerable<ComparedGround> Grounds(LawBook law, Jurisdiction jurisdiction, DateOnly day) =>
        new[] { (Key.Send, jurisdiction.SendLaw), (Key.Process, jurisdiction.ProcessLaw) }
            .SelectMany(pair =>
                law.AsAt(pair.Item2, pair.Item1, day, day)
                    .Where(p => !p.Grounds.IsEmpty)
                    .OrderBy(p => p.Kind != ProvisionKind.Prohibition)
                    .ThenBy(p => !p.Channels.Contains("email"))
            )
            .SelectMany(p =>
                p.Grounds.Where(ground => ProvisionView.IsLaw(ground, day))
                    .Select(ground => Compared(ProvisionView.Of(p, day), ground.Name))
            );

    static ComparedGround Compared(ProvisionView provision, string name)
    {
        var ground = provision.Grounds.First(ground => ground.Name == name);
        var question =
            provision.Key == "send" ? "May this message go to this person over this channel?" : "May this person's data be used for it?";
        return new(
            provision with
            {
                Grounds = [],
            },
            ground,
            question,
            ground.Clause is null || !ground.Clause.Limbs().Any(limb => limb.Condition == NeededFor)
        );
    }

    static ComparedGround? Find(List<ComparedGround> all, string name, ComparedGround? other, Jurisdiction jurisdiction, Problems problems)
    {
        var found = Tests(name).Select(test => all.Where(ground => test(ground)).ToList()).FirstOrDefault(matches => matches.Count > 0);
        if (found is null)
        {
            problems.Add(
                new Place(name),
                $"no such ground or basis in the law of {jurisdiction.Name} on that day",
                $"one of {string.Join(", ", all.Select(ground => ground.Ground.Name).Distinct())}"
            );
            return null;
        }
        return found.FirstOrDefault(ground => other is null || Id(ground) != Id(other)) ?? found[0];
    }

    /// <summary>The ways to name a ground, the most exact first.</summary>
    static IEnumerable<Func<ComparedGround, bool>> Tests(string name)
    {
        var wanted = name.Trim().ToLowerInvariant().Replace(' ', '-');
        yield return ground => Id(ground) == wanted;
        yield return ground => ground.Ground.Name == wanted;
        yield return ground => ground.Ground.Name.EndsWith($"-{wanted}", StringComparison.Ordinal);
        yield return ground => ground.Ground.Name.StartsWith(wanted, StringComparison.Ordinal) && wanted.Length > 3;
        yield return ground =>
            ground.Ground.Cite.ToLowerInvariant().Replace(' ', '-').EndsWith(wanted, StringComparison.Ordinal)
            && wanted.Contains('(', StringComparison.Ordinal);
        // What one country calls its exception for customers, people elsewhere call the soft opt-in.
        if (wanted is "soft-opt-in" or "softoptin" or "exception")
            yield return IsCustomerException;
        if (wanted is "lia" or "li")
            yield return ground => ground.Ground.Name is "legitimate-interests" or "overriding-interest";
    }

    static bool IsCustomerException(ComparedGround ground) =>
        ground.Provision is { Key: "send", Kind: "prohibition" }
        && ground.Provision.Channels.Contains("email")
        && ground.Ground.RestsOn == "exception"
        && Asks(ground.Ground.Clause, "some collection");

    static bool Asks(ClauseView? clause, string joins) =>
        clause is not null && (clause.Joins == joins || clause.Parts.Any(part => Asks(part, joins)));

    static string Id(ComparedGround ground) => $"{ground.Provision.Id}#{ground.Ground.Name}";

    static IEnumerable<string> Sentences(ComparedGround left, ComparedGround right)
    {
        if (Id(left) == Id(right))
        {
            yield return "it is one and the same ground";
            yield break;
        }
        if (left.Provision.Key == right.Provision.Key)
        {
            yield return $"both answer the same question, the {left.Provision.Key} key; one of them is enough for it";
            yield return $"neither says anything about the {(left.Provision.Key == "send" ? "process" : "send")} key, which must "
                + "turn as well";
        }
        else
        {
            yield return "they answer two different questions, and the answer to both must be yes: one never replaces the other";
            yield return $"{Words(left)} alone turns the {left.Provision.Key} key, but the {right.Provision.Key} key is not "
                + $"shown; with {Words(right)} alone it is the other way round";
        }
        foreach (var (ground, other) in new[] { (left, right), (right, left) })
        {
            if (Asks(ground, StandsWithoutConsent) is { } limb)
                yield return Paired(ground, other, limb.Cite);
            if (!ground.CarriesMarketing)
                yield return $"{Words(ground)} does not cover marketing: it requires the message to be needed for something else";
        }
    }

    static string Words(ComparedGround ground) => ground.Ground.Name.Replace('-', ' ');

    static LimbView? Asks(ComparedGround ground, string condition) =>
        ground.Ground.Clause?.Limbs().FirstOrDefault(limb => limb.Condition == condition);

    static string Paired(ComparedGround ground, ComparedGround other, string cite) =>
        other switch
        {
            { Provision.Key: "send", Ground.RestsOn: "exception" } =>
                $"{Words(ground)} requires the send key to be turned without consent ({cite}); {Words(other)} does that, "
                    + "so the two go together",
            { Provision.Key: "send" } =>
                $"{Words(ground)} requires the send key to be turned without consent ({cite}), so it never pairs with {Words(other)}",
            _ => $"{Words(ground)} requires the send key to be turned without consent ({cite})",
        };
}
