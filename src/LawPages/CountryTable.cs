using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>One country's rules for marketing by electronic mail, in a line.</summary>
public sealed record CountryRow
{
    /// <summary>The jurisdiction.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The exception for customers, with its cite; null where there is none.</summary>
    public string? Exception { get; init; }

    /// <summary>The events the exception takes, as law files spell them.</summary>
    public required IReadOnlyList<string> Contexts { get; init; }

    /// <summary>Events that a low-confidence reading takes as well; house policy does not rely on them by default.</summary>
    public required IReadOnlyList<string> DoubtfulContexts { get; init; }

    /// <summary>The means of electronic mail that the exception carries.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>How long the exception lasts: "12 months, renewed by use", "none".</summary>
    public required string TimeLimit { get; init; }

    /// <summary>A company's general mailbox (info@): "free", "free if not listed" or "as a person".</summary>
    public required string CompanyMailbox { get; init; }

    /// <summary>A named employee at work: the same words, or "free if about the job".</summary>
    public required string NamedAtWork { get; init; }

    /// <summary>Registers kept by others that must be consulted for email.</summary>
    public required IReadOnlyList<string> Registers { get; init; }

    /// <summary>Whether the consent must have been confirmed from the address.</summary>
    public required bool AsksForDoubleOptIn { get; init; }

    /// <summary>How sure the folder is as a whole.</summary>
    public required string Confidence { get; init; }

    /// <summary>The lawyer who signed the folder off; null until then.</summary>
    public string? Reviewed { get; init; }

    /// <summary>What people want to know beside the rules, as the folder says it.</summary>
    public required IReadOnlyList<InformationLine> Information { get; init; }

    /// <summary>The first day from which both keys are covered on every channel; before it nothing is shown.</summary>
    public required DateOnly CoveredSince { get; init; }

    /// <summary>How wide the exception is: none, sale, indirect (a free account with a paid tier as well) or wide.</summary>
    public string Width =>
        Exception is null ? "none"
        : Contexts.Except(["sale"]).ToList() is not { Count: > 0 } more ? "sale"
        : more.All(context => context is "trial" or "account-with-paid-tier") ? "indirect"
        : "wide";

    /// <summary>What the folder says under a label; empty where it says nothing.</summary>
    public string Says(string label) => Information.FirstOrDefault(line => line.Label == label)?.Text ?? "";
}

/// <summary>
/// The comparison of all countries on one day. What the provisions can say is read out of them; the rest is what each folder says of
/// itself.
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Rows">A row for each jurisdiction whose own send law decides, by name.</param>
public sealed record CountryTable(DateOnly Day, IReadOnlyList<CountryRow> Rows)
{
    /// <summary>The table of a day.</summary>
    public static CountryTable Of(LawBook law, DateOnly day) =>
        new(
            day,
            [
                .. law
                    .Jurisdictions.Where(j => !j.IsEverywhere && j.SendLaw == j.Id)
                    .Select(j => Row(law, j, day))
                    .OrderBy(row => row.Name, StringComparer.Ordinal),
            ]
        );

    static CountryRow Row(LawBook law, Jurisdiction jurisdiction, DateOnly day)
    {
        var provisions = law.AsAt(jurisdiction.Id, Key.Send, day, day)
            .Where(p => p.Channels.Contains("email") && p.AddedBy is null)
            .ToList();
        var views = provisions.Where(p => p.Kind == ProvisionKind.Prohibition).Select(p => ProvisionView.Of(p, day)).ToList();
        var (provision, ground) = views
            .SelectMany(p => p.Grounds.Select(g => (p, g)))
            .FirstOrDefault(pair => pair.g.RestsOn == "exception" && Contexts(pair.g).Any(limb => Words(limb).Contains("sale")));
        var contexts = ground is null ? [] : Contexts(ground);
        var sure = contexts
            .Where(limb => limb.Confidence != "low" || jurisdiction.Confidence == Confidence.Low)
            .SelectMany(Words)
            .Distinct()
            .ToList();
        var business = new BusinessProbe(law, jurisdiction, day);
        return new CountryRow
        {
            Id = jurisdiction.Id,
            Name = jurisdiction.Name,
            Exception = ground is null ? null : Wording.Cited(provision.ShortName, ground.Cite),
            Contexts = sure,
            DoubtfulContexts = [.. contexts.SelectMany(Words).Distinct().Except(sure)],
            Channels = ground is null
                ? []
                :
                [
                    .. Law.Facts.Words.ElectronicMail.Where(channel =>
                        provision.Channels.Contains(channel)
                        && Limbs(ground, "message.channel-is").All(limb => Words(limb).Contains(channel))
                    ),
                ],
            TimeLimit = ground is null ? "" : TimeLimitOf(ground),
            CompanyMailbox = business.CompanyMailbox(),
            NamedAtWork = business.NamedAtWork(),
            Registers = [.. RegistersIn(provisions, day).Distinct()],
            AsksForDoubleOptIn = views.SelectMany(p => p.Grounds).Any(g => Limbs(g, "consent.confirmed-from-the-address").Any()),
            Confidence = Wording.Of(jurisdiction.Confidence),
            Reviewed = jurisdiction.Reviewed,
            Information = [.. InformationLine.Of(law, jurisdiction, day)],
            CoveredSince = law.CoveredSince(jurisdiction),
        };
    }

    static List<LimbView> Contexts(GroundView ground) => [.. Limbs(ground, "collection.context-is")];

    static IEnumerable<LimbView> Limbs(GroundView ground, string condition) =>
        ground.Clause?.Limbs().Where(limb => limb.Condition == condition) ?? [];

    static string[] Words(LimbView limb) => (limb.With ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries);

    static string TimeLimitOf(GroundView ground) =>
        Limbs(ground, "collection.kept-alive-within").FirstOrDefault() is { } rolling ? $"{rolling.With}, renewed by use"
        : Limbs(ground, "collection.or-end-of-its-contract-within").FirstOrDefault() is { } period ? $"{period.With} after sale or contract"
        : Limbs(ground, "collection.relationship-continues").Any() ? "while a customer"
        : "none";

    internal static IEnumerable<string> RegistersIn(IEnumerable<Provision> provisions, DateOnly day) =>
        provisions
            .Where(p => !OneSubject.IsOf(p))
            .SelectMany(p =>
                p.Grounds.Where(ground => ProvisionView.IsLaw(ground, day))
                    .Select(ground => ground.Body)
                    .Append(p.AppliesWhen)
                    .Append(p.Body)
            )
            .Select(body => ClauseView.Of(body, day))
            .OfType<ClauseView>()
            .SelectMany(clause => clause.Limbs())
            .Where(limb => limb.Condition == "check.of-register")
            .SelectMany(Words);
}
