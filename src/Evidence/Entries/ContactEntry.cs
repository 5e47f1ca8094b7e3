using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>
/// One thing on record about a contact: what happened, when, and how we know. The kinds are a closed set; a ledger stores them, a file is
/// read into them, and facts are a fold over them. What a source leaves blank stays null: blank is neither yes nor no.
/// </summary>
/// <param name="When">When it happened, never when it was imported.</param>
/// <param name="Id">Names it for people: an order number, a form submission. Unique for its kind within the contact.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DetailsStated), "details-stated")]
[JsonDerivedType(typeof(DetailsCollected), "details-collected")]
[JsonDerivedType(typeof(ConsentAnswered), "consent-answered")]
[JsonDerivedType(typeof(RefusalMade), "refusal-made")]
[JsonDerivedType(typeof(RefusalRetracted), "refusal-retracted")]
[JsonDerivedType(typeof(MessageSent), "message-sent")]
[JsonDerivedType(typeof(SendIntended), "send-intended")]
[JsonDerivedType(typeof(SendAbandoned), "send-abandoned")]
[JsonDerivedType(typeof(NoticeServed), "notice-served")]
[JsonDerivedType(typeof(MessageRequested), "message-requested")]
[JsonDerivedType(typeof(RegisterChecked), "register-checked")]
[JsonDerivedType(typeof(ContractEnded), "contract-ended")]
[JsonDerivedType(typeof(AddressFailed), "address-failed")]
[JsonDerivedType(typeof(AddressLinked), "address-linked")]
[JsonDerivedType(typeof(FactJudged), "fact-judged")]
[JsonDerivedType(typeof(JudgementWithdrawn), "judgement-withdrawn")]
[JsonDerivedType(typeof(MessageWaiting), "message-waiting")]
[JsonDerivedType(typeof(MessageSettled), "message-settled")]
[JsonDerivedType(typeof(RightsExercised), "rights-exercised")]
[JsonDerivedType(typeof(DecisionMade), "decision-made")]
public abstract record ContactEntry(When When, string Id)
{
    /// <summary>
    /// When a ledger first took it in, where the source itself gives no time; no part of what is recorded. A request to stop without a time
    /// is later than everything before that.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>The digest of the file that a request to stop was read from; no part of what is recorded, null for all else.</summary>
    [JsonIgnore]
    public string? FromFile { get; init; }
}

/// <summary>What is known of the person or the address itself.</summary>
public sealed record DetailsStated(When When, string Id) : ContactEntry(When, Id)
{
    /// <summary>Plausible countries; null when nothing is said.</summary>
    public NameSet? Countries { get; init; }

    /// <summary><c>individual</c> or <c>corporate</c>; a company needs its register number as evidence.</summary>
    public string? Subscriber { get; init; }

    /// <summary>The number in a company or charity register that shows a corporate subscriber.</summary>
    public string? RegisterNumber { get; init; }

    /// <summary><c>named</c> or <c>role</c>.</summary>
    public string? AddressKind { get; init; }

    /// <summary>Whether the address relates to an identifiable person.</summary>
    public bool? PersonalData { get; init; }

    /// <summary>Whether it is used mainly in a business capacity.</summary>
    public bool? BusinessCapacity { get; init; }

    /// <summary>Whether the subscriber published it for contact of this kind.</summary>
    public bool? PublishedForContact { get; init; }

    /// <summary>Whether the person is a child.</summary>
    public bool? Minor { get; init; }

    /// <summary>Whether the sender knows of a vulnerability that bears on such offers.</summary>
    public bool? Vulnerable { get; init; }

    /// <summary>Whether the person is a client who would expect calls.</summary>
    public bool? ExistingClient { get; init; }

    /// <summary>How the number is listed in the public directory, a word of `recipient.directory` (docs/facts.md).</summary>
    public string? Directory { get; init; }

    /// <summary>The region, where regions keep public holidays of their own: a word of `recipient.region` (docs/facts.md).</summary>
    public string? Region { get; init; }
}

/// <summary>The details were obtained: an order, a quote, a sign-up, a list.</summary>
public sealed record DetailsCollected(When When, string Id) : ContactEntry(When, Id)
{
    /// <summary>The legal person that obtained them.</summary>
    public string? ObtainedBy { get; init; }

