using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>The closed list of facts, by scope. Law files, case files, CSV companions and answers all use these names.</summary>
public static class Vocabulary
{
    /// <summary>Every fact, in scope order and then in the order of declaration.</summary>
    public static readonly ImmutableArray<Fact> All =
    [
        .. Number(Message.Facts),
        .. Number(Sender.Facts),
        .. Number(Recipient.Facts),
        .. Number(Collection.Facts),
        .. Number(Consent.Facts),
        .. Number(Refusal.Facts),
        .. Number(Assessment.Facts),
        .. Number(Check.Facts),
    ];

    static readonly FrozenDictionary<string, Fact> ByName = All.ToFrozenDictionary(fact => fact.Name, StringComparer.Ordinal);
    static readonly ImmutableArray<ImmutableArray<Fact>> ByScope =
    [
        .. Enum.GetValues<Scope>().Select(scope => All.Where(fact => fact.Scope == scope).ToImmutableArray()),
    ];

    /// <summary>The facts of a scope; a fact's <see cref="Fact.Index"/> is its place here.</summary>
    public static ImmutableArray<Fact> Of(Scope scope) => ByScope[(int)scope];

    /// <summary>Finds a fact by its full name, <c>collection.context</c>.</summary>
    public static Fact? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Finds a fact by scope and local name.</summary>
    public static Fact? Find(Scope scope, string localName) => Find($"{scope.Word()}.{localName}");

    static readonly ImmutableArray<int> Held = [.. Enum.GetValues<Scope>().Select(scope => Of(scope).Count(fact => fact.HeldIndex >= 0))];

    /// <summary>How many facts of a scope have names or sets for values.</summary>
    internal static int HeldOf(Scope scope) => Held[(int)scope];

    static IEnumerable<Fact> Number(ImmutableArray<Fact> facts)
    {
        var held = 0;
        for (var index = 0; index < facts.Length; index++)
        {
            facts[index].Index = index;
            if (facts[index] is NameFact or SetFact)
                facts[index].HeldIndex = held++;
        }
        return facts;
    }
}

/// <summary>Words that several facts share.</summary>
public static class Words
{
    /// <summary>The means by which a message travels.</summary>
    public static readonly ImmutableArray<string> Channels =
    [
        "email",
        "sms",
        "direct-message",
        "automated-call",
        "live-call",
        "post",
        "inbox-advert",
        "online-advert",
        "fax",
        "push",
        "artificial-voice-call",
        "uploaded-audience",
    ];

    /// <summary>The means that are electronic mail (PECR reg 2(1), Directive 2002/58 Art 2(h)).</summary>
    public static readonly ImmutableArray<string> ElectronicMail = ["email", "sms", "direct-message"];

    /// <summary>The channels that ring: a person or a machine at the other end of a telephone line.</summary>
    public static readonly ImmutableArray<string> Calls = ["automated-call", "live-call", "artificial-voice-call"];

    /// <summary>The events by which contact details come to be held (model §3). Law files choose from this list.</summary>
    public static readonly ImmutableArray<string> Contexts =
    [
        "sale",
        "cancelled-sale",
        "quote",
        "buying-enquiry",
        "other-enquiry",
        "trial",
        "started-checkout",
        "abandoned-basket",
        "account-with-paid-tier",
        "free-account",
        "browsing",
        "donation",
        "volunteering",
        "expressed-interest",
        "membership",
        "newsletter",
        "competition",
        "referral",
        "job",
        "other",
        "service",
        "declined-application",
        "dropped-application",
    ];

    /// <summary>Whom an assessment can speak about, as the controller knows them.</summary>
    public static readonly ImmutableArray<string> Audiences =
    [
        "customers",
        "prospects",
        "supporters",
        "members",
        "subscribers",
        "business-contacts",
        "others",
    ];
}
