using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>
/// One thing on record about the controller: senders, forms, templates, maps, signed statements and assessments. The kinds are a closed
/// set.
/// </summary>
/// <param name="Id">Names it for people; unique for its kind.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SenderDeclared), "sender-declared")]
[JsonDerivedType(typeof(CollectionPointVersion), "collection-point-version")]
[JsonDerivedType(typeof(TemplateVersion), "template-version")]
[JsonDerivedType(typeof(ProductMapSigned), "product-map-signed")]
[JsonDerivedType(typeof(StatementSigned), "statement-signed")]
[JsonDerivedType(typeof(AssessmentRecorded), "assessment-recorded")]
[JsonDerivedType(typeof(PolicySet), "policy-set")]
[JsonDerivedType(typeof(FileImported), "file-imported")]
[JsonDerivedType(typeof(DomainRefused), "domain-refused")]
[JsonDerivedType(typeof(TakeBackProposed), "take-back-proposed")]
[JsonDerivedType(typeof(RequestsTakenBack), "requests-taken-back")]
[JsonDerivedType(typeof(CampaignRegistered), "campaign-registered")]
[JsonDerivedType(typeof(AudienceScreened), "audience-screened")]
[JsonDerivedType(typeof(StoreRestored), "ledger-restored")]
public abstract record ControllerEntry(string Id);

/// <summary>Who signed, when and why. Without a signature nothing counts towards sending, and nothing before the day it was
/// given.</summary>
/// <param name="By">The named person or office.</param>
/// <param name="On">The day.</param>
/// <param name="Reason">Why they could sign; for something that was true before it was signed, also what shows it, unless
/// <see cref="ShownBy"/> says
/// so.</param>
public sealed record Signature(string By, DateOnly On, string Reason)
{
    /// <summary>What shows that it was true before it was signed: a screenshot, a release, a log; null if the reason says so.</summary>
    public string? ShownBy { get; init; }

    /// <summary>True when somebody is named and a reason given: anything less is no signature.</summary>
    [JsonIgnore]
    public bool IsWhole => !string.IsNullOrWhiteSpace(By) && !string.IsNullOrWhiteSpace(Reason);

    /// <summary>True when it was given by a day.</summary>
    public bool StoodOn(DateOnly day) => IsWhole && On <= day;
}

/// <summary>A legal entity that sends, with its brands and the topics it writes about.</summary>
public sealed record SenderDeclared(string Id) : ControllerEntry(Id)
{
    /// <summary>Its name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>The country in which it is established.</summary>
    public string? Establishment { get; init; }

    /// <summary>The days on which it is a charity by statute; null where nothing is recorded.</summary>
    public bool? StatutoryCharity { get; init; }

    /// <summary>Authorised to call about pensions.</summary>
    public bool? AuthorisedForPensions { get; init; }

    /// <summary>Names under which it writes to people: a request to stop made under one of them applies to this sender. Null where
    /// nothing is
    /// recorded.</summary>
    public NameSet? Brands { get; init; }

    /// <summary>What it writes about, in the words offered to people. Null where nothing is recorded.</summary>
    public NameSet? Topics { get; init; }

    /// <summary>Topics no longer written about; requests to stop that name them stay understood.</summary>
    public NameSet? RetiredTopics { get; init; }

    /// <summary>Who vouches for it.</summary>
    public Signature? Signature { get; init; }

    /// <summary>The trade, a word of `sender.trade` (docs/facts.md), where a rule on calls depends on it.</summary>
    public string? Trade { get; init; }
}

/// <summary>
/// What a form, till or script showed in a period. An order or sign-up refers to its point and moment; the version in force then is the
/// evidence.
/// </summary>
public sealed record CollectionPointVersion(string Id, string Point) : ControllerEntry(Id)
{
    /// <summary>First day.</summary>
    public DateOnly From { get; init; }

    /// <summary>The first day on which it is no longer in use; null while it is.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>What was shown.</summary>
    public Shown Shown { get; init; } = new();

    /// <summary>Its boxes; null where nobody listed them, and then <see cref="Shown"/> alone speaks.</summary>
    public ImmutableArray<Box>? Boxes { get; init; }

    /// <summary>The wording, or where it is archived.</summary>
    public string Wording { get; init; } = "";

    /// <summary>SHA-256 of a screenshot or recording.</summary>
    public string? ScreenshotDigest { get; init; }

    /// <summary>Who vouches for it.</summary>
    public Signature? Signature { get; init; }
}

/// <summary>What all marketing of a sender on a channel carried in a period.</summary>
public sealed record TemplateVersion(string Id, string Template) : ControllerEntry(Id)
{
    /// <summary>The sender.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "email";

    /// <summary>First day.</summary>
    public DateOnly From { get; init; }

    /// <summary>The first day on which it is no longer in use; null while it is.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>It offers refusal.</summary>
    public bool? RefusalOffered { get; init; }

    /// <summary>Simply.</summary>
    public bool? RefusalSimple { get; init; }

    /// <summary>It works; null means that too, only a no stands in the way.</summary>
    public bool? RefusalWorks { get; init; }

    /// <summary>What one use of it stops, a word of <see cref="Message.RefusalScope"/>; null is everything.</summary>
    public string? RefusalScope { get; init; }

