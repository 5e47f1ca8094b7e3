using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>One provision that asks for a look-up in a register.</summary>
/// <param name="Provision">The provision's id.</param>
/// <param name="ShortName">Its short name.</param>
/// <param name="Age">How old the look-up may be, in words.</param>
public sealed record RegisterUse(string Provision, string ShortName, string Age);

/// <summary>A register with the provisions that ask about it on a day.</summary>
public sealed record RegisterRow(Register Register, IReadOnlyList<RegisterUse> Uses);

/// <summary>The registers that law files name, with who asks and how old a look-up may be.</summary>
public static class RegisterTable
{
    /// <summary>All registers that some provision asks about on a day, by id.</summary>
    /// <param name="law">The law on file.</param>
    /// <param name="day">The day.</param>
    /// <param name="country">Only those of one jurisdiction; null for all.</param>
    public static IReadOnlyList<RegisterRow> Of(LawBook law, DateOnly day, string? country = null)
    {
        var uses = law
            .Provisions.Where(p => p.InForce.On(day) && (country is null || p.Jurisdiction == country))
            .SelectMany(p => Uses(p, day))
            .ToLookup(use => use.Register, use => use.Use);
        return
        [
            .. law
                .Registers.OrderBy(register => register.Id, StringComparer.Ordinal)
                .Select(register => new RegisterRow(register, [.. uses[register.Id].Distinct()]))
                .Where(row => row.Uses.Count > 0),
        ];
    }

    static IEnumerable<(string Register, RegisterUse Use)> Uses(Provision provision, DateOnly day) =>
        provision
            .Grounds.Where(ground => ground.InForce.On(day))
            .Select(ground => ground.Body)
            .Append(provision.Body)
            .OfType<Formula>()
            .SelectMany(body => LookUp.In(body, day))
            .Select(lookUp => (lookUp.Register, new RegisterUse(provision.Id, provision.ShortName, lookUp.Age)))
            .GroupBy(use => use.Register)
            .Select(group => group.FirstOrDefault(use => use.Item2.Age.Length > 0, group.First()));
}
