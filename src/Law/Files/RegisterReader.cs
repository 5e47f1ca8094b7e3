using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>
/// Reads <c>registers.yaml</c> of a law folder: what the registers that law files name are called, and where they are asked.
/// </summary>
public static class RegisterReader
{
    /// <summary>The file, which is no provision and decides nothing.</summary>
    internal const string FileName = "registers.yaml";

    /// <summary>Reads the file and notes what is wrong; none where there is no such file.</summary>
    public static IReadOnlyList<Register> Read(string folder, Problems problems)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) && YamlTree.ReadFile(path, FileName, problems) is { } root ? Read(root, problems) : [];
    }

    /// <summary>Reads what the file says.</summary>
    internal static IReadOnlyList<Register> Read(YamlTree root, Problems problems)
    {
        var map = MapReader.Open(root, problems, new Place(FileName));
        var registers = map.Entries("registers").Select(entry => One(entry.Key.Text, MapReader.Open(entry.Value, problems))).ToList();
        map.Done();
        return registers;
    }

    /// <summary>Notes a register that a law file asks about and that the file does not describe, and one that nobody asks about.</summary>
    public static void Check(LawBook law, IReadOnlyList<Register> registers, Problems problems)
    {
        var asked = law
            .Provisions.SelectMany(Formulas)
            .SelectMany(FirstLimb.LimbsIn)
            .Where(limb => limb.Of.Condition == CheckConditions.OfRegister)
            .SelectMany(limb => limb.Of.With.Names.Select(name => (Name: name, limb.Of.Place)))
            .ToList();
        foreach (var (name, place) in asked.Where(ask => registers.All(register => register.Id != ask.Name)).DistinctBy(ask => ask.Name))
            problems.Add(place, $"`{name}` is not described", $"add it to {FileName}");
        foreach (var register in registers.Where(register => asked.TrueForAll(ask => ask.Name != register.Id)))
            problems.Add(new Place(FileName), $"no provision asks about `{register.Id}`");
    }

    /// <summary>Everything a provision asks.</summary>
    static IEnumerable<Formula> Formulas(Provision provision) =>
        provision.Grounds.Select(ground => ground.Body).Append(provision.AppliesWhen).Append(provision.Body).OfType<Formula>();

    static Register One(string id, MapReader map)
    {
        var channels = map.Texts("channels");
        foreach (var unknown in channels.Where(channel => !Words.Channels.Contains(channel)))
            map.Problem("channels", $"`{unknown}` is not a channel");
        var register = new Register(id, map.Text("name"), map.Text("kept_by"), map.Text("url"), [.. channels], map.Day("until"));
        map.Done();
        return register;
    }
}
