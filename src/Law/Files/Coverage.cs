using System.Globalization;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>
/// Every channel and key of a jurisdiction that has law must be covered without a gap from its first day on: by a prohibition or a cited
/// no-rule entry. A no-rule entry may not stand beside a prohibition on the same channel and day.
/// </summary>
static class Coverage
{
    public static void Check(IReadOnlyList<Jurisdiction> jurisdictions, IReadOnlyList<Provision> provisions, Problems problems)
    {
        foreach (var jurisdiction in jurisdictions.Where(j => !j.IsEverywhere))
        {
            CheckLawOf(jurisdiction, jurisdiction.SendLaw, "send_law", jurisdictions, problems);
            CheckLawOf(jurisdiction, jurisdiction.ProcessLaw, "process_law", jurisdictions, problems);
            foreach (var key in Enum.GetValues<Key>())
            {
                var own = key == Key.Send ? jurisdiction.SendLaw : jurisdiction.ProcessLaw;
                if (own == jurisdiction.Id)
                    CheckKey(jurisdiction, key, provisions, problems);
            }
        }
    }

    static void CheckLawOf(Jurisdiction jurisdiction, string law, string key, IReadOnlyList<Jurisdiction> jurisdictions, Problems problems)
    {
        if (jurisdictions.All(j => j.Id != law))
            problems.Add(jurisdiction.Place, $"`{key}: {law}`: no such jurisdiction");
    }

    static void CheckKey(Jurisdiction jurisdiction, Key key, IReadOnlyList<Provision> provisions, Problems problems)
    {
        var covering = provisions
            .Where(p =>
                p.Jurisdiction == jurisdiction.Id
                && p.Key == key
                && p.Kind is ProvisionKind.Prohibition or ProvisionKind.NoRule
                && p.AddedBy is null
            )
            .ToList();
        foreach (var channel in Words.Channels)
        {
            var entries = covering.Where(p => p.Channels.Contains(channel)).OrderBy(p => p.InForce.From).ToList();
            if (entries.Count == 0)
            {
                problems.Add(
                    jurisdiction.Place,
                    $"{key.Word()} key, {channel}: no provision and no no-rule entry",
                    "add a provision that governs it, or a cited `kind: no-rule`"
                );
                continue;
            }
            DateOnly? covered = entries[0].InForce.From;
            foreach (var entry in entries)
            {
                if (covered is { } end && entry.InForce.From > end)
                    problems.Add(
                        entry.Place,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{key.Word()} key, {channel}: a gap from {end:yyyy-MM-dd} until " + $"{entry.InForce.From:yyyy-MM-dd}"
                        )
                    );
                if (covered is not null)
                    covered =
                        entry.InForce.Until is null ? null
                        : entry.InForce.Until > covered ? entry.InForce.Until
                        : covered;
                foreach (
                    var other in entries.Where(other =>
                        other.Kind == ProvisionKind.NoRule
                        && entry.Kind == ProvisionKind.Prohibition
                        && Overlap(other.InForce, entry.InForce)
                    )
                )
                    problems.Add(other.Place, $"{channel}: says that there is no rule while {entry.Id} is in force");
            }
            if (covered is { } last)
                problems.Add(
                    jurisdiction.Place,
                    string.Create(CultureInfo.InvariantCulture, $"{key.Word()} key, {channel}: nothing in force from {last:yyyy-MM-dd}")
                );
        }
    }

    static bool Overlap(InForce one, InForce other) =>
        (one.Until is null || other.From < one.Until) && (other.Until is null || one.From < other.Until);
}
