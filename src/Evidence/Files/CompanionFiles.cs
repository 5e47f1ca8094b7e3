using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Files;

/// <summary>One kind of file that stands beside a list of people: its columns, and the entry that a row is.</summary>
public sealed record CompanionFile(string Name, string Says, IReadOnlyList<CsvColumn> Columns, Func<CsvRows, ContactEntry?> Read);

/// <summary>
/// The files a user brings: people, and what happened with each. The key of every file is <c>address</c>: permissions belong to one
/// address. Matching is by header name; blank is neither yes nor no; a time needs a zone or an explicit choice of one.
/// </summary>
public static class CompanionFiles
{
    const string YesNo = "yes, no or blank";
    static readonly CsvColumn Address = new("address", "an email address or phone number", "whom the row is about", IsRequired: true);
    static readonly CsvColumn Id = new("id", "text", "names it for people; made up from the row when blank");

    /// <summary>The list of people to screen.</summary>
    public static readonly CompanionFile People = PeopleFile.Of(Address);

    /// <summary>Orders, quotes, sign-ups: every occasion on which details were obtained.</summary>
    public static readonly CompanionFile Collections = new(
        "collections",
        "orders, quotes, sign-ups: every occasion on which details were obtained",
        [
            Address,
            Id,
            new("when", "a day or a time", "when it happened", IsRequired: true),
            new("obtained_by", "a sender's id", "the legal person that obtained the details"),
            new("from", string.Join(", ", Collection.From.Words), "where they came from"),
            new("context", string.Join(", ", Words.Contexts), "the event"),
            new("point", "a collection point's id", "the form, till or script; its version in force says what was shown"),
            new("products", "codes separated by spaces", "what was dealt in"),
            new("country", "codes or names", "the country of the contract or delivery"),
            new("refused", YesNo, "the person used the chance to refuse") { Restricts = true },
            new("consent_ticked", YesNo, "the person ticked the form's one box, or of several the one that asks for consent"),
            new("boxes", "news=yes partners=no", "by the ids of the form's boxes, whether each was ticked") { Restricts = true },
            new("audience", string.Join(", ", Words.Audiences), "where the event does not say it"),
            new("purposes_charitable", YesNo, "the purposes supported were the charity's then"),
            new("refusal_offered", YesNo, "a chance to refuse was offered (where no point says so)"),
            new("refusal_simple", YesNo, "it was simple"),
            new("refusal_free", YesNo, "it was free"),
            new("consent_asked", YesNo, "consent was asked for"),
            new("notice_named_marketing", YesNo, "told of marketing use"),
            new("told_no_marketing", YesNo, "told that there would be no marketing"),
            new("basis_claimed", string.Join(", ", Collection.BasisClaimed.Words), "the lawful basis the person was told of"),
            new("notice_named_interest", YesNo, "the notice named the legitimate interest"),
            new("notice_given", YesNo, "the privacy information was given"),
            new("right_to_object_shown", YesNo, "shown clearly and apart"),
            new("lawful", YesNo, "in line with data protection law"),
            new("details_given_anew", YesNo, "the details were typed then, not already held"),
            new("contract_running", YesNo, "a contract made then is still being performed"),
        ],
        row =>
            Ticked(
                row,
                when => new DetailsCollected(when, row.Optional("id") ?? $"row {row.Row}")
                {
                    ObtainedBy = row.Optional("obtained_by"),
                    From = row.Word("from", Collection.From.Words),
                    Context = row.Word("context", Words.Contexts),
                    Point = row.Optional("point"),
                    Products = ProductMap.CodesIn(row.Text("products")),
                    Countries = row.Countries("country"),
                    Refused = row.Flag("refused"),
                    ConsentTicked = row.Flag("consent_ticked"),
                    Boxes = BoxFile.Ticks(row),
                    Audience = row.Word("audience", Words.Audiences),
                    PurposesWereCharitable = row.Flag("purposes_charitable"),
                    ContractRunning = row.Flag("contract_running"),
                    Shown = ReadShown(row),
                }
            )
    );

