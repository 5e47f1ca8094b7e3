using System.Collections.Immutable;
using MaySend.Decisions;
using MaySend.Law.Formulas;

namespace MaySend.Screening;

/// <summary>One reason with how many people it decides.</summary>
/// <param name="Code">The stable code; where several codes are one step, the most frequent.</param>
/// <param name="Step">The step.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Refused">People refused by it.</param>
/// <param name="NotShown">People not shown for it.</param>
public sealed record ReasonCount(string Code, ReasonStep Step, string Cite, int Refused, int NotShown)
{
    /// <summary>Everyone it keeps back.</summary>
    public int Total => Refused + NotShown;

    /// <summary>Every code that is this step, with its verdict: the people behind the number are those whose row says so.</summary>
    public ImmutableArray<(Verdict Verdict, string Code)> Codes { get; init; } = [];

    /// <summary>The same step, numbers and codes: two readers of one list agree where this says so.</summary>
    public bool Equals(ReasonCount? other) =>
        other is not null
        && (Code, Step, Cite, Refused, NotShown) == (other.Code, other.Step, other.Cite, other.Refused, other.NotShown)
        && Codes.AsSpan().SequenceEqual(other.Codes.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Code, Step, Cite, Refused, NotShown);
}

/// <summary>Verdicts of one country.</summary>
/// <param name="Country">The country whose law was applied, by code.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Permitted">People there who may be reached.</param>
/// <param name="Refused">People there who must not be reached.</param>
/// <param name="NotShown">People there for whom it can't be shown.</param>
/// <param name="Confidence">How sure the reading of its law is: low, medium or high.</param>
public sealed record CountryCount(string Country, string Name, int Permitted, int Refused, int NotShown, string Confidence)
{
    /// <summary>Everyone there.</summary>
    public int Total => Permitted + Refused + NotShown;
}

/// <summary>A real fix and how many more people could then be reached.</summary>
/// <param name="Text">What to do.</param>
/// <param name="Gained">How many more would be permitted if it were done alone.</param>
public sealed record Gain(string Text, int Gained)
{
    /// <summary>The kinds of act it takes; several where none alone would do.</summary>
    public ImmutableArray<RemedyKind> Kinds { get; init; } = [];

    /// <summary>Of each kind, the first condition that it would meet, by its name in the law files.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];
}

/// <summary>What came out of a screening.</summary>
public sealed record ScreeningSummary
{
    /// <summary>The campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>The sender.</summary>
    public required string Sender { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The day of sending; the list is good for that day only.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The day as of which the law was known.</summary>
    public required DateOnly KnownAt { get; init; }

    /// <summary>Rows read.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows whose address stood in an earlier row.</summary>
    public required int Duplicates { get; init; }

    /// <summary>People by verdict.</summary>
    public required IReadOnlyDictionary<Verdict, int> Counts { get; init; }

    /// <summary>Reasons in the fixed order of the waterfall.</summary>
    public required IReadOnlyList<ReasonCount> Reasons { get; init; }

    /// <summary>By what the permitted are permitted, with counts, most first.</summary>
    public required IReadOnlyList<(string Ground, int Count)> PermittedBy { get; init; }

    /// <summary>Verdicts by country, most people first.</summary>
    public required IReadOnlyList<CountryCount> Countries { get; init; }

    /// <summary>What would gain most recipients, most first.</summary>
    public required IReadOnlyList<Gain> Gains { get; init; }

    /// <summary>
    /// What answers name for people whom no act of the sender would certainly gain: what to record if it is so, or that only the person can
    /// change it.
    /// </summary>
    public IReadOnlyList<NamedRemedy> Named { get; init; } = [];

    /// <summary>Law, policy and campaign digests.</summary>
    public required string Law { get; init; }

    /// <summary>The policy's switches that are on.</summary>
    public required IReadOnlyList<string> Policy { get; init; }

    /// <summary>Names this screening: digests of campaign, law and policy.</summary>
    public required string Id { get; init; }

    /// <summary>Things worth knowing.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Permitted people who are left out of the list to send, because mail to them came back for good.</summary>
    public int Undeliverable { get; init; }

    /// <summary>People counted.</summary>
    public int People => Counts.Values.Sum();
}
