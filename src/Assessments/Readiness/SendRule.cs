using System.Globalization;
using MaySend.Assessments.Documents;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Assessments.Readiness;

/// <summary>
/// Asks the law, for each country, channel and audience of an assessment, whether the send key can turn there without consent. Where it
/// cannot, legitimate interests carry no message. Everything the law leaves open is taken as good: only what no evidence could mend is a
/// finding.
/// </summary>
static class SendRule
{
    static readonly IReadOnlyDictionary<string, string[]> Contexts = new Dictionary<string, string[]>
    {
        ["customers"] = ["sale", "account-with-paid-tier"],
        ["prospects"] = ["quote", "buying-enquiry", "trial", "started-checkout", "abandoned-basket", "cancelled-sale"],
        ["supporters"] = ["donation", "volunteering", "expressed-interest"],
        ["members"] = ["membership"],
        ["subscribers"] = ["newsletter"],
        ["others"] = ["other-enquiry", "free-account", "browsing", "competition", "referral", "job", "other"],
    };

    public static IEnumerable<Finding> Find(AssessmentDocument document, LawBook law, DateOnly day)
    {
        var scope = document.Content.Scope;
        var composer = new Composer(law);
        string[] channels = [.. scope.Channels.IsEverything ? Words.Channels : scope.Channels.Names];
        string[] audiences = [.. scope.Audiences.IsEverything ? Words.Audiences : scope.Audiences.Names];
        string[] countries =
        [
            .. scope.Countries.IsEverything
                ? law.Jurisdictions.Where(j => !j.IsEverywhere && j.Id != "eu").Select(j => j.Id)
                : scope.Countries.Names,
        ];
        foreach (var country in countries.Where(country => law.Find(country) is null))
            yield return new Finding(
                "no-law",
                "scope.countries",
                $"there is no law on file for `{country}`, so nobody there can be shown to be reachable",
                "leave the country out, or add its law",
                Blocks: false
            );

        var wanting =
            from country in countries
            where law.Find(country) is not null
            from channel in channels
            let formula = composer.Compose(law.Reach(scope.Establishment, [country]), channel, day, day, HousePolicy.Default)
            from audience in audiences
            let rule = NeedsConsent(formula, scope, channel, country, audience, day)
            where rule is not null
            group country by (rule, channel, audience);
        foreach (var group in wanting)
            yield return new Finding(
                "needs-consent",
                "scope.channels",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group.Key.rule.ShortName} asks for consent to {group.Key.channel} to {group.Key.audience} in "
                        + $"{string.Join(", ", group.Select(Name(law)))}; legitimate interests cannot replace it"
                ),
                "take the channel, audience or country out of the scope, and rely on consent there",
                Blocks: true
            );
    }

    static Func<string, string> Name(LawBook law) => country => law.Find(country)!.Name;

    /// <summary>The first send prohibition that applies and that only consent could lift; null when some exception may.</summary>
    static Provision? NeedsConsent(
        DecisionFormula formula,
        AssessmentScope scope,
        string channel,
        string country,
        string audience,
        DateOnly day
    )
    {
        var evaluators = Collections(audience, day)
            .Select(collection => Evaluator(scope, channel, country, audience, collection, day))
            .ToList();
        foreach (var element in formula.Send.Elements.Where(element => element is { Kind: ElementKind.Prohibition, Provision: not null }))
        {
            // An audience may have come about in several ways; it is enough that one of them may do.
            var isPossible = evaluators.Any(evaluator =>
                evaluator.Of(element.Applies) == Truth.NotSatisfied
                || element.Grounds.Any(ground =>
                    ground.Ground.RestsOn == RestsOn.Exception && evaluator.Of(ground.Body) != Truth.NotSatisfied
                )
            );
            if (!isPossible)
                return element.Provision;
        }
        return null;
    }

    static IEnumerable<FactSheet> Collections(string audience, DateOnly day) =>
        Contexts.TryGetValue(audience, out var contexts)
            ? contexts.Select(context =>
                Collection(day).With(Law.Facts.Collection.Context, context).With(Law.Facts.Collection.Audience, audience)
            )
            : [Collection(day).With(Law.Facts.Collection.Audience, audience)];

    static FactSheet Collection(DateOnly day) => new FactSheet(Scope.Collection, "any").With(Law.Facts.Collection.Day, day);

    static Evaluator Evaluator(AssessmentScope scope, string channel, string country, string audience, FactSheet collection, DateOnly day)
    {
        var message = new FactSheet(Scope.Message)
            .With(Message.Day, day)
            .With(Message.Channel, channel)
            .With(Message.Purpose, "direct-marketing")
            .With(Message.SentOrInstigated, true);
        var sender = new FactSheet(Scope.Sender, scope.Sender)
            .With(Sender.Entity, scope.Sender)
            .With(Sender.Establishment, scope.Establishment);
        var isBusiness = audience == "business-contacts";
        var recipient = new FactSheet(Scope.Recipient)
            .With(Recipient.Countries, NameSet.Of(country))
            .With(Recipient.Subscriber, isBusiness ? null : "individual");
        return new Evaluator(new CampaignFacts(message, sender, []), new RecipientFacts(recipient, [collection], [], [], []));
    }
}