    /// <summary>Answers to requests for consent.</summary>
    public static readonly CompanionFile Consents = new(
        "consents",
        "answers to requests for consent; a file can never lift a refusal",
        [
            Address,
            Id,
            new("when", "a day or a time", "when the person answered", IsRequired: true),
            new("to", "senders' ids", "the legal persons named"),
            new("chose_among_senders", YesNo, "of several named the person could choose each one apart"),
            new("covers_others_offers", YesNo, "told that the messages would carry other people's offers too"),
            new("told_until", "a day", "until when the person was told it would last"),
            new("channels", string.Join(", ", Words.Channels), "the channels chosen"),
            new("topics", "words", "what the messages would be about"),
            new("act", string.Join(", ", Consent.Act.Words), "how the person answered"),
            new("condition_of_service", YesNo, "the service was not available without it"),
            new("informed", YesNo, "the first layer of the notice said who, what and for how long"),
            new("separate_request", YesNo, "asked for apart from other matters"),
            new("told_of_withdrawal", YesNo, "told beforehand that it can be withdrawn"),
            new("wording", "text or a reference", "the archived wording"),
            new("point", "a collection point's id", "the form; its version in force holds the wording"),
            new("signed_up", YesNo, "the source says that they signed up at this form then, but not by what act"),
            new("obtained_through", "sender or third-party", "who asked"),
            new("supplier_checked", YesNo, "the supplier's evidence for this person was checked"),
            new("confirmed", "a day or a time", "when it was confirmed from the address itself"),
            new("carries_name", YesNo, "the statement carries the name"),
            new("explicit", YesNo, "covers special-category data expressly"),
            new("covers_profiling", YesNo, "covers profiling"),
            new("covers_tracking", YesNo, "covers tracking"),
            new("withdrawn", "a day or a time", "when it was withdrawn") { Restricts = true },
            new("purpose_ended", YesNo, "the service it was tied to is over") { Restricts = true },
            new("age", "years", "the person's age then") { Restricts = true },
            new("parent_authorised", YesNo, "a parent authorised it"),
            new("renewed", "a day or a time", "when the person last renewed it expressly"),
            new("covers_upload", YesNo, "covers handing the address to a platform"),
            new("covers_political", YesNo, "covers political advertising expressly, and was given for that alone"),
        ],
        row =>
            Dated(
                row,
                when => new ConsentAnswered(when, row.Optional("id") ?? $"row {row.Row}")
                {
                    To = row.Names("to"),
                    ChoseAmongSenders = row.Flag("chose_among_senders"),
                    CoversOthersOffers = row.Flag("covers_others_offers"),
                    ToldUntil = row.When("told_until", isRequired: false)?.Day,
                    // Of one that was withdrawn they say what to stop: as in a refusal, what is not understood makes that wide.
                    Channels = row.Names("channels", Words.Channels, isClosed: row.Text("withdrawn").Length == 0),
                    Topics = row.Names("topics"),
                    Act = row.Word("act", Consent.Act.Words),
                    ConditionOfService = row.Flag("condition_of_service"),
                    Informed = row.Flag("informed"),
                    SeparateRequest = row.Flag("separate_request"),
                    ToldOfWithdrawal = row.Flag("told_of_withdrawal"),
                    Wording = row.Optional("wording"),
                    Point = row.Optional("point"),
                    SignedUp = row.Flag("signed_up"),
                    ObtainedThrough = row.Word("obtained_through", Consent.ObtainedThrough.Words),
                    SupplierChecked = row.Flag("supplier_checked"),
                    Confirmed = row.When("confirmed", isRequired: false),
                    CarriesName = row.Flag("carries_name"),
                    Explicit = row.Flag("explicit"),
                    CoversProfiling = row.Flag("covers_profiling"),
                    CoversTracking = row.Flag("covers_tracking"),
                    Withdrawn = row.When("withdrawn", isRequired: false),
                    PurposeEnded = row.Flag("purpose_ended"),
                    Age = row.Number("age"),
                    ParentAuthorised = row.Flag("parent_authorised"),
                    Renewed = row.When("renewed", isRequired: false),
                    CoversUpload = row.Flag("covers_upload"),
                    CoversPolitical = row.Flag("covers_political"),
                }
            )
    );

    /// <summary>Requests to stop: the register of refusals.</summary>
    public static readonly CompanionFile Refusals = new(
        "refusals",
        "the register of requests to stop; a blank scope applies to everything",
        [
            Address,
            Id,
            new("when", "a day or a time", "when it was made; if blank, it applies from the beginning"),
            new("senders", "senders' ids, or all", "which senders it applies to"),
            new("channels", string.Join(", ", Words.Channels), "the channels it covers"),
            new("topics", "words, or all", "the topics it covers"),
            new("kind", string.Join(", ", Refusal.Kind.Words), "its legal colour"),
            new("how", "text", "how it reached us"),
            new("made_by", "person or organisation", "who made it"),
        ],
        row => new RefusalMade(
            row.When("when", isRequired: false) ?? Entries.When.Of(DateOnly.MinValue),
            row.Optional("id") ?? $"row {row.Row}"
        )
        {
            // Whatever the words are: those that are not understood make the request wide, and are told.
            Senders = row.Names("senders"),
            Channels = row.Names("channels", Words.Channels, isClosed: false),
            Topics = row.Names("topics"),
            Kind = row.Word("kind", Refusal.Kind.Words) ?? "refusal",
            How = row.Optional("how") ?? "import",
            MadeBy = row.Word("made_by", Refusal.MadeBy.Words) ?? "person",
        }
    );

