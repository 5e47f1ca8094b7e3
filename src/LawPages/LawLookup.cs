using MaySend.Law;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.LawPages;

/// <summary>Finds what people ask for by name; a name that is not on file ends the operation with the names nearest to it.</summary>
public static class LawLookup
{
    /// <summary>A jurisdiction by code or name.</summary>
    /// <exception cref="BadInputException">There is none of that name.</exception>
    public static Jurisdiction Jurisdiction(LawBook law, string name) =>
        law.Find(name)
        ?? throw new BadInputException(
            new Place(Spelling.Short(name)),
            "no law of that country is on file",
            $"did you mean {string.Join(", ", Near(law, Spelling.Short(name)))}? `maysend law table` lists all"
        );

    /// <summary>The provision of that id that was law on a day, as known then.</summary>
    /// <exception cref="BadInputException">There is none of that id, or it was not law on that day.</exception>
    public static Provision Provision(LawBook law, string id, DateOnly day)
    {
        var found =
            law.Provisions.FirstOrDefault(p => p.Id == id)
            ?? throw new BadInputException(
                new Place(Spelling.Short(id)),
                "no such provision is on file",
                $"did you mean {string.Join(", ", Spelling.Near(Spelling.Short(id), law.Provisions.Select(p => p.Id)))}?"
            );
        if (found.InForce.On(day) && (found.KnownFrom is null || found.KnownFrom <= day))
            return found;
        var until = found.InForce.Until is { } end ? $" until {end:yyyy-MM-dd}" : "";
        throw new BadInputException(
            new Place(id),
            $"it was not in force on {day:yyyy-MM-dd}",
            $"in force from {(found.KnownFrom > found.InForce.From ? found.KnownFrom : found.InForce.From):yyyy-MM-dd}{until}; add --on DAY"
        );
    }

    static IEnumerable<string> Near(LawBook law, string name)
    {
        var byName = law.Jurisdictions.SelectMany(j => j.AlsoCalled.Append(j.Id).Append(j.Name).Select(called => (called, j.Id))).ToList();
        return Spelling
            .Near(name, byName.Select(pair => pair.called).Where(called => called.Length > 2 || name.Length <= 2), most: 8)
            .Select(called => byName.First(pair => pair.called == called).Id)
            .Distinct()
            .Take(3)
            .Select(id => id.Equals(law.Find(id)!.Name, StringComparison.OrdinalIgnoreCase) ? id : $"{id} ({law.Find(id)!.Name})");
    }
}
