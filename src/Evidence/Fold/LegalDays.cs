using System.Collections.Frozen;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Days as the law of a person's country counts them: a sale at half past midnight in Berlin was made the day before in London (design §8:
/// days are in the instrument's zone). Which of two moments came first does not depend on it. Immutable.
/// </summary>
public sealed class LegalDays
{
    readonly FrozenDictionary<string, ZoneDays> zones;

    LegalDays(IEnumerable<KeyValuePair<string, ZoneDays>> zones) => this.zones = zones.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The days in the offset in which each moment was written, wherever the person is.</summary>
    public static LegalDays AsWritten { get; } = new([]);

    /// <summary>The days of each country in the zone its law names.</summary>
    public static LegalDays Of(LawBook law) =>
        new(
            law.Jurisdictions.Where(place => place.Zone.Length > 0)
                .Select(place => KeyValuePair.Create(place.Id, new ZoneDays(TimeZoneInfo.FindSystemTimeZoneById(place.Zone))))
        );

    /// <summary>
    /// What is on record, each moment with its day where the person is; as written where no source or more than one country is named. The
    /// same list where nothing changes.
    /// </summary>
    public IReadOnlyList<ContactEntry> Of(IReadOnlyList<ContactEntry> entries)
    {
        if (zones.Count == 0 || ZoneOf(entries) is not { } zone)
            return entries;
        ContactEntry[]? changed = null;
        for (var i = 0; i < entries.Count; i++)
            if (In(zone, entries[i]) is var entry && !ReferenceEquals(entry, entries[i]))
                (changed ??= [.. entries])[i] = entry;
        return changed ?? entries;
    }

    static ContactEntry In(ZoneDays zone, ContactEntry entry)
    {
        var when = entry.When.In(zone);
        if (entry is ConsentAnswered answer && (answer.Confirmed ?? answer.Withdrawn ?? answer.Renewed) is not null)
            return answer with
            {
                When = when,
                Confirmed = answer.Confirmed?.In(zone),
                Withdrawn = answer.Withdrawn?.In(zone),
                Renewed = answer.Renewed?.In(zone),
            };
        return when.Day == entry.When.Day ? entry : entry with { When = when };
    }

    ZoneDays? ZoneOf(IReadOnlyList<ContactEntry> entries)
    {
        string? country = null;
        for (var i = 0; i < entries.Count; i++)
        {
            var named = entries[i] switch
            {
                DetailsStated stated => stated.Countries,
                DetailsCollected collected => collected.Countries,
                _ => null,
            };
            if (named is null or { IsEverything: true } or { IsEmpty: true })
                continue;
            foreach (var name in named.Names)
                if (country is null)
                    country = name;
                else if (country != name)
                    return null;
        }
        return country is null ? null : zones.GetValueOrDefault(country);
    }
}
