using MaySend.Decisions;

namespace MaySend.Screening;

/// <summary>How many people of one verdict have a country, a reason or a pair of grounds.</summary>
/// <param name="Name">The country, the code of the reason, or the grounds.</param>
/// <param name="Verdict">Their verdict.</param>
/// <param name="People">How many.</param>
sealed record CountOf(string Name, Verdict Verdict, int People);

/// <summary>What people who lack the same things would be gained by.</summary>
/// <param name="Lacking">What they lack, as one word.</param>
/// <param name="Gain">The acts that together would gain them, and how many they are.</param>
sealed record Lack(string Lacking, Gain Gain);

/// <summary>What answers name for people under one law who lack the same things.</summary>
/// <param name="Countries">Their plausible countries.</param>
/// <param name="Send">What falls short of the send key.</param>
/// <param name="Process">What falls short of the process key.</param>
/// <param name="People">How many they are.</param>
/// <param name="Steps">What the first of them is told.</param>
sealed record NamedForPeople(IReadOnlyList<string> Countries, string Send, string Process, int People, IReadOnlyList<RemedyStep> Steps);

/// <summary>How many people have a look-up in a register that counts until a day.</summary>
/// <param name="Until">The last day on which it counts.</param>
/// <param name="Register">The register.</param>
/// <param name="People">How many.</param>
sealed record LookUpsUntil(DateOnly Until, string Register, int People);

/// <summary>
/// What was counted of a part of a screening: enough that the parts, added in the order of the people, give the summary that screening
/// everybody at once gives.
/// </summary>
sealed record PartCounts
{
    /// <summary>People by the country whose law was applied, and by verdict.</summary>
    public IReadOnlyList<CountOf> Countries { get; init; } = [];

    /// <summary>People not permitted, by the code of the reason that decides.</summary>
    public IReadOnlyList<CountOf> Reasons { get; init; } = [];

    /// <summary>People permitted, by the grounds of both keys.</summary>
    public IReadOnlyList<CountOf> Grounds { get; init; } = [];

    /// <summary>The sets of plausible countries that people had: their law gives the reasons their words.</summary>
    public IReadOnlyList<IReadOnlyList<string>> CountrySets { get; init; } = [];

    /// <summary>What each kind of act alone would gain.</summary>
    public IReadOnlyList<Gain> Alone { get; init; } = [];

    /// <summary>What several acts together would gain.</summary>
    public IReadOnlyList<Lack> Together { get; init; } = [];

    /// <summary>What answers name for the others.</summary>
    public IReadOnlyList<NamedForPeople> Named { get; init; } = [];

    /// <summary>Of a screening of calls, until when look-ups count.</summary>
    public IReadOnlyList<LookUpsUntil> LookUps { get; init; } = [];
}
