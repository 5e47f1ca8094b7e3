using MaySend.Assessments.Documents;

namespace MaySend.Assessments.Life;

/// <summary>What somebody wants to do with a version of an assessment. A closed set.</summary>
/// <param name="By">Who: a name or a role.</param>
/// <param name="On">The day on which it counts.</param>
/// <param name="Reason">Why.</param>
public abstract record LifeCommand(string By, DateOnly On, string Reason)
{
    /// <summary>Change what a draft says.</summary>
    public sealed record Edit(string By, DateOnly On, string Reason) : LifeCommand(By, On, Reason);

    /// <summary>Hand it in for review; the findings of the readiness check decide whether that can be.</summary>
    public sealed record Submit(string By, DateOnly On, string Reason, IReadOnlyList<Finding> Findings) : LifeCommand(By, On, Reason);

    /// <summary>Find it good.</summary>
    public sealed record Approve(string By, DateOnly On, string Reason) : LifeCommand(By, On, Reason);

    /// <summary>Send it back.</summary>
    public sealed record Return(string By, DateOnly On, string Reason) : LifeCommand(By, On, Reason);

    /// <summary>Sign it; the findings of the readiness check decide whether that can be.</summary>
    public sealed record Sign(string By, DateOnly On, string Reason, IReadOnlyList<Finding> Findings) : LifeCommand(By, On, Reason);

    /// <summary>Put a later, signed version in its place.</summary>
    public sealed record Supersede(string By, DateOnly On, string Reason) : LifeCommand(By, On, Reason);

    /// <summary>Take it back.</summary>
    public sealed record Withdraw(string By, DateOnly On, string Reason) : LifeCommand(By, On, Reason);

    /// <summary>
    /// End it because something happened that it did not weigh; the trigger is a word of <see cref="Documents.ReviewTriggers"/>.
    /// </summary>
    public sealed record Lapse(string By, DateOnly On, string Reason, string Trigger) : LifeCommand(By, On, Reason);
}
