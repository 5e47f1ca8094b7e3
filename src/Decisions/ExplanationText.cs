using System.Globalization;
using System.Text;
using MaySend.Law.Facts;

namespace MaySend.Decisions;

/// <summary>
/// The explanation as text that fits a terminal: the verdict, why in everyday words, each key with the ground it stands on or the one that
/// comes nearest, limb by limb; remedies.
/// </summary>
public static class ExplanationText
{
    const int Width = 80;

    /// <summary>Writes it.</summary>
    /// <param name="explanation">What to write.</param>
    /// <param name="isFull">Also the grounds that did not come nearest and the provisions that do not stand in the way.</param>
    public static string Write(Explanation explanation, bool isFull = false)
    {
        var text = new StringBuilder();
        var channel = ChannelWords.Of(explanation.Channel);
        var word = explanation.Verdict switch
        {
            "permitted" when explanation.Now?.Reasons.Contains(Sending.ChannelDoesNotReachIt) == true =>
                $"PERMITTED BUT OUT OF REACH - {channel.Leave}",
            "permitted" when explanation.Now is { Send: false } => $"PERMITTED FOR ITS DAY - {channel.Leave} now",
            "permitted" when explanation.IsReplayed => $"PERMITTED AS IT STOOD - {channel.Leave} by this",
            "permitted" => $"PERMITTED - {channel.ItMay}",
            "refused" => $"REFUSED - {channel.Leave}",
            _ => $"NOT SHOWN - {channel.Leave}",
        };
        text.Append(CultureInfo.InvariantCulture, $"{word}\n");
        Wrap(text, "", explanation.Plainly.Why);
        string?[] about =
        [
            explanation.Recipient,
            explanation.Campaign,
            explanation.Channel,
            string.Join(' ', explanation.Jurisdictions),
            explanation.Day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
            $"law {explanation.Law.Short}",
            explanation.Evidence,
        ];
        text.Append(CultureInfo.InvariantCulture, $"{string.Join(" · ", about.Where(part => !string.IsNullOrEmpty(part)))}\n");
        if (explanation.ChannelNote is { } note)
            Wrap(text, "  channel  ", note);
        foreach (var key in explanation.Keys)
            WriteKey(text, key, isFull);
        if (explanation.Now is { } now)
            Wrap(text, $"  now      {(now.Send ? "yes" : "no ")}  ", now.Says);
        if (explanation.Undeliverable is { } fails)
            Wrap(text, "  arrives  no   ", fails);
        foreach (var separate in explanation.Separate.Where(s => isFull || s.Verdict != "permitted"))
            Wrap(text, $"  beside   {Mark(separate.Verdict)}  ", $"{separate.ShortName}: {separate.Summary}");
        if (explanation.PolicyMattered.Count > 0)
            Wrap(
                text,
                "  policy   ",
                $"house policy mattered: {string.Join(", ", explanation.PolicyMattered)}; the law as read would give another answer"
            );
        if (explanation.LowConfidence.Count > 0)
            Wrap(text, "  note     ", $"low confidence, not confirmed by a lawyer: {string.Join(", ", explanation.LowConfidence)}");
        foreach (var remedy in explanation.Remedies)
            Wrap(text, "  -> ", remedy);
        if (explanation.Decision is not null)
            text.Append(CultureInfo.InvariantCulture, $"  decision {explanation.Decision}\n");
        return text.ToString();
    }

    static void WriteKey(StringBuilder text, KeyExplanation key, bool isFull)
    {
        var label = $"  {key.Key, -8} ";
        var shown = key.Elements.Where(element => isFull || element.Clear != "yes" || Matters(element)).ToList();
        if (shown.Count == 0)
            text.Append(CultureInfo.InvariantCulture, $"{label}{Mark(key.Verdict)}  nothing forbids it\n");
        foreach (var element in shown)
        {
            if (element.Clear == "yes" && !isFull)
                Wrap(text, $"{label}yes  ", Turned(element));
            else
                WriteElement(text, label, element, isFull);
            label = "           ";
        }
    }

    /// <summary>A prohibition that a ground lifts matters as much as one that stands.</summary>
    static bool Matters(ElementExplanation element) => element.Kind == "prohibition" && element.Grounds.Count > 0;

    static string Turned(ElementExplanation element)
    {
        var ground = element.Grounds.First(ground => ground.Met == "yes");
        return $"{element.ShortName}: {Words(ground.Name)}, {ground.Cite}, {ground.Summary}";
    }

    static void WriteElement(StringBuilder text, string label, ElementExplanation element, bool isFull)
    {
        Wrap(text, $"{label}{Pad(element.Clear)}  ", element.Summary);
        if (element.Kind != "prohibition" || isFull)
        {
            foreach (var ground in element.Grounds)
            {
                if (element.Kind == "prohibition")
                    Wrap(text, $"           {Pad(ground.Met)}  ", $"{Words(ground.Name)}, {ground.Cite}: {ground.Summary}");
                WriteLimbs(text, ground);
            }
            return;
        }
        var nearest = element.Nearest();
        foreach (var ground in element.Grounds.OrderByDescending(ground => ground == nearest))
        {
            var says = ground == nearest ? ground.Summary : ground.FirstFailing;
            Wrap(text, $"           {Pad(ground.Met)}  ", $"{Words(ground.Name)}, {ground.Cite}: {says}");
            if (ground == nearest)
                WriteLimbs(text, ground);
        }
    }

    static void WriteLimbs(StringBuilder text, GroundExplanation ground)
    {
        foreach (var limb in ground.Limbs)
            Wrap(
                text,
                $"             {Pad(limb.Met)}  ",
                $"{limb.Cite}: {limb.Sentence}{(limb.Authority is "statute" ? "" : $" [{limb.Authority}]")}"
            );
    }

    static string Words(string name) => name.Replace('-', ' ');

    static string Mark(string verdict) =>
        verdict switch
        {
            "permitted" => "yes",
            "refused" => "no ",
            _ => "?  ",
        };

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
