using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>
/// A law file must let people stop what it governs: where it forbids something, a request to stop must bar it on every channel, under the
/// same key.
/// </summary>
public static class StopBars
{
    /// <summary>Notes each jurisdiction, key and channel with a prohibition and without a bar on requests to stop.</summary>
    public static void Check(LawBook law, Problems problems)
    {
        foreach (var jurisdiction in law.Jurisdictions.Where(j => !j.IsEverywhere))
        foreach (var key in Enum.GetValues<Key>())
        {
            var own = law.Provisions.Where(p => p.Jurisdiction == jurisdiction.Id && p.Key == key && p.AddedBy is null).ToList();
            var barred = own.Where(p => p.Kind == ProvisionKind.Bar && AsksForRefusals(p)).SelectMany(p => p.Channels).ToHashSet();
            var open = own.Where(p => p.Kind == ProvisionKind.Prohibition).SelectMany(p => p.Channels).Distinct().Except(barred).ToList();
            if (open.Count > 0)
                problems.Add(
                    jurisdiction.Place,
                    $"{key.Word()} key, {string.Join(", ", open)}: no bar on requests to stop",
                    "add a `kind: bar` that holds when some refusal covers the message: a law without bars would permit people who refused"
                );
        }
    }

    static bool AsksForRefusals(Provision provision) =>
        provision.Body is { } body && FactsIn.Of(body).Any(fact => fact.Scope == Scope.Refusal);
}
