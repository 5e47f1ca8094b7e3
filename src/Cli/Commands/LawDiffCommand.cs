using System.CommandLine;
using MaySend.Law;
using MaySend.Law.Provisions;
using MaySend.LawPages;
using MaySend.Reading;
using MaySend.Screening;

namespace MaySend.Cli.Commands;

/// <summary>What <c>maysend law diff</c> found.</summary>
/// <param name="From">The earlier day.</param>
/// <param name="To">The later day.</param>
/// <param name="Changes">What changed in the law.</param>
/// <param name="Audience">What it does to an audience; null where none was given.</param>
sealed record LawDiffReport(DateOnly From, DateOnly To, IReadOnlyList<LawChange> Changes, LawFlips? Audience);

/// <summary><c>maysend law diff</c>: what changed in the law between two days, and who of an audience flips.</summary>
static class LawDiffCommand
{
    public static Command Make()
    {
        var from = Inputs.Day("--from", "the earlier day");
        var to = Inputs.Day("--to", "the later day");
        from.Required = to.Required = true;
        var country = new Option<string?>("--country") { Description = "only changes that affect people in this country" };
        var both = Inputs.In();
        var sender = Inputs.Sender();
        var campaign = Inputs.Campaign();
        var audience = Inputs.Audience();
        var zone = Inputs.Zone();
        var folder = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command("diff", "What changed in the law between two days; with an audience, who flips.")
        {
            from,
            to,
            country,
            both,
            sender,
            audience,
            campaign,
            zone,
            folder,
            json,
        };
        command.SetAction(parsed =>
        {
            var law = Home.ReadLaw(parsed.GetValue(folder));
            var (first, last) = (parsed.GetValue(from)!.Value, parsed.GetValue(to)!.Value);
            if (last < first)
                throw new BadInputException(new Place("--to"), $"{last:yyyy-MM-dd} is before --from {first:yyyy-MM-dd}");
            var jurisdiction = parsed.GetValue(country) is { } name ? LawLookup.Jurisdiction(law, name) : null;
            var flips =
                parsed.GetValue(campaign) is { } path
                    ? Flips(
                        law,
                        AskCommand.Need(parsed.GetValue(sender) ?? parsed.GetValue(both), "--in or --sender"),
                        path,
                        AskCommand.Need(parsed.GetValue(audience) ?? parsed.GetValue(both), "--in or --audience"),
                        Inputs.ReadZone(parsed.GetValue(zone)),
                        first,
                        last
                    )
                : parsed.GetValue(audience) is null && parsed.GetValue(both) is null ? null
                : throw new BadInputException(
                    new Place("--campaign"),
                    "to compare an audience, name the campaign",
                    "--campaign FILE or NAME"
                );
            Write(new LawDiffReport(first, last, LawDiff.Between(law, first, last, jurisdiction), flips), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    static LawFlips Flips(
        LawBook law,
        string sender,
        string campaignPath,
        string audienceFolder,
        TimeZoneInfo? zone,
        DateOnly from,
        DateOnly to
    )
    {
        var (controller, campaign) = Inputs.ReadSender(sender, campaignPath);
        using var audience = Inputs.OpenAudience(audienceFolder, zone);
        return LawFlips.Between(law, controller, campaign, audience.People(), from, to);
    }

    static void Write(LawDiffReport report, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(LawJson.Write(report));
            return;
        }
        TerminalText.Heading($"What changed in the law after {LawShow.Day(report.From)}, up to {LawShow.Day(report.To)}");
        if (report.Changes.Count == 0)
            TerminalText.Write("", "nothing on file changed");
        DateOnly? day = null;
        foreach (var change in report.Changes)
        {
            if (change.Day != day)
                TerminalText.Write("", LawShow.Day(change.Day), "bold");
            day = change.Day;
            var (sign, colour) = change.How switch
            {
                "begins" => ("  + ", "green"),
                "ends" => ("  - ", "red"),
                _ => ("  * ", "yellow"),
            };
            TerminalText.Write(
                sign,
                $"{change.What} {change.How.Replace('-', ' ')}: {change.Name.Replace('-', ' ')} · {change.Cite}",
                "bold",
                colour
            );
            TerminalText.Write("    ", change.Says);
            TerminalText.Write(
                "    ",
                $"{change.Key} key · law/{change.Id}{(change.Confidence == "high" ? "" : $" · confidence {change.Confidence}")}",
                "grey"
            );
            if (change.Note is { } note)
                TerminalText.Write("    ", note, "grey");
        }
        if (report.Audience is { } flips)
            Write(flips);
    }

    static void Write(LawFlips flips)
    {
        TerminalText.Blank();
        TerminalText.Write("", $"Who flips, of {Amount.Of(flips.People, "person", "people")} on the same facts", "bold");
        if (flips.Flips.Count == 0)
            TerminalText.Write("  ", "nobody");
        foreach (var flip in flips.Flips)
        {
            TerminalText.Write("  ", $"{flip.People} from {flip.From} to {flip.To}", flip.To == "permitted" ? "green" : "red");
            foreach (var address in flip.Addresses)
                TerminalText.Write("    ", address);
            if (flip.People > flip.Addresses.Count)
                TerminalText.Write("    ", $"and {flip.People - flip.Addresses.Count} more", "grey");
        }
    }
}
