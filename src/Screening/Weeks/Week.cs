using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MaySend.Law.Facts;
using MaySend.LawPages;

namespace MaySend.Screening.Weeks;

/// <summary>People whose answer on a day differs from a week before, all for one reason.</summary>
/// <param name="From">permitted, refused or not-shown a week before.</param>
/// <param name="To">The verdict on the day.</param>
/// <param name="Why">
/// What keeps them back since then; of people who may be reached again, what kept them back until then. With its citation.
/// </param>
/// <param name="IsByLaw">True where the law changed: under that of a week before the answer would have stayed.</param>
/// <param name="People">How many.</param>
/// <param name="Addresses">Some of them, twenty at most, in the order of the audience.</param>
public sealed record WeekChange(
    [property: AllowedValues("permitted", "refused", "not-shown")] string From,
    [property: AllowedValues("permitted", "refused", "not-shown")] string To,
    string Why,
    bool IsByLaw,
    int People,
    IReadOnlyList<string> Addresses
)
{
    /// <summary>How many addresses are named for each change.</summary>
    public const int MostAddresses = 20;

    /// <summary>The change as a sentence.</summary>
    public string Says =>
        To switch
        {
            "permitted" => $"may be reached from then on; until then: {Why}",
            "refused" => $"must no longer be reached: {Why}",
            _ => $"can no longer be shown: {Why}",
        } + (IsByLaw ? " (the law changes)" : "");
}

/// <summary>One day of a dry run.</summary>
/// <param name="Day">The day of sending.</param>
/// <param name="Permitted">People who may be reached.</param>
/// <param name="NotShown">People for whom it can't be shown.</param>
/// <param name="Refused">People who must not be reached.</param>
/// <param name="Changes">Whose answer differs from a week before, most people first; empty for the first day.</param>
/// <param name="Law">What changes in the law that these people are under, after the day a week before up to this day.</param>
public sealed record Week(
    DateOnly Day,
    int Permitted,
    int NotShown,
    int Refused,
    IReadOnlyList<WeekChange> Changes,
    IReadOnlyList<LawChange> Law
);

/// <summary>
/// What came out of a dry run: how many may be reached by one campaign on each of several days. Evidence is that of today: no new orders,
/// no opt-outs to come, and the law as it is known today. A what-if: it sends nothing. Holds some addresses.
/// </summary>
public sealed record WeeksSummary
{
    /// <summary>The campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>The sender.</summary>
    public required string Sender { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The day as of which the law is known.</summary>
    public required DateOnly KnownAt { get; init; }

    /// <summary>True if each day assumes that the mailing went out on the days before it.</summary>
    public required bool SupposesSent { get; init; }

    /// <summary>How many people were asked about.</summary>
    public required int People { get; init; }

    /// <summary>The days, earliest first.</summary>
    public required IReadOnlyList<Week> Weeks { get; init; }

    /// <summary>The law's digest.</summary>
    public required string Law { get; init; }

    /// <summary>Things worth knowing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The same without anybody's address.</summary>
    [JsonIgnore]
    public WeeksSummary WithoutAddresses =>
        this with
        {
            Weeks = [.. Weeks.Select(week => week with { Changes = [.. week.Changes.Select(change => change with { Addresses = [] })] })],
        };

    /// <summary>What is assumed, as a sentence.</summary>
    public string Supposed =>
        (
            SupposesSent
                ? $"Assuming that it goes out on each of these days to everybody who {ChannelWords.Of(Channel).May}"
                : "Each day on its own, as if nothing went out before it"
        ) + ", with the evidence of today: no new orders, no further opt-outs.";
}