    /// <summary>Whether it is used in the medium of the message, a word of <see cref="Message.RefusalMedium"/>; null is the same.</summary>
    public string? RefusalMedium { get; init; }

    /// <summary>Freely.</summary>
    public bool? RefusalFree { get; init; }

    /// <summary>It names the sender.</summary>
    public bool? SenderIdentified { get; init; }

    /// <summary>It carries a valid stop address.</summary>
    public bool? StopAddressValid { get; init; }

    /// <summary>Its commercial nature is clear.</summary>
    public bool? CommercialNatureClear { get; init; }

    /// <summary>It states the right to object clearly and apart.</summary>
    public bool? StatesRightToObject { get; init; }

    /// <summary>It carries the privacy notice.</summary>
    public bool? CarriesPrivacyNotice { get; init; }

    /// <summary>Its labels.</summary>
    public NameSet? Labels { get; init; }

    /// <summary>What it tracks, a word of <see cref="Message.Tracking"/>.</summary>
    public string? Tracking { get; init; }

    /// <summary>Who vouches for it.</summary>
    public Signature? Signature { get; init; }
}

/// <summary>One product code with its family (narrow) and range (wide).</summary>
public sealed record MappedProduct(string Code, string Family, string Range);

/// <summary>A product map as somebody signed it. Unmapped is not evidenced; suggestions do not count.</summary>
public sealed record ProductMapSigned(string Id, ImmutableArray<MappedProduct> Products, Signature? Signature = null) : ControllerEntry(Id);

/// <summary>What a sender states under a signature.</summary>
public enum StatementKind
{
    /// <summary>It offers its services to children, or not.</summary>
    OffersToChildren,

    /// <summary>Its register of refusals on these channels is complete since a day.</summary>
    RefusalsComplete,

    /// <summary>All its electronic marketing since a day went out through recorded templates. Of the time before it says nothing.</summary>
    MarketingOnlyThroughTemplates,

    /// <summary>Every marketing message since a day is on record, person by person.</summary>
    SendsComplete,
}

/// <summary>A signed statement of a sender (model §2).</summary>
public sealed record StatementSigned(string Id, string Sender, StatementKind Says) : ControllerEntry(Id)
{
    /// <summary>The answer; a statement without one is neither yes nor no.</summary>
    public bool? Answer { get; init; }

    /// <summary>The channels it is about.</summary>
    public NameSet Channels { get; init; } = NameSet.Everything;

    /// <summary>Since when it holds; a statement that does not say vouches from the day it was signed.</summary>
    public DateOnly Since { get; init; }

    /// <summary>The first day on which it no longer vouches; null until it is withdrawn.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Who signed.</summary>
    public Signature? Signature { get; init; }
}

/// <summary>The state of a legitimate interests assessment at one version.</summary>
public sealed record AssessmentRecorded(string Id) : ControllerEntry(Id)
{
    /// <summary>The controller.</summary>
    public string Sender { get; init; } = "";

    /// <summary>What it is about, for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>Purpose test passed; null while not done.</summary>
    public bool? PurposeTest { get; init; }

    /// <summary>Necessity test passed.</summary>
    public bool? NecessityTest { get; init; }

    /// <summary>Balancing test passed.</summary>
    public bool? BalancingTest { get; init; }

    /// <summary>The channels.</summary>
    public NameSet Channels { get; init; } = NameSet.Of();

    /// <summary>The audiences.</summary>
    public NameSet Audiences { get; init; } = NameSet.Of();

    /// <summary>The product families.</summary>
    public NameSet Families { get; init; } = NameSet.Of();

    /// <summary>The recipients' countries.</summary>
    public NameSet Countries { get; init; } = NameSet.Of();

    /// <summary>It weighed profiling.</summary>
    public bool? CoversProfiling { get; init; }

    /// <summary>It weighed children.</summary>
    public bool? CoversChildren { get; init; }

    /// <summary>It weighed people whose vulnerability the sender knows.</summary>
    public bool? CoversVulnerable { get; init; }

    /// <summary>The limit of messages in 30 days; null for none.</summary>
    public int? MessagesIn30Days { get; init; }

    /// <summary>Who signed; null while a draft.</summary>
    public Signature? Signature { get; init; }

    /// <summary>When its review is due.</summary>
    public DateOnly? ReviewDue { get; init; }

    /// <summary>The day it was withdrawn or superseded; null while it is in force.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>House policy as set on a day.</summary>
public sealed record PolicySet(string Id, ImmutableDictionary<string, bool> Switches, Signature? Signature = null) : ControllerEntry(Id);

/// <summary>
/// A file whose entries were recorded: what entries that name its digest were read from, and by which choices. Keep the file for as long as
/// they are relied on.
/// </summary>
public sealed record FileImported(string Id) : ControllerEntry(Id)
{
    /// <summary>The file's name, without folders.</summary>
    public string FileName { get; init; } = "";

    /// <summary>SHA-256 of the file.</summary>
    public string FileDigest { get; init; } = "";

    /// <summary>The format's name.</summary>
    public string Format { get; init; } = "";

    /// <summary>Each table in it, with the digest that its entries name.</summary>
    public ImmutableDictionary<string, string> Tables { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The choices made: sender, point, zone, encoding, mapping.</summary>
    public ImmutableDictionary<string, string> Choices { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Rows read.</summary>
    public long Rows { get; init; }
}
