using System.CommandLine;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.LawPages;
using MaySend.Reading;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend law script</c> and <c>maysend law registers</c>: what people who call need from the law.</summary>
static class LawCalls
{
    public static Command MakeScript(TimeProvider time)
    {
        var country = new Option<string>("--country") { Description = "whose law: fr, France", Required = true };
        var channel = new Option<string>("--channel")
        {
            Description = "live-call, automated-call or artificial-voice-call",
            DefaultValueFactory = _ => "live-call",
        };
        channel.AcceptOnlyFromAmong([.. Words.Calls]);
        var on = Inputs.Day("--on", "the day whose law is read; today without it");
        var folder = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command("script", "What to do before a call and what to say on it in one country, from the law files.")
        {
            country,
            channel,
            on,
            folder,
            json,
        };
        command.SetAction(parsed =>
        {
            var law = Home.ReadLaw(parsed.GetValue(folder));
            var script = CallScript.Of(
                law,
                LawLookup.Jurisdiction(law, parsed.GetValue(country)!),
                parsed.GetValue(channel)!,
                parsed.GetValue(on) ?? LawCommand.Today(time)
            );
            if (parsed.GetValue(json))
                Console.WriteLine(LawJson.Write(script));
            else
                Write(script);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command MakeRegisters(TimeProvider time)
    {
        var country = new Option<string?>("--country") { Description = "only those that one country's law asks for" };
        var on = Inputs.Day("--on", "the day whose law is read; today without it");
        var folder = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command("registers", "The registers that the law asks you to check, and how old a check may be.")
        {
            country,
            on,
            folder,
            json,
        };
        command.SetAction(parsed =>
        {
            var law = Home.ReadLaw(parsed.GetValue(folder));
            var day = parsed.GetValue(on) ?? LawCommand.Today(time);
            var of = parsed.GetValue(country) is { } name ? LawLookup.Jurisdiction(law, name).SendLaw : null;
            var rows = RegisterTable.Of(law, day, of);
            if (parsed.GetValue(json))
                Console.WriteLine(LawJson.Write(rows));
            else
                Write(rows, day);
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(CallScript script)
    {
        TerminalText.Heading($"{script.Country}, {script.Channel}, law of {LawShow.Day(script.Day)}");
        Part("Before you dial", script.Before);
        Part("On the line", script.Say);
        Part("Afterwards", script.Afterwards);
        TerminalText.Write("", "`maysend ask` and `maysend screen` say whether a person may be called at all. Not legal advice.", "grey");
    }

    static void Part(string title, IReadOnlyList<ScriptLine> lines)
    {
        TerminalText.Write("", title, "bold");
        if (lines.Count == 0)
            TerminalText.Write("  ", "nothing in the law on file");
        foreach (var line in lines)
        {
            TerminalText.Write("  [ ] ", line.Text);
            TerminalText.Write("      ", line.Cite, "grey");
        }
        TerminalText.Blank();
    }

    static void Write(IReadOnlyList<RegisterRow> rows, DateOnly day)
    {
        TerminalText.Heading($"Registers that the law asks you to check, {LawShow.Day(day)}");
        foreach (var row in rows)
        {
            TerminalText.Write("", $"{row.Register.Id}  {row.Register.Name}", "bold");
            var channels = string.Join(' ', row.Register.Channels);
            TerminalText.Write("  ", $"{channels} · kept by {row.Register.KeptBy} · {row.Register.Url}", "grey");
            foreach (var use in row.Uses)
                TerminalText.Write("  ", $"{use.ShortName}: a look-up {(use.Age.Length > 0 ? use.Age : "of any age")}");
        }
    }
}
