namespace MaySend.Server.Api;

/// <summary>Whom to screen for which campaign.</summary>
sealed record ScreeningAsked
{
    /// <summary>The id of a campaign on record.</summary>
    public required string Campaign { get; init; }

    /// <summary>Another day of sending than the campaign's own.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>A dry run over so many weeks instead of lists for one day: who may be mailed on each of the next Fridays. 1 to 53.</summary>
    public int? Weeks { get; init; }

    /// <summary>The first day of a dry run; without it the campaign's own, or the next Friday where that has passed.</summary>
    public DateOnly? From { get; init; }

    /// <summary>True to suppose that the mailing goes out on each day of a dry run.</summary>
    public bool Sent { get; init; }
}
