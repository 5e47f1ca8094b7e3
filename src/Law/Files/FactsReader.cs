using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>
/// Reads facts out of YAML: <c>message</c>, <c>sender</c> and <c>recipient</c> as maps, <c>collections</c>, <c>consents</c>,
/// <c>refusals</c>, <c>checks</c> and <c>assessments</c> as lists of maps. Case files, <c>maysend ask --facts</c> and tests use the same
/// form.
/// </summary>
public static class FactsReader
{
    static readonly (string Word, Scope Kind)[] Lists =
    [
        ("collections", Scope.Collection),
        ("consents", Scope.Consent),
        ("refusals", Scope.Refusal),
        ("checks", Scope.Check),
        ("assessments", Scope.Assessment),
    ];

    /// <summary>Reads facts onto a draft: what is named is set, records are added.</summary>
    public static void ReadInto(FactsDraft draft, MapReader map, Problems problems)
    {
        foreach (var scope in new[] { Scope.Message, Scope.Sender, Scope.Recipient })
        foreach (var (name, value) in map.Entries(scope.Word()))
            Set(draft.Of(scope)[0], name, value, problems);
        foreach (var (word, kind) in Lists)
        foreach (var item in map.Items(word))
            draft.Add(Record(kind, item, problems));
    }

    /// <summary>
    /// Sets facts by full name, <c>collection.refusal-offered: no</c>, on every record of the kind; a blank takes the value away.
    /// </summary>
    public static void Change(FactsDraft draft, IEnumerable<(YamlText Key, YamlTree Value)> changes, Problems problems)
    {
        foreach (var (name, node) in changes)
        {
            if (Vocabulary.Find(name.Text) is not { } fact)
                problems.Add(name.Place, $"unknown fact `{name.Text}`", Near(name.Text));
            else if (DayOfSending.Derives(fact))
                problems.Add(name.Place, Derived(fact), "set message.day");
            else if (Value(fact, node, problems) is { } value && !draft.Set(fact, value))
                problems.Add(name.Place, $"there is no {fact.Scope.Word()} to change");
        }
    }

    /// <summary>The kind of record that a list is named after, or null.</summary>
    public static Scope? KindOf(string list) => Lists.Where(pair => pair.Word == list).Select(pair => (Scope?)pair.Kind).FirstOrDefault();

    static FactSheet Record(Scope kind, YamlTree node, Problems problems)
    {
        var map = MapReader.Open(node, problems);
        var record = new FactSheet(kind, map.OptionalText("id") ?? "");
        foreach (var (name, value) in map.AllEntries().Where(entry => entry.Key.Text != "id"))
            Set(record, name, value, problems);
        return record;
    }

    static void Set(FactSheet sheet, YamlText name, YamlTree node, Problems problems)
    {
        if (Vocabulary.Find(sheet.Scope, name.Text) is not { } fact)
            problems.Add(name.Place, $"unknown fact `{sheet.Scope.Word()}.{name.Text}`", Near($"{sheet.Scope.Word()}.{name.Text}"));
        else if (DayOfSending.Derives(fact))
            problems.Add(name.Place, Derived(fact), "set message.day");
        else if (Value(fact, node, problems) is { } value)
        {
            sheet[fact] = value;
            if (fact == Message.Channel && node is YamlText { Text: var spelt } && ChannelNames.Find(spelt.Trim()) is { } called)
                sheet[Calling.CarriedAs] = FactValue.OfName(called.Name);
        }
    }

    static FactValue? Value(Fact fact, YamlTree node, Problems problems)
    {
        if (node is YamlList { Items.Count: 0 } && fact is SetFact { None: { } none })
            return FactValue.OfSet(none);
        var text = node switch
        {
            YamlText scalar => scalar.Text,
            YamlList list when fact is SetFact && list.Items.All(item => item is YamlText) => string.Join(
                ' ',
                list.Items.Cast<YamlText>().Select(item => item.Text)
            ),
            _ => null,
        };
        if (text is null)
        {
            problems.Add(node.Place, $"{fact.Name} takes {fact.Form}");
            return null;
        }
        if (fact.TryRead(text, out var value, out var problem))
            return value;
        problems.Add(node.Place, $"{fact.Name}: {problem}");
        return null;
    }

    static string Derived(Fact fact) => $"{fact.Name} follows from message.day and is not stated";

    static string? Near(string name)
    {
        var scope = name.Split('.')[0];
        var known = Vocabulary.All.Where(fact => fact.Scope.Word() == scope).Select(fact => fact.LocalName);
        return known.Any()
            ? $"facts of a {scope}: {string.Join(", ", known)}"
            : $"a fact begins with one of {string.Join(", ", Enum.GetValues<Scope>().Select(s => s.Word()))}";
    }
}
