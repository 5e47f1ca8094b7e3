using System.Collections.Immutable;
using System.Globalization;
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
        // One that bears no name must not replace another: of several about one thing the later signature decides.
        var unnamed = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in map.Items("statements"))
            yield return Statement(id, MapReader.Open(node, problems), unnamed);
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

    static StatementSigned Statement(string sender, MapReader map, Dictionary<string, int> unnamed)
    {
        var says = map.Text("says");
        if (says.Length > 0 && !Kinds.ContainsKey(says))
            map.Problem("says", $"`{says}` is not a statement", $"one of {string.Join(", ", Kinds.Keys)}");
        var statement = new StatementSigned(map.OptionalText("id") ?? Numbered(says, unnamed), sender, Kinds.GetValueOrDefault(says))
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

    /// <summary>The first is called by what it says, the others <c>sends-complete (2)</c>.</summary>
    static string Numbered(string says, Dictionary<string, int> unnamed)
    {
        var number = unnamed[says] = unnamed.GetValueOrDefault(says) + 1;
        return number == 1 ? says : string.Create(CultureInfo.InvariantCulture, $"{says} ({number})");
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
