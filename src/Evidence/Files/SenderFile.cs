using System.Collections.Immutable;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>Reads <c>sender.yaml</c>: the legal entity, its signed statements and house policy.</summary>
static class SenderFile
{
    static readonly IReadOnlyDictionary<string, StatementKind> Kinds = new Dictionary<string, StatementKind>
    {
        ["offers-to-children"] = StatementKind.OffersToChildren,
        ["refusals-complete"] = StatementKind.RefusalsComplete,
        ["marketing-only-through-templates"] = StatementKind.MarketingOnlyThroughTemplates,
        ["sends-complete"] = StatementKind.SendsComplete,
    };

    static readonly IReadOnlyDictionary<string, bool> OnOff = new Dictionary<string, bool> { ["on"] = true, ["off"] = false };

    public static IEnumerable<ControllerEntry> Read(MapReader map, Problems problems)
    {
        var id = map.Text("sender");
        var establishment = map.Text("establishment");
        if (!CountryNames.TryRead(establishment, out var country) || country.Names.Length != 1)
            map.Problem("establishment", $"`{establishment}` is not a country");
        yield return new SenderDeclared(id)
        {
            Name = map.OptionalText("name") ?? id,
            Establishment = country?.Names.FirstOrDefault(),
            StatutoryCharity = FileValues.Flag(map, "statutory_charity"),
            AuthorisedForPensions = FileValues.Flag(map, "authorised_for_pensions"),
            Brands = FileValues.Names(map, "brands"),
            Topics = FileValues.Names(map, "topics"),
            RetiredTopics = FileValues.Names(map, "retired_topics"),
            Signature = FileValues.Signature(map),
            Trade = FileValues.Word(map, "trade", Calling.Trade),
        };
        foreach (var node in map.Items("statements"))
            yield return Statement(id, MapReader.Open(node, problems));
        // `signed` stands among the switches, as everything signed has it beside what it signs.
        var policy = map.Entries("policy").ToList();
        var signature = policy.Any(entry => entry.Key.Text == "signed")
            ? FileValues.ReadSignature(MapReader.Open(policy.First(entry => entry.Key.Text == "signed").Value, problems))
            : null;
        var switches = policy
            .Where(entry => entry.Key.Text != "signed" && IsSwitch(entry.Key, problems))
            .Select(entry =>
                (
                    entry.Key.Text,
                    IsOn: entry.Value is YamlText text && OnOff.TryGetValue(text.Text, out var isOn) ? isOn : Wrong(entry.Value, problems)
                )
            )
            .ToImmutableDictionary(entry => entry.Text, entry => entry.IsOn);
        if (!switches.IsEmpty)
            yield return new PolicySet("policy", switches, signature);
    }

    static StatementSigned Statement(string sender, MapReader map)
    {
        var says = map.Text("says");
        if (says.Length > 0 && !Kinds.ContainsKey(says))
            map.Problem("says", $"`{says}` is not a statement", $"one of {string.Join(", ", Kinds.Keys)}");
        var statement = new StatementSigned(map.OptionalText("id") ?? says, sender, Kinds.GetValueOrDefault(says))
        {
            // Left out, it is neither yes nor no.
            Answer = FileValues.Flag(map, "answer"),
            Channels = FileValues.Words(map, "channels", Words.Channels) ?? NameSet.Everything,
            Since = map.Day("since") ?? DateOnly.MinValue,
            Until = map.Day("until"),
            Signature = FileValues.Signature(map),
        };
        if (statement.Channels.IsEmpty)
            map.Problem("channels", "names no channel", "leave the line out for every channel");
        map.Done();
        return statement;
    }

    static bool IsSwitch(YamlText key, Problems problems)
    {
        if (HousePolicy.IsSwitch(key.Text))
            return true;
        problems.Add(
            key.Place,
            $"`{key.Text}` is not a switch of house policy",
            $"one of {string.Join(", ", HousePolicy.Switches.Select(s => s.Name))}"
        );
        return false;
    }

    static bool Wrong(YamlTree node, Problems problems)
    {
        problems.Add(node.Place, "must be on or off");
        return true;
    }
}
