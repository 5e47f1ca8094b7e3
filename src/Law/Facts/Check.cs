using System.Collections.Frozen;
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

/// <summary>
/// The registers that law files ask about, as <c>law/registers.yaml</c> describes them: a closed list, because a look-up under another
/// name would be none, and so would the entry that it found.
/// </summary>
public static class Registers
{
    /// <summary>Every name, in the order of the alphabet.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "at/ecg",
        "be/do-not-call-me",
        "bg/kzp-register",
        "ch/star-entry",
        "de/oasis",
        "dk/robinson",
        "es/rgiaj",
        "es/robinson",
        "fr/bloctel",
        "gb/ctps",
        "gb/fps",
        "gb/mps",
        "gb/tps",
        "gr/art-11-register",
        "hr/ne-zovi",
        "ie/ndd",
        "is/national-registry",
        "it/rpo",
        "no/reservation-register",
        "pt/dgc",
        "se/nix",
        "se/spelpaus",
        "sk/do-not-contact",
    ];

    static readonly FrozenDictionary<string, string> ByName = Names.ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name as law files spell it, in whatever case of letters it is given; null for one that no law asks about.</summary>
    public static string? Find(string name) => ByName.GetValueOrDefault(name.Trim());

    /// <summary>The same, and otherwise what was given.</summary>
    public static string InLaw(string name) => Find(name) ?? name;
}