    /// <summary>Where they came from: <c>recipient</c>, <c>third-party</c>, <c>public-source</c>, <c>appended</c>.</summary>
    public string? From { get; init; }

    /// <summary>The event, a word of <see cref="Words.Contexts"/>.</summary>
    public string? Context { get; init; }

    /// <summary>The collection point (form, till, script); the version in force then says what was shown.</summary>
    public string? Point { get; init; }

    /// <summary>Product codes dealt in; the signed map in force on the day of sending makes families of them.</summary>
    public ImmutableArray<string> Products { get; init; } = [];

    /// <summary>What whoever made the entry knows of the products already; it says nothing that they do not.</summary>
    internal Beside Goods { get; init; }

    /// <summary>The country of the contract or delivery, as evidence of the recipient's law.</summary>
    public NameSet? Countries { get; init; }

    /// <summary>Whether the person used the chance to refuse.</summary>
    public bool? Refused { get; init; }

    /// <summary>What the refusal then reaches, settled when it was recorded; null until then, and if nothing was refused.</summary>
    public RequestScope? Stops { get; init; }

    /// <summary>
    /// Whether the person ticked the form's one box, or of several the one that asks for consent; null where there was none or nothing is
    /// known.
    /// </summary>
    public bool? ConsentTicked { get; init; }

    /// <summary>By the id of a box of the form's version: whether it was ticked. A box that is not named here is not known.</summary>
    public ImmutableSortedDictionary<string, bool>? Boxes { get; init; }

    /// <summary>An audience word where the context does not say it.</summary>
    public string? Audience { get; init; }

    /// <summary>Whether the purposes supported were the sender's charitable purposes then.</summary>
    public bool? PurposesWereCharitable { get; init; }

    /// <summary>Whether a contract made then is still being performed.</summary>
    public bool? ContractRunning { get; init; }

    /// <summary>What was shown, where the source itself says so instead of a collection point.</summary>
    public Shown? Shown { get; init; }
}

/// <summary>A request for consent was answered, with yes or no.</summary>
public sealed record ConsentAnswered(When When, string Id) : ContactEntry(When, Id)
{
    /// <summary>The legal persons named.</summary>
    public NameSet? To { get; init; }

    /// <summary>The person could choose each of several named senders separately.</summary>
    public bool? ChoseAmongSenders { get; init; }

    /// <summary>The person was told that the messages would carry other people's offers too.</summary>
    public bool? CoversOthersOffers { get; init; }

    /// <summary>The day until which the person was told it would last; null if no limit was named.</summary>
    public DateOnly? ToldUntil { get; init; }

    /// <summary>The channels chosen; what senders call a channel is read as what it is in law.</summary>
    public NameSet? Channels
    {
        get;
        init => field = ChannelNames.InLaw(value);
    }

    /// <summary>What the person was told the messages would be about.</summary>
    public NameSet? Topics { get; init; }

    /// <summary>How the person answered, a word of <see cref="Consent.Act"/>; <c>declined</c> for no.</summary>
    public string? Act { get; init; }

    /// <summary>The service was not available without it.</summary>
    public bool? ConditionOfService { get; init; }

    /// <summary>The first layer of the notice said who, what and for how long.</summary>
    public bool? Informed { get; init; }

    /// <summary>Asked apart from other matters.</summary>
    public bool? SeparateRequest { get; init; }

    /// <summary>Told beforehand that it can be withdrawn.</summary>
    public bool? ToldOfWithdrawal { get; init; }

    /// <summary>The archived wording that was shown.</summary>
    public string? Wording { get; init; }

    /// <summary>The collection point whose version in force then says what was shown.</summary>
    public string? Point { get; init; }

    /// <summary>
    /// The source says that the person signed up at the form then, but not by what act: a mail platform keeps only the time. Where
    /// nobody says so, a blank act stays neither a yes nor a no.
    /// </summary>
    public bool? SignedUp { get; init; }

    /// <summary><c>sender</c> or <c>third-party</c>.</summary>
    public string? ObtainedThrough { get; init; }

