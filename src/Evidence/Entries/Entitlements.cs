using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using MaySend.Evidence.Actors;

namespace MaySend.Evidence.Entries;

/// <summary>Who may write one kind of entry, and what it takes to count (model §8).</summary>
/// <param name="Kind">The entry's kind, as its JSON carries it.</param>
/// <param name="Write">The right without which it is not written at all.</param>
/// <param name="Count">The right with which all of it counts.</param>
/// <param name="Otherwise">What it does when written without that right; blank where the two are one.</param>
public sealed record Entitlement(string Kind, Rights Write, Rights Count, string Otherwise = "");

/// <summary>Who may make what count: one table and the one check that every write passes (docs/authority.md is made from it).</summary>
public static class Entitlements
{
    const string AgainstSending = "counts only against sending";

    /// <summary>Every kind of entry, once.</summary>
    public static readonly ImmutableArray<Entitlement> Table =
    [
        Signed("sender-declared"),
        Signed("collection-point-version"),
        Signed("template-version"),
        Signed("product-map-signed"),
        Signed("statement-signed"),
        Signed("assessment-recorded"),
        Signed("policy-set"),
        new(
            "campaign-registered",
            Rights.Campaign,
            Rights.Campaign,
            "a purpose other than marketing, that somebody else sends it, and `needed-for`, are judgements: only somebody with the right "
                + "to sign can write them"
        ),
        new("fact-judged", Rights.Sign, Rights.Sign),
        new("judgement-withdrawn", Rights.Sign, Rights.Sign),
        Of("details-stated"),
        new(
            "details-collected",
            Rights.Record,
            Rights.Record,
            "what it says was shown counts only against sending, unless the person who imports it may sign"
        ),
        new("consent-answered", Rights.Record, Rights.Record, "only the system itself can say that it was served here"),
        Of("refusal-made"),
        Of("message-sent"),
        Of("notice-served"),
        Of("message-requested"),
        Of("register-checked"),
        Of("contract-ended"),
        Of("address-failed"),
        BySystem("send-intended"),
        BySystem("send-abandoned"),
        BySystem("message-waiting"),
        BySystem("message-settled"),
        BySystem("rights-exercised"),
        BySystem("refusal-retracted"),
        BySystem("address-linked"),
        BySystem("decision-made"),
        BySystem("audience-screened"),
        BySystem("file-imported"),
        BySystem("ledger-restored"),
        Of("domain-refused"),
        BySystem("take-back-proposed"),
        BySystem("requests-taken-back"),
    ];

    static readonly FrozenDictionary<string, Entitlement> Rows = Table.ToFrozenDictionary(row => row.Kind, StringComparer.Ordinal);

    /// <summary>True for kinds that no door takes from anybody: only the system writes them.</summary>
    public static bool IsSystems(string kind) => Rows[kind].Write == Rights.System;

    /// <summary>Lets an entry about a contact through, or says why not.</summary>
    /// <exception cref="NotEntitledException">The actor may not write it.</exception>
    public static void Check(Actor actor, ContactEntry entry, string kind)
    {
        Demand(actor, Rows[kind].Write, kind);
        switch (entry)
        {
            case ConsentAnswered { ServedHere: true }:
                Demand(actor, Rights.System, "an act on a form that this system served");
                break;
            case FactJudged judged when Blank(judged.By) || Blank(judged.Reason):
            case JudgementWithdrawn withdrawn when Blank(withdrawn.By) || Blank(withdrawn.Reason):
                throw new NotEntitledException(Rights.Sign, $"{kind} needs a named person and a reason");
        }
    }

    /// <summary>Lets an entry about the controller through, or says why not.</summary>
    /// <exception cref="NotEntitledException">The actor may not write it, or not with a signature.</exception>
    public static void Check(Actor actor, ControllerEntry entry, string kind)
    {
        Demand(actor, Rows[kind].Write, kind);
        if (entry.SignedBy() is { } signature)
        {
            Demand(actor, Rights.Sign, $"a signature under {kind}");
            if (!signature.IsWhole)
                throw new NotEntitledException(Rights.Sign, $"the signature under {kind} has no name or no reason");
        }
        if (entry is CampaignRegistered { Campaign: { } campaign } && IsJudgement(campaign))
            Demand(actor, Rights.Sign, "what a message is for, other than marketing, and that somebody else sends it,");
    }

    /// <summary>True where a campaign says something that only somebody who may judge can say.</summary>
    public static bool IsJudgement(Campaign campaign) =>
        campaign.Judged is not null
        || campaign.Purpose != "direct-marketing"
        || campaign.SentOrInstigated == false
        || campaign.NeededFor is not ["none"];

    /// <summary>The signature that an entry carries, whatever its kind; null where it has none.</summary>
    public static Signature? SignedBy(this ControllerEntry entry) =>
        entry switch
        {
            SenderDeclared sender => sender.Signature,
            CollectionPointVersion point => point.Signature,
            TemplateVersion template => template.Signature,
            ProductMapSigned map => map.Signature,
            StatementSigned statement => statement.Signature,
            AssessmentRecorded assessment => assessment.Signature,
            PolicySet policy => policy.Signature,
            _ => null,
        };

    /// <summary>True for the kinds that count towards sending only under a signature.</summary>
    public static bool CanBeSigned(ControllerEntry entry) =>
        entry
            is not (
                CampaignRegistered
                or AudienceScreened
                or FileImported
                or DomainRefused
                or TakeBackProposed
                or RequestsTakenBack
                or StoreRestored
            );

    /// <summary>The table as docs/authority.md shows it.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("| kind of entry | to write it | to make it count | otherwise |\n|---|---|---|---|\n");
        foreach (var row in Table)
            text.Append($"| `{row.Kind}` | {Word(row.Write)} | {Word(row.Count)} | {row.Otherwise} |\n");
        return text.ToString();
    }

    static void Demand(Actor actor, Rights right, string what)
    {
        if (!actor.May(right))
            throw new NotEntitledException(right, $"{what} takes {Word(right)}, which {actor.Name} does not have");
    }

    static string Word(Rights right) =>
        right switch
        {
            Rights.Record => "the right to record",
            Rights.Campaign => "the right to describe campaigns",
            Rights.Sign => "the right to sign",
            _ => "the system itself",
        };

    static bool Blank(string text) => string.IsNullOrWhiteSpace(text);

    static Entitlement Signed(string kind) => new(kind, Rights.Record, Rights.Sign, AgainstSending);

    static Entitlement Of(string kind) => new(kind, Rights.Record, Rights.Record);

    static Entitlement BySystem(string kind) => new(kind, Rights.System, Rights.System);
}
