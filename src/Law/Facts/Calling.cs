using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>
/// Facts that calls need beyond what every message has: when they are made, with which number, to how a line stands in the directory. They
/// belong to the scopes of message, sender, recipient and the records, and stand in a file of their own because the law of calls asks for
/// nothing else so often.
/// </summary>
public static class Calling
{
    /// <summary>The weekday of <see cref="Message.Day"/>; <see cref="DayOfSending"/> derives it.</summary>
    public static readonly WordFact Weekday = new(
        Scope.Message,
        "weekday",
        "the weekday of the day of sending; follows from that day",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday"
    );

    /// <summary>The first day of the calendar month of <see cref="Message.Day"/>; <see cref="DayOfSending"/> derives it.</summary>
    public static readonly DayFact MonthBegan = new(
        Scope.Message,
        "month-began",
        "the first day of the calendar month of sending; follows from the day of sending"
    );

    /// <summary>
    /// The countries in which <see cref="Message.Day"/> is a public holiday by national law; <see cref="DayOfSending"/> derives it.
    /// </summary>
    public static readonly SetFact PublicHolidayIn = new(
        Scope.Message,
        "public-holiday-in",
        "the countries in which the day of sending is a public holiday by national law, or none; follows from that day",
        [DayOfSending.Nowhere, .. DayOfSending.Countries]
    );

    /// <summary>
    /// The countries in which <see cref="Message.Day"/> is, or may be, a holiday that only some region keeps; <see cref="DayOfSending"/>
    /// derives it.
    /// </summary>
    public static readonly SetFact RegionalHolidaysIn = new(
        Scope.Message,
        "regional-holidays-in",
        "the countries in which some region keeps, or may keep, a holiday of its own on the day of sending, or none; follows from it",
        [DayOfSending.Nowhere, .. RegionalHolidays.Countries]
    );

    /// <summary>The regions that keep a public holiday of their own on <see cref="Message.Day"/>; derived likewise.</summary>
    public static readonly SetFact RegionalHolidayIn = new(
        Scope.Message,
        "regional-holiday-in",
        "the regions that keep a public holiday of their own on the day of sending, or none; follows from that day",
        [DayOfSending.Nowhere, .. RegionalHolidays.Regions]
    );

    /// <summary>Hours of the called person's clock in which no call is made: <c>09</c> is from 9 until 10.</summary>
    public static readonly SetFact NoCallsIn = new(
        Scope.Message,
        "no-calls-in",
        "the hours, by the called person's clock, in which the campaign makes no calls (09 is from 9 until 10), or none",
        [Hours.Never, .. Hours.All]
    );

    /// <summary>Whether the caller's number can be found, under the caller's name, in the directory.</summary>
    public static readonly WordFact CallingLineRegistered = new(
        Scope.Message,
        "calling-line-registered",
        "the caller's number is registered to the caller and found in the public directory",
        "yes",
        "no"
    );

    /// <summary>The range the caller's number comes from.</summary>
    public static readonly WordFact CallingRange = new(
        Scope.Message,
        "calling-range",
        "the range of the numbering plan the caller's number comes from; commercial is the one a country keeps for commercial calls",
        "commercial",
        "geographic",
        "freephone",
        "mobile",
        "other"
    );

    /// <summary>Whether the name a text message shows as its sender is registered with the regulator.</summary>
    public static readonly WordFact SenderNameRegistered = new(
        Scope.Message,
        "sender-name-registered",
        "the name shown as sender of a text message is in the regulator's register; number-shown where a number is shown instead",
        "yes",
        "no",
        "number-shown"
    );

    /// <summary>What the sender calls the channel, where it is no channel of the law's: see <see cref="ChannelNames"/>.</summary>
    public static readonly NameFact CarriedAs = new(
        Scope.Message,
        "carried-as",
        "what the sender calls the channel, where the law has no word of its own for it"
    );

    /// <summary>Whether the called person is told at the start that a machine speaks.</summary>
    public static readonly WordFact MachineDisclosed = new(
        Scope.Message,
        "machine-disclosed",
        "people are told, clearly and at the latest at the start, that a machine speaks and answers",
        "yes",
        "no"
    );

    /// <summary>Whether people were told, before their addresses went to a platform, and could object.</summary>
    public static readonly WordFact UploadAnnounced = new(
        Scope.Message,
        "upload-announced",
        "before their addresses are handed to the platform, the people are told to which one and what for, and can object",
        "yes",
        "no"
    );

    /// <summary>The trade of the sender, where a rule depends on it.</summary>
    public static readonly WordFact Trade = new(
        Scope.Sender,
        "trade",
        "the sender's trade, where a rule depends on it; non-profit is a party, foundation, association or other non-profit body",
        "charity-lottery",
        "press-publisher",
        "telecoms-operator",
        "non-profit",
        "other"
    );

    /// <summary>How the number stands in the public directory.</summary>
    public static readonly WordFact Directory = new(
        Scope.Recipient,
        "directory",
        "how the number is listed in the public directory; starred carries a wish not to be called, wishes-calls the opposite",
        "listed",
        "starred",
        "wishes-calls",
        "unlisted"
    );

    /// <summary>The region of the country, where regions keep public holidays of their own.</summary>
    public static readonly WordFact Region = new(
        Scope.Recipient,
        "region",
        "the region they are in, where regions keep public holidays of their own: ISO 3166-2, fr-am for Alsace and Moselle",
        [.. RegionalHolidays.Regions]
    );

    /// <summary>Calls tried, answered or not.</summary>
    public static readonly NumberFact CallsLast30Days = new(
        Scope.Recipient,
        "calls-last-30-days",
        "calls of this sender to them, answered or not, in the 30 days before"
    );

    /// <summary>Whether a contract made on that occasion is still being performed.</summary>
    public static readonly WordFact ContractRunning = new(
        Scope.Collection,
        "contract-running",
        "a contract made then is still being performed on the day of sending",
        "yes",
        "no"
    );

    /// <summary>The last day on which the person expressly renewed a consent; using it is no renewal.</summary>
    public static readonly DayFact Renewed = new(
        Scope.Consent,
        "renewed",
        "the last day on which the person expressly renewed it; using it does not renew it"
    );

    /// <summary>Whether a consent covers handing the address to a platform.</summary>
    public static readonly WordFact CoversUpload = new(
        Scope.Consent,
        "covers-upload",
        "it covers handing the address to the platform so that the person, or people like them, are found there",
        "yes",
        "no"
    );

    /// <summary>Whether a consent covers political advertising, apart from every other purpose.</summary>
    public static readonly WordFact CoversPolitical = new(
        Scope.Consent,
        "covers-political",
        "it expressly covers political advertising, and was given for that apart from every other purpose",
        "yes",
        "no"
    );

    /// <summary>Since when the person is in the register.</summary>
    public static readonly DayFact Entered = new(
        Scope.Check,
        "entered",
        "the day on which the person was entered in the register, or last renewed the entry"
    );

    internal static readonly ImmutableArray<Fact> OfMessage =
    [
        Weekday,
        MonthBegan,
        PublicHolidayIn,
        RegionalHolidaysIn,
        RegionalHolidayIn,
        NoCallsIn,
        CallingLineRegistered,
        CallingRange,
        SenderNameRegistered,
        MachineDisclosed,
        UploadAnnounced,
        CarriedAs,
    ];
}
