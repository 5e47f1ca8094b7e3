using System.Collections.Immutable;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>
/// Makes the formula of a decision out of the provisions in force: AND over prohibitions of (not applies, or some ground), over bars of
/// (does not hold), over duties of (not applies, or met). What is not covered by any law is not evidenced: empty never permits.
/// </summary>
public sealed class Composer(LawBook law)
{
    /// <summary>The formula for one reach, day and channel.</summary>
    /// <param name="reach">Whose law decides.</param>
    /// <param name="channel">The channel; null when not recorded, and then nothing is covered.</param>
    /// <param name="day">The day whose law applies.</param>
    /// <param name="knownAt">The day as of which readings are known.</param>
    /// <param name="policy">House policy.</param>
    public DecisionFormula Compose(Reach reach, string? channel, DateOnly day, DateOnly knownAt, HousePolicy policy)
    {
        var asAt = new AsAt(day, knownAt, policy);
        var send = Elements(Key.Send, reach.Send, reach.WithoutLaw, channel, asAt);
        var withoutConsent = StandsWithoutConsent(send);
        var process = Elements(Key.Process, reach.Process, reach.ProcessWithoutLaw, channel, asAt)
            .Select(element => Replace(element, withoutConsent))
            .ToImmutableArray();
        var separate = reach
            .Send.SelectMany(j => law.AsAt(j, Key.Send, day, knownAt))
            .Where(p => p.Kind == ProvisionKind.Separate && Governs(p, channel))
            .Select(p => new SeparatePermission(p, asAt.Applies(p) ?? Constant.Satisfied, asAt.Grounds(p)))
            .ToImmutableArray();
        return new DecisionFormula(
            new KeyFormula(Key.Send, send),
            new KeyFormula(Key.Process, process),
            separate,
            reach,
            day,
            knownAt,
            policy,
            law.Digest
        );
    }

    ImmutableArray<Element> Elements(
        Key key,
        ImmutableArray<string> jurisdictions,
        ImmutableArray<string> withoutLaw,
        string? channel,
        AsAt asAt
    )
    {
        var elements = new List<Element>();
        foreach (var jurisdiction in jurisdictions)
        {
            var governing = law.AsAt(jurisdiction, key, asAt.Day, asAt.KnownAt)
                .Where(p => Governs(p, channel) && asAt.IsOn(p.AddedBy))
                .ToList();
            elements.AddRange(
                governing.Where(p => p.Kind != ProvisionKind.Separate).Select(p => Element(p.On(asAt.Day, asAt.KnownAt), channel!, asAt))
            );
            var isCovered = governing.Any(p => p.Kind is ProvisionKind.Prohibition or ProvisionKind.NoRule);
            if (!isCovered && law.Find(jurisdiction) is { IsEverywhere: false })
                elements.Add(NotCovered(jurisdiction, key));
        }
        elements.AddRange(withoutLaw.Select(country => NotCovered(country, key)));
        return [.. elements.OrderBy(element => element.Kind).ThenBy(element => element.Id, StringComparer.Ordinal)];
    }

    static bool Governs(Provision provision, string? channel) => channel is not null && provision.Channels.Contains(channel);

    static Element NotCovered(string jurisdiction, Key key) =>
        new(
            ElementKind.NotCovered,
            $"{jurisdiction}/{key.Word()}/not-covered",
            jurisdiction,
            null,
            Constant.Satisfied,
            [],
            null,
            Constant.NotEvidenced
        );

    static Element Element(Provision provision, string channel, AsAt asAt)
    {
        var applies = asAt.Applies(provision);
        var always = applies ?? Constant.Satisfied;
        switch (provision.Kind)
        {
            case ProvisionKind.NoRule:
                var clear = Constant.Of(
                    provision.Confidence == Confidence.Low && asAt.Policy.Has(HousePolicy.LowConfidence)
                        ? Truth.NotEvidenced
                        : Truth.Satisfied
                );
                return new(ElementKind.NoRule, provision.Id, provision.Jurisdiction, provision, always, [], null, clear);
            case ProvisionKind.Bar:
                var holds = asAt.Bar(provision) ?? Constant.Satisfied;
                return new(
                    ElementKind.Bar,
                    provision.Id,
                    provision.Jurisdiction,
                    provision,
                    always,
                    [],
                    holds,
                    new Not(applies is null ? holds : new All([applies, holds]))
                );
            case ProvisionKind.Duty:
                var met = asAt.Duty(provision) ?? Constant.NotEvidenced;
                return new(
                    ElementKind.Duty,
                    provision.Id,
                    provision.Jurisdiction,
                    provision,
                    always,
                    [],
                    met,
                    applies is null ? met : new Any([new Not(applies), met])
                );
            default:
                var grounds = asAt.Grounds(provision)
                    .Select(ground => ground with { IsForOtherMeans = GroundDistance.IsForOtherMeans(ground.Ground, channel) })
                    .ToImmutableArray();
                Formula[] ways =
                [
                    .. applies is null ? Array.Empty<Formula>() : [new Not(applies)],
                    .. grounds.Select(ground => ground.Body),
                ];
                return new(
                    ElementKind.Prohibition,
                    provision.Id,
                    provision.Jurisdiction,
                    provision,
                    always,
                    grounds,
                    null,
                    ways.Length == 0 ? Constant.NotSatisfied : new Any([.. ways])
                );
        }
    }

    /// <summary>AND over send prohibitions of (not applies, or some ground that is an exception). Nothing covered shows nothing.</summary>
    static Formula StandsWithoutConsent(ImmutableArray<Element> send)
    {
        var parts = send.Where(element => element.Kind is ElementKind.Prohibition or ElementKind.NoRule or ElementKind.NotCovered)
            .Select(element =>
                element.Kind == ElementKind.Prohibition
                    ? new Any([
                        new Not(element.Applies),
                        .. element.Grounds.Where(ground => ground.Ground.RestsOn == RestsOn.Exception).Select(ground => ground.Body),
                    ])
                    : element.Clear
            )
            .ToImmutableArray();
        return parts.IsEmpty ? Constant.NotEvidenced : new All(parts);
    }

    /// <summary>
    /// Puts the formula in the place of <see cref="SendStandsWithoutConsent"/>. It stands inside a limb, so its own limbs are reported
    /// under the send key only.
    /// </summary>
    static Element Replace(Element element, Formula withoutConsent)
    {
        Formula Put(Formula formula) => Rewrite.Each(formula, node => node is SendStandsWithoutConsent ? withoutConsent : node);
        return element with
        {
            Applies = Put(element.Applies),
            Grounds = [.. element.Grounds.Select(ground => ground with { Body = Put(ground.Body) })],
            Body = element.Body is null ? null : Put(element.Body),
            Clear = Put(element.Clear),
        };
    }
}
