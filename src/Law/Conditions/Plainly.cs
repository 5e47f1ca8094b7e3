using System.Collections.Frozen;
using System.Text;
using MaySend.Law.Formulas;
using MaySend.Reading;

namespace MaySend.Law.Conditions;

/// <summary>
/// A condition in everyday words, for the reader of a list who is no lawyer; the condition's own sentences serve whoever opens the limbs.
/// Read once from the resource <c>plainly.yaml</c>. Sentences hold the same places as those of <see cref="Condition"/> and end without a
/// full stop.
/// </summary>
/// <param name="Open">Said when nothing on record shows it either way.</param>
/// <param name="No">Said when it is what stands in the way.</param>
/// <param name="StandsInTheWay">The condition keeps a message back when it is met, as an opt-out does.</param>
public sealed record Plainly(string Open, string No, bool StandsInTheWay)
{
    static readonly IReadOnlyDictionary<string, bool> Yes = new Dictionary<string, bool> { ["yes"] = true };
    static readonly FrozenDictionary<string, Plainly> All = Load();

    /// <summary>The everyday words of a condition; every condition of the book has some.</summary>
    public static Plainly Of(Condition condition) => All[condition.Name];

    /// <summary>What is named here; not in the book of conditions is a mistake that a test finds.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>
    /// The sentence for a limb that falls short; null where the rule uses the condition the other way round, so that these words would say
    /// the contrary.
    /// </summary>
    /// <param name="truth">The condition's own truth.</param>
    /// <param name="keepsBackIf">Which truth of the condition keeps the message back there.</param>
    public string? Sentence(Truth truth, Truth keepsBackIf) =>
        truth == Truth.NotEvidenced ? Open
        : truth == keepsBackIf && truth == (StandsInTheWay ? Truth.Satisfied : Truth.NotSatisfied) ? No
        : null;

    static FrozenDictionary<string, Plainly> Load()
    {
        const string File = "plainly.yaml";
        var problems = new Problems();
        using var stream = typeof(Plainly).Assembly.GetManifestResourceStream($"MaySend.Law.Conditions.{File}")!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        var root = MapReader.Open(YamlTree.Read(text, File, problems), problems, new Place(File));
        var read = root.AllEntries().ToFrozenDictionary(entry => entry.Key.Text, entry => Read(MapReader.Open(entry.Value, problems)));
        problems.ThrowIfAny();
        return read;
    }

    static Plainly Read(MapReader map)
    {
        var one = new Plainly(map.Text("open"), map.Text("no"), map.Word("against", Yes, false));
        map.Done();
        return one;
    }
}
