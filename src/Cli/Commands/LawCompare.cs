using System.CommandLine;
using MaySend.LawPages;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend law compare</c>: two grounds or lawful bases of one country side by side, out of the law files.</summary>
static class LawCompare
{
    public static Command Make(TimeProvider time)
    {
        var left = new Argument<string>("ground")
        {
            Description = "soft-opt-in, consent, legitimate-interests, contract ...; or provision#ground",
        };
        var right = new Argument<string>("other") { Description = "the ground to compare it with" };
        var country = new Option<string>("--country") { Description = "whose law", DefaultValueFactory = _ => "gb" };
        var on = Inputs.Day("--on", "the day whose law is read; today without it");
        var folder = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command(
            "compare",
            "Two grounds or lawful bases of a country side by side: which law, which question, conditions, evidence, limits."
        )
        {
            left,
            right,
            country,
            on,
            folder,
            json,
        };
        command.SetAction(parsed =>
        {
            var law = Home.ReadLaw(parsed.GetValue(folder));
            var jurisdiction = LawLookup.Jurisdiction(law, parsed.GetValue(country)!);
            var comparison = GroundComparison.Of(
                law,
                jurisdiction,
                parsed.GetValue(left)!,
                parsed.GetValue(right)!,
                parsed.GetValue(on) ?? LawCommand.Today(time)
            );
            if (parsed.GetValue(json))
                Console.WriteLine(LawJson.Write(comparison));
            else
                Write(comparison);
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(GroundComparison comparison)
    {
        var (left, right) = (comparison.Left, comparison.Right);
        TerminalText.Heading($"{Name(left)} and {Name(right)} · {comparison.Name} · {LawShow.Day(comparison.Day)}");
        TerminalText.Columns("", Name(left), Name(right), "bold");
        TerminalText.Columns("law", $"{left.Provision.ShortName}, {left.Ground.Cite}", $"{right.Provision.ShortName}, {right.Ground.Cite}");
        TerminalText.Columns("key", left.Provision.Key, right.Provision.Key);
        TerminalText.Columns("question", left.Question, right.Question);
        TerminalText.Columns("says", left.Ground.Says, right.Ground.Says);
        TerminalText.Columns("rests on", left.Ground.RestsOn, right.Ground.RestsOn);
        TerminalText.Columns(
            "marketing",
            left.CarriesMarketing ? "covers it" : "does not cover it",
            right.CarriesMarketing ? "covers it" : "does not cover it"
        );
        TerminalText.Columns("confidence", left.Ground.Confidence, right.Ground.Confidence);
        foreach (var side in new[] { left, right })
            Conditions(side);
        foreach (var side in new[] { left, right }.Where(side => side.Ground.Cannot.Count > 0))
        {
            TerminalText.Blank();
            TerminalText.Write("", $"What {Name(side)} cannot do", "bold");
            foreach (var cannot in side.Ground.Cannot)
                TerminalText.Write("  - ", cannot);
        }
        TerminalText.Blank();
        TerminalText.Write("", "Together", "bold");
        foreach (var sentence in comparison.Together)
            TerminalText.Write("  - ", sentence);
        TerminalText.Write("", "Paraphrase, not the text of the law; not legal advice. For newcomers: docs/two-keys.md", "grey");
    }

    static void Conditions(ComparedGround side)
    {
        TerminalText.Blank();
        TerminalText.Write("", $"What {Name(side)} asks for, and what proves it", "bold");
        if (side.Ground.Clause is { } clause)
            ProvisionText.Clause(clause, "  ", side.Ground.Cite, withEvidence: true);
    }

    static string Name(ComparedGround side) => side.Ground.Name.Replace('-', ' ');
}
