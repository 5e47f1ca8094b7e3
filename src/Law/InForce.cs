namespace MaySend.Law;

/// <summary>Days from which and until which something holds: the first day belongs to it, the last does not.</summary>
public readonly record struct InForce(DateOnly From, DateOnly? Until)
{
    /// <summary>All days.</summary>
    public static readonly InForce Always = new(DateOnly.MinValue, null);

    /// <summary>True on a day of the period.</summary>
    public bool On(DateOnly day) => From <= day && (Until is null || day < Until);
}
