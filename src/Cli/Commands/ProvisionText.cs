using MaySend.LawPages;

namespace MaySend.Cli.Commands;

/// <summary>
/// Writes one provision for people: what it says, when it applies, the grounds with their conditions, what they cannot do.
/// </summary>
static class ProvisionText
{
    public static void Write(ProvisionView provision)
    {
        TerminalText.Write("", $"{provision.ShortName} · {provision.Title}", "bold");
        TerminalText.Write("  ", $"{Kind(provision.Kind)}: {provision.Says}");
        TerminalText.Write("  in force     ", Period(provision));
        TerminalText.Write("  channels     ", string.Join(", ", provision.Channels));
        TerminalText.Write(
            "  source       ",
            $"{provision.Url}{(provision.ReadOn is { } read ? $" (read {LawShow.Day(read)})" : " (not read)")}",
            "grey"
        );
        TerminalText.Write("  file         ", $"law/{provision.Id}.yaml", "grey");
        TerminalText.Write(
            "  confidence   ",
            $"{provision.Confidence}{(provision.Reviewed is { } by ? $"; reviewed by {by}" : "; not reviewed by a lawyer")}",
            LawCommand.Colour(provision.Confidence)
        );
        if (provision.AddedBy is { } policy)
            TerminalText.Write("  only with    ", $"the house policy switch {policy}");
        if (provision.Note is { } note)
            TerminalText.Write("  note         ", note, "grey");
        if (provision.Applies is { } applies)
        {
            TerminalText.Write("  applies when ", Said(provision.AppliesSays, provision.AppliesCite));
            Clause(applies, "    ", provision.AppliesCite ?? provision.Cite);
        }
        foreach (var ground in provision.Grounds)
            Write(ground, provision.Cite);
        if (provision.Body is { } body)
        {
            TerminalText.Write(provision.Kind == "bar" ? "  holds when   " : "  met when     ", Said(provision.BodySays, null));
            Clause(body, "    ", provision.Cite);
        }
        TerminalText.Blank();
    }

    static void Write(GroundView ground, string provisionCite)
    {
        TerminalText.Write(
            "  ground       ",
            $"{ground.Name.Replace('-', ' ')} · {ground.Cite}{Marks(ground.Authority, ground.Confidence, null)}",
            "bold"
        );
        TerminalText.Write("    ", ground.Says);
        if (Days(ground.Since, ground.Until, ground.KnownFrom) is { } days)
            TerminalText.Write("    ", days, "grey");
        TerminalText.Write("    ", ground.RestsOn == "consent" ? "rests on consent" : "an exception: no consent is needed", "grey");
        if (ground.DroppedBy is { } policy)
            TerminalText.Write("    ", $"left out by the house policy switch {policy}", "grey");
        if (ground.Note is { } note)
            TerminalText.Write("    ", $"note: {note}", "grey");
        if (ground.Clause is { } clause)
            Clause(clause, "    ", ground.Cite.Length > 0 ? ground.Cite : provisionCite);
        foreach (var cannot in ground.Cannot)
            TerminalText.Write("    cannot ", cannot, labelStyle: "red");
    }

    /// <summary>Writes a clause; a cite that is the whole's own is not said again.</summary>
    public static void Clause(ClauseView clause, string indent, string cite, bool withEvidence = false)
    {
        if (clause.Limb is { } limb)
        {
            Limb(limb, indent, cite, withEvidence);
            return;
        }
        if (clause.Intro is { } intro)
        {
            TerminalText.Write($"{indent}", intro, "italic");
            indent = $"{indent}  ";
        }
        foreach (var part in clause.Parts)
            Clause(part, indent, cite, withEvidence);
    }

    static void Limb(LimbView limb, string indent, string cite, bool withEvidence)
    {
        var added = limb.Added is { } with ? $" [{with}]" : "";
        TerminalText.Write(
            $"{indent}- ",
            $"{limb.Sentence}{added}{(limb.Cite == cite ? "" : $" · {limb.Cite}")}{Marks(limb.Authority, limb.Confidence, limb.AddedBy)}"
        );
        if (Days(limb.Since, limb.Until, limb.KnownFrom) is { } days)
            TerminalText.Write($"{indent}  ", days, "grey");
        if (limb.Note is { } note)
            TerminalText.Write($"{indent}  ", note, "grey");
        if (withEvidence)
            TerminalText.Write($"{indent}  -> ", limb.Evidence, labelStyle: "green");
    }

    /// <summary>What is not plain statute of high confidence says so.</summary>
    static string Marks(string authority, string confidence, string? addedBy)
    {
        var marks = new[]
        {
            authority == "statute" ? "" : authority,
            confidence == "high" ? "" : $"confidence {confidence}",
            addedBy is null ? "" : $"house policy {addedBy}",
        };
        return string.Join("", marks.Where(mark => mark.Length > 0).Select(mark => $" [{mark}]"));
    }

    static string Kind(string kind) =>
        kind switch
        {
            "prohibition" => "forbids, unless a ground is shown",
            "bar" => "forbids outright",
            "duty" => "requires something, whatever the ground",
            "no-rule" => "does not govern this",
            _ => "a separate permission that never blocks the send",
        };

    static string Period(ProvisionView provision)
    {
        var end = provision.Until is { } until ? $", until the day before {LawShow.Day(until)}" : "";
        var reading = provision.KnownFrom is { } known ? $"; known since {LawShow.Day(known)}" : "";
        return $"since {LawShow.Day(provision.From)}{end}{reading}";
    }

    static string? Days(DateOnly? since, DateOnly? until, DateOnly? known)
    {
        var parts = new[]
        {
            since is { } s ? $"since {LawShow.Day(s)}" : "",
            until is { } u ? $"until the day before {LawShow.Day(u)}" : "",
            known is { } k ? $"this reading has been known since {LawShow.Day(k)}" : "",
        };
        var said = string.Join(", ", parts.Where(part => part.Length > 0));
        return said.Length == 0 ? null : said;
    }

    static string Said(string? says, string? cite) => $"{says ?? "all of this is so"}{(string.IsNullOrEmpty(cite) ? "" : $" · {cite}")}";
}
