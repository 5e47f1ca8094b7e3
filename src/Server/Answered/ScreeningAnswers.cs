using MaySend.Records.Screenings;
using MaySend.Screening.Weeks;

namespace MaySend.Server.Answered;

/// <summary>A screening: who asked for what, how far it is, what came out. Counts only: addresses are in its lists.</summary>
/// <param name="Id">Names it.</param>
/// <param name="By">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Day">The day of sending that was asked about; left out for the campaign's own.</param>
/// <param name="Audience">Whom it asks about, in words: everyone on record, or the names of the lists.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Stage">What it is doing, in words.</param>
/// <param name="Done">People or rows done in this stage.</param>
/// <param name="Total">Of how many; left out where that is not known.</param>
/// <param name="PerSecond">How many it does in a second; left out where that cannot be told yet.</param>
/// <param name="SecondsLeft">How many seconds this stage will still take; left out where that cannot be told yet.</param>
/// <param name="Problems">What is wrong, a line each.</param>
/// <param name="Result">What came out; left out until it is done, and for a dry run over weeks.</param>
/// <param name="Weeks">What dry run was asked for; left out for lists for one day.</param>
/// <param name="InWeeks">What came out of the dry run; left out until it is done, and for lists for one day.</param>
/// <param name="Send">True only where its list of permitted people may be used at this moment.</param>
/// <param name="NotSentBecause">What keeps the list from being used now, as stable codes.</param>
/// <param name="Files">Where its lists and its report are; empty until it is done.</param>
sealed record ScreeningShown(
    string Id,
    string By,
    DateTimeOffset AskedAt,
    string Campaign,
    DateOnly? Day,
    string Audience,
    ScreeningState State,
    string Stage,
    long Done,
    long? Total,
    double? PerSecond,
    long? SecondsLeft,
    IReadOnlyList<string> Problems,
    ScreeningResult? Result,
    WeeksAsked? Weeks,
    WeeksSummary? InWeeks,
    bool Send,
    IReadOnlyList<string> NotSentBecause,
    IReadOnlyList<string> Files
);

/// <summary>A list of permitted people some time after it was made.</summary>
/// <param name="GoodFor">The day for which it is good.</param>
/// <param name="CampaignDays">The campaign's first and last day; left out where the campaign it was made for is not on record.</param>
/// <param name="Send">True only where it may be used at this moment.</param>
/// <param name="NotSentBecause">What keeps it from being used now, as stable codes.</param>
/// <param name="IsWhatIf">Nothing is sent by it.</param>
/// <param name="People">How many people are on it.</param>
/// <param name="OptedOutSince">How many opted out since.</param>
/// <param name="ErasedSince">How many were erased since.</param>
/// <param name="MayHaveSince">How many may have opted out since, which waits for a person.</param>
/// <param name="StillStand">How many may still be sent the mailing, on a day the list is good for.</param>
/// <param name="CheckedAt">When it was checked.</param>
sealed record ListChecked(
    DateOnly GoodFor,
    CampaignDays? CampaignDays,
    bool Send,
    IReadOnlyList<string> NotSentBecause,
    bool IsWhatIf,
    int People,
    int OptedOutSince,
    int ErasedSince,
    int MayHaveSince,
    int StillStand,
    DateTimeOffset CheckedAt
);
