namespace MaySend.Law.Facts;

/// <summary>Ages on other days than the one they were recorded for. A birthday is not on record, so each is known to a year.</summary>
public static class Ages
{
    /// <summary>The age from which nobody is a child.</summary>
    public const int Adult = 18;

    // Far more than anybody's, and so little that years can be added.
    const int Most = 1_000_000;

    /// <summary>An age on record, within what can be reckoned with: one that nobody has stays one that nobody has.</summary>
    public static int Bounded(int age) => Math.Clamp(age, -Most, Most);

    /// <summary>The age that somebody who had one on a day has at least on another; at most it is a year more.</summary>
    public static int AtLeast(int age, DateOnly on, DateOnly then)
    {
        var years = then.Year - on.Year;
        return Bounded(age) + (on.AddYears(years) > then ? years - 1 : years);
    }
}
