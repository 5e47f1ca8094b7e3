using MaySend.Law.Composition;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.CaseTests;

/// <summary>
/// A consent is one thing, whatever it opens: what stands in the way of a consent to mail stands in the way of one to calls, machines,
/// faxes, push notices and uploads too (Directive 2002/58 Art 2(f); GDPR Art 4(11), 7).
/// </summary>
public class WholeConsentTests
{
    static readonly IReadOnlyList<string> Always =
    [
        "consent.given-before-sending",
        "consent.covers-this-sender",
        "consent.by-a-clear-affirmative-act",
        "consent.freely-given",
        "consent.informed",
        "consent.within-the-time-told",
        "consent.proven-for-this-person",
        "consent.not-withdrawn",
    ];

    /// <summary>GDPR Art 5(1)(b), 7 and 8, which Swiss law has no like of.</summary>
    static readonly IReadOnlyList<string> OfTheRegulation =
    [
        "consent.asked-separately",
        "consent.told-it-can-be-withdrawn",
        "consent.own-or-checked",
        "consent.by-a-person-old-enough",
        "consent.still-current",
    ];

    /// <summary>What only a consent to messages or calls can carry.</summary>
    static readonly IReadOnlyList<string> OfMarketing = ["consent.covers-the-offers-of-others"];

    /// <summary>Grounds that are no consent of this kind, and what they need not ask.</summary>
    static readonly Dictionary<string, (string Why, IReadOnlyList<string> Not)> Apart = new()
    {
        ["it/rpo/entry#later-consent"] = ("the consent itself is asked for by art 130", [.. Always, .. OfTheRegulation, .. OfMarketing]),
        ["sk/zek/s-116-list#later-consent"] = ("the consent itself is asked for by § 116", [.. Always, .. OfTheRegulation, .. OfMarketing]),
        ["ch/dsg/art-30-31#consent"] = (
            "FADP art 6(6)-(7) names no form and no proof",
            ["consent.by-a-clear-affirmative-act", "consent.proven-for-this-person"]
        ),
        ["ie/si-336-2011/reg-13-machines-to-companies#consent"] = ("companies have no age", ["consent.by-a-person-old-enough"]),
        ["eu/political/art-18#separate-consent"] = (
            "the sender itself has to be given it, and nobody under 17 is reached on any ground",
            ["consent.own-or-checked", "consent.by-a-person-old-enough"]
        ),
        ["gb/pecr/reg-6#consent"] = (
            "about a device, not about offers",
            [.. OfMarketing, "consent.own-or-checked", "consent.by-a-person-old-enough", "consent.still-current"]
        ),
        ["it/codice-privacy/art-122-tracking#consent-to-tracking"] = (
            "about a device, not about offers",
            [
                .. OfMarketing,
                "consent.given-before-sending",
                "consent.own-or-checked",
                "consent.by-a-person-old-enough",
                "consent.still-current",
            ]
        ),
    };

    static readonly LawBook Law = LawReader.Read(EveryLawFileTests.Folder, new Problems());

    static readonly IReadOnlyList<(string Name, IReadOnlySet<string> Asked)> Consents =
    [
        .. Law.Provisions.SelectMany(provision =>
            provision
                .Grounds.Where(ground => ground.RestsOn == RestsOn.Consent)
                .Select(ground =>
                    (
                        $"{provision.Id}#{ground.Name}",
                        (IReadOnlySet<string>)FirstLimb.LimbsIn(ground.Body).Select(limb => limb.Of.Condition.Name).ToHashSet()
                    )
                )
        ),
    ];

    [Fact]
    public void Every_ground_that_rests_on_a_consent_asks_the_same_of_it() =>
        Consents
            .SelectMany(ground =>
                Owed(ground.Name).Where(condition => !ground.Asked.Contains(condition)).Select(c => $"{ground.Name}: {c}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void What_stands_apart_is_on_file() => Apart.Keys.Where(name => !Consents.Any(ground => ground.Name == name)).ShouldBeEmpty();

    static IEnumerable<string> Owed(string ground)
    {
        var not = Apart.TryGetValue(ground, out var apart) ? apart.Not : [];
        var swiss = ground.StartsWith("ch/", StringComparison.Ordinal);
        return Always.Concat(OfMarketing).Concat(swiss ? [] : OfTheRegulation).Except(not);
    }
}
