using System.Globalization;
using System.Text;

namespace MaySend.Decisions;

/// <summary>The explanation as text that fits a terminal: the verdict, each key with the provisions that bear on it, limbs of the grounds that matter, remedies.</summary>
public static class ExplanationText
{
    const int Width = 80;

    /// <summary>Writes it.</summary>
    /// <param name="explanation">What to write.</param>
    /// <param name="isFull">Also the grounds that did not come nearest and the provisions that do not stand in the way.</param>
    public static string Write(Explanation explanation, bool isFull = false)
    {
        var text = new StringBuilder();
        var word = explanation.Verdict switch { "permitted" => "PERMITTED - may be sent", "refused" => "REFUSED - do not send", _ => "NOT SHOWN - do not send" };
        text.Append(CultureInfo.InvariantCulture, $"{word}\n");
        text.Append(CultureInfo.InvariantCulture, $"{explanation.Recipient} · {explanation.Campaign} · {explanation.Channel} · {string.Join(' ', explanation.Jurisdictions)} · {explanation.Day:d MMM yyyy} · law {explanation.Law}");
        if (explanation.Evidence is not null) text.Append(CultureInfo.InvariantCulture, $" · {explanation.Evidence}");
        text.Append('\n');
        foreach (var key in explanation.Keys) WriteKey(text, key, isFull);
        foreach (var separate in explanation.Separate.Where(s => isFull || s.Verdict != "permitted"))
            Wrap(text, $"  beside   {Mark(separate.Verdict)}  ", $"{separate.ShortName}: {separate.Summary}");
        if (explanation.PolicyMattered.Count > 0) Wrap(text, "  policy   ", $"house policy mattered: {string.Join(", ", explanation.PolicyMattered)}; the law as read would give another answer");
        if (explanation.LowConfidence.Count > 0) Wrap(text, "  note     ", $"low confidence, not confirmed by a lawyer: {string.Join(", ", explanation.LowConfidence)}");
        foreach (var remedy in explanation.Remedies) Wrap(text, "  -> ", remedy);
        return text.ToString();
    }

    static void WriteKey(StringBuilder text, KeyExplanation key, bool isFull)
    {
        var label = $"  {key.Key,-8} ";
        var shown = key.Elements.Where(element => isFull || element.Clear != "yes" || Matters(element)).ToList();
        if (shown.Count == 0) text.Append(CultureInfo.InvariantCulture, $"{label}{Mark(key.Verdict)}  nothing forbids it\n");
        foreach (var element in shown)
        {
            Wrap(text, $"{label}{Pad(element.Clear)}  ", element.Summary);
            label = "           ";
            foreach (var ground in Grounds(element, isFull)) WriteGround(text, element, ground, isFull);
        }
    }

    /// <summary>A prohibition that a ground lifts matters as much as one that stands.</summary>
    static bool Matters(ElementExplanation element) => element.Kind == "prohibition" && element.Grounds.Count > 0;

    static IEnumerable<GroundExplanation> Grounds(ElementExplanation element, bool isFull) =>
        element.Kind != "prohibition" ? element.Clear == "yes" && !isFull ? [] : element.Grounds
        : element.Clear == "yes" && !isFull ? element.Grounds.Where(ground => ground.Met == "yes").Take(1)
        : element.Grounds;

    static void WriteGround(StringBuilder text, ElementExplanation element, GroundExplanation ground, bool isFull)
    {
        if (element.Kind == "prohibition") Wrap(text, $"             {Pad(ground.Met)}  ", $"{ground.Name.Replace('-', ' ')}, {ground.Cite}: {ground.Summary}");
        var nearest = element.Grounds.Where(g => g.Limbs.Count > 0).MinBy(g => g.Limbs.Count(limb => limb.Met != "yes"));
        if (!isFull && element.Clear != "yes" && element.Kind == "prohibition" && ground != nearest) return;
        foreach (var limb in ground.Limbs.Where(limb => isFull || element.Clear != "yes" || element.Kind == "prohibition"))
        {
            Wrap(text, $"                  {Pad(limb.Met)}  ", $"{limb.Cite}: {limb.Sentence}{(limb.Authority is "statute" ? "" : $" [{limb.Authority}]")}");
        }
    }

    static string Mark(string verdict) => verdict switch { "permitted" => "yes", "refused" => "no ", _ => "?  " };

    static string Pad(string met) => met.PadRight(3);

    /// <summary>Writes a line, broken at spaces so that it fits, with later lines under the first one's text.</summary>
    static void Wrap(StringBuilder text, string head, string body)
    {
        var line = new StringBuilder(head);
        foreach (var word in body.Split(' '))
        {
            if (line.Length + word.Length + 1 > Width && line.Length > head.Length)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', head.Length);
            }
            line.Append(word).Append(' ');
        }
        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
