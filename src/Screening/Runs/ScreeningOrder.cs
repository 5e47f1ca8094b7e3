using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Runs;

/// <summary>Whom to screen for what, in a store.</summary>
/// <param name="Campaign">The campaign with all its days.</param>
/// <param name="By">Who asked.</param>
public sealed record ScreeningOrder(Campaign Campaign, Actor By)
{
    /// <summary>The day of sending; null for the campaign's own, and of several days the one nearest to now.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The list; null for everybody on record whom the channel can reach.</summary>
    public AudienceFiles? List { get; init; }

    /// <summary>
    /// Which share of everybody on record; null for everybody. Its lists are marked as a share and nothing is put on record until
    /// <see cref="ScreeningJoin"/> has all of them.
    /// </summary>
    public ScreeningShare? Share { get; init; }

    /// <summary>What files say of the controller, beneath what is on record; null for none.</summary>
    public ControllerRecord? ControllerFiles { get; init; }

    /// <summary>The files it was read from.</summary>
    public IReadOnlyList<string> ControllerPaths { get; init; } = [];

    /// <summary>Evidence and readings of law as known by the end of a day: a what-if, which is not kept; null for now.</summary>
    public DateOnly? KnownAt { get; init; }
}

/// <summary>What came out of a screening.</summary>
/// <param name="Summary">Counts, reasons, countries, gains.</param>
/// <param name="Manifest">What was put on record of it; null for a what-if and for a share.</param>
public sealed record ScreeningOutcome(ScreeningSummary Summary, AudienceScreened? Manifest);