    /// <summary>Messages sent before.</summary>
    public static readonly CompanionFile Sends = new(
        "sends",
        "messages sent before",
        [
            Address,
            Id,
            new("when", "a day or a time", "when it went out", IsRequired: true),
            new("sender", "a sender's id", "who sent it", IsRequired: true),
            new("channel", string.Join(", ", Words.Channels), "over which channel", IsRequired: true),
            new("marketing", YesNo, "whether it was marketing; blank counts as yes"),
            new("template", "a template's id", "its version in force says what it carried"),
        ],
        row =>
            Dated(
                row,
                when => new MessageSent(
                    when,
                    row.Optional("id") ?? $"row {row.Row}",
                    row.Text("sender"),
                    row.Word("channel", Words.Channels) ?? "email",
                    row.Flag("marketing") ?? true
                )
                {
                    Template = row.Optional("template"),
                }
            )
    );

    /// <summary>Look-ups in registers kept by others.</summary>
    public static readonly CompanionFile Checks = new(
        "checks",
        "look-ups in registers kept by others",
        [
            Address,
            Id,
            new("when", "a day", "the day of the register used", IsRequired: true),
            new("register", "as law files name it: gb/tps", "which register", IsRequired: true),
            new("listed", YesNo, "the recipient was found in it", IsRequired: true),
            new("entered", "a day", "since when they have been in it, or when they last renewed the entry"),
        ],
        row =>
            row.When("when", isRequired: true) is { } when && row.Flag("listed") is { } listed && Register(row) is { } register
                ? new RegisterChecked(when, row.Optional("id") ?? $"row {row.Row}", register, listed)
                {
                    Entered = row.When("entered", isRequired: false)?.Day,
                }
                : null
    );

    /// <summary>Messages that came back.</summary>
    public static readonly CompanionFile Bounces = BounceFile.Of(Address, Id);

    /// <summary>Every kind of companion file, people apart.</summary>
    public static readonly IReadOnlyList<CompanionFile> All = [Collections, Consents, Refusals, Sends, Checks, Bounces];

    /// <summary>
    /// An entry that must have a day. The other cells are read all the same, so that everything wrong with the row is said at once.
    /// </summary>
    static ContactEntry? Dated(CsvRows row, Func<When, ContactEntry> read)
    {
        var when = row.When("when", isRequired: true);
        var entry = read(when ?? default);
        return when is null ? null : entry;
    }

    /// <summary>
    /// The same of an occasion, which is kept without its day where boxes were ticked: the row is bad, and its ticks may ask to stop.
    /// </summary>
    static DetailsCollected? Ticked(CsvRows row, Func<When, DetailsCollected> read)
    {
        var when = row.When("when", isRequired: true);
        var entry = read(when ?? Entries.When.Of(DateOnly.MinValue));
        return when is null && !TickedBoxes.AreIn(entry) ? null : entry;
    }

    /// <summary>A register that some law asks about: an entry found under any other name would be lost.</summary>
    static string? Register(CsvRows row)
    {
        var text = row.Text("register");
        var register = Registers.Find(text);
        if (register is null && text.Length > 0)
            row.Problem(
                "register",
                $"`{text}` is not a register that any law on file asks about",
                $"one of {string.Join(", ", Registers.Names)}"
            );
        return register;
    }

    static readonly Shown NothingShown = new();

    static Shown? ReadShown(CsvRows row)
    {
        var shown = new Shown
        {
            RefusalOffered = row.Flag("refusal_offered"),
            RefusalSimple = row.Flag("refusal_simple"),
            RefusalFree = row.Flag("refusal_free"),
            ConsentAsked = row.Flag("consent_asked"),
            NoticeNamedMarketing = row.Flag("notice_named_marketing"),
            ToldNoMarketing = row.Flag("told_no_marketing"),
            BasisClaimed = row.Word("basis_claimed", Collection.BasisClaimed.Words),
            NoticeNamedInterest = row.Flag("notice_named_interest"),
            NoticeGiven = row.Flag("notice_given"),
            RightToObjectShown = row.Flag("right_to_object_shown"),
            Lawful = row.Flag("lawful"),
            DetailsGivenAnew = row.Flag("details_given_anew"),
        };
        return shown == NothingShown ? null : shown;
    }
}
