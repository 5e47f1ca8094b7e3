using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>Facts of one look-up of the recipient in a register kept by somebody else: a preference service, a ban list.</summary>
public static class Check
{
    const Scope S = Scope.Check;

    public static readonly NameFact Register = new(S, "register", "the register, as law files name it: gb/tps");
    public static readonly DayFact Day = new(S, "day", "the day of the register used");
    public static readonly WordFact Listed = new(S, "listed", "the recipient was found in it", "yes", "no");

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts = [Register, Day, Listed, Calling.Entered];
}