    /// <summary>The sender checked the supplier's evidence for this person.</summary>
    public bool? SupplierChecked { get; init; }

    /// <summary>When it was confirmed from the address itself.</summary>
    public When? Confirmed { get; init; }

    /// <summary>The statement carries the person's name.</summary>
    public bool? CarriesName { get; init; }

    /// <summary>It expressly covers special-category data.</summary>
    public bool? Explicit { get; init; }

    /// <summary>It covers profiling.</summary>
    public bool? CoversProfiling { get; init; }

    /// <summary>It covers tracking.</summary>
    public bool? CoversTracking { get; init; }

    /// <summary>When it was withdrawn, where the source says so.</summary>
    public When? Withdrawn { get; init; }

    /// <summary>What the withdrawal reaches, settled when it was recorded; null until then, and if nothing was withdrawn.</summary>
    public RequestScope? Stops { get; init; }

    /// <summary>The service or event it was tied to is over.</summary>
    public bool? PurposeEnded { get; init; }

    /// <summary>The person's age then.</summary>
    public int? Age { get; init; }

    /// <summary>A parent authorised it.</summary>
    public bool? ParentAuthorised { get; init; }

    /// <summary>When the person last renewed it expressly.</summary>
    public When? Renewed { get; init; }

    /// <summary>It covers handing the address to a platform.</summary>
    public bool? CoversUpload { get; init; }

    /// <summary>It covers political advertising expressly, and was given for that alone.</summary>
    public bool? CoversPolitical { get; init; }

    /// <summary>True only if this very system served the form or confirmed the address: nothing imported can lift a refusal.</summary>
    public bool ServedHere { get; init; }
}

/// <summary>
/// The person asked to stop. What it reaches is settled when it is recorded and is kept beside the words as given (<see cref="Given"/>);
/// its
/// effects are derived.
/// </summary>
public sealed record RefusalMade(When When, string Id) : ContactEntry(When, Id)
{
    /// <summary>The senders it applies to; null if the source names none, and then it applies to all.</summary>
    public NameSet? Senders { get; init; }

    /// <summary>The channels it covers; null means all. What senders call a channel is read as what it is in law.</summary>
    public NameSet? Channels
    {
        get;
        init => field = ChannelNames.InLaw(value);
    }

    /// <summary>The topics it covers; null means all.</summary>
    public NameSet? Topics { get; init; }

    /// <summary>The scope in the words in which it was given, once its reach was settled; null until then.</summary>
    public RequestScope? Given { get; init; }

    /// <summary>A word of <see cref="Refusal.Kind"/>; <c>colour</c> in JSON, where <c>kind</c> names the entry.</summary>
    [JsonPropertyName("colour")]
    public string Kind { get; init; } = "refusal";

    /// <summary>How it reached us: link, reply, phone, letter, form, complaint, register, import.</summary>
    public string How { get; init; } = "import";

    /// <summary><c>person</c> or <c>organisation</c>.</summary>
    public string MadeBy { get; init; } = "person";

    /// <summary>
    /// If the person asked for fewer messages instead of none: the largest number of the sender's marketing messages in 30 days.
    /// </summary>
    public int? AtMostIn30Days { get; init; }
}

/// <summary>The person took back, on the page where it was made and within an hour, the refusal just made.</summary>
public sealed record RefusalRetracted(When When, string Id, string RefusalId) : ContactEntry(When, Id);

/// <summary>A privacy notice was served outside a collection point.</summary>
public sealed record NoticeServed(When When, string Id, bool ShowsRightToObject, bool NamesInterest) : ContactEntry(When, Id);

/// <summary>The person asked for a particular message.</summary>
public sealed record MessageRequested(When When, string Id, string Campaign) : ContactEntry(When, Id);

/// <summary>The person was looked up in somebody else's register.</summary>
public sealed record RegisterChecked(When When, string Id, string Register, bool Listed) : ContactEntry(When, Id)
{
    /// <summary>The day of the entry in it, or of its last renewal, where the register says so.</summary>
    public DateOnly? Entered { get; init; }
}

/// <summary>A contract ended.</summary>
public sealed record ContractEnded(When When, string Id, string CollectionId) : ContactEntry(When, Id);
