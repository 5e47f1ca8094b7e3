using System.CommandLine;
using MaySend.LawPages;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend law table</c> and <c>maysend law map</c>: all countries beside each other.</summary>
static class LawTableText
{
    public static Command Make(TimeProvider time)
    {
        var on = Inputs.Day("--on", "the day whose law is shown; today without it");
        var markdown = new Option<bool>("--markdown") { Description = "as the page docs/countries.md" };
        var folder = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command("table", "The rules for marketing email of every country, side by side.") { on, markdown, folder, json };
        command.SetAction(parsed =>
        {
            var table = CountryTable.Of(Home.ReadLaw(parsed.GetValue(folder)), parsed.GetValue(on) ?? LawCommand.Today(time));
            if (parsed.GetValue(json))
                Console.WriteLine(LawJson.Write(table));
            else if (parsed.GetValue(markdown))
                Console.Write(CountryMarkdown.Write(table));
            else
                Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command MakeMap(TimeProvider time)
    {
        var output = new Option<string>("--out") { Description = "the SVG file to write", Required = true };
        var by = new Option<string>("--by")
        {
            Description = "exception: how wide it is; confidence: how sure the law on file is",
            DefaultValueFactory = _ => "exception",
        };
        by.AcceptOnlyFromAmong("exception", "confidence");
        var on = Inputs.Day("--on", "the day whose law is shown; today without it");
        var folder = Inputs.LawFolder();
        var command = new Command("map", "The same as a map of Europe, an SVG file.") { output, by, on, folder };
        command.SetAction(parsed =>
        {
            var table = CountryTable.Of(Home.ReadLaw(parsed.GetValue(folder)), parsed.GetValue(on) ?? LawCommand.Today(time));
            var path = parsed.GetValue(output)!;
            DraftedText.Write(
                path,
                LawMap.Svg(table, parsed.GetValue(by) == "confidence" ? MapColouring.Confidence : MapColouring.Exception)
            );
            Console.WriteLine($"written to {Home.Shown(path)}");
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(CountryTable table)
    {
        TerminalText.Heading($"Marketing email to people and companies, law of {LawShow.Day(table.Day)}");
        Line("country", "own customers after", "by", "lasts", "info@", "named", "sure", "bold", "bold");
        foreach (var row in table.Rows)
            Line(
                row.Id.Length > 2 ? row.Id : $"{row.Id} {row.Name}",
                Width(row),
                string.Join(' ', row.Channels).Replace("direct-message", "dm", StringComparison.Ordinal),
                Short(row.TimeLimit),
                Short(row.CompanyMailbox),
                Short(row.NamedAtWork),
                row.Confidence == "medium" ? "med" : row.Confidence,
                row.Exception is null ? "red" : "",
                LawCommand.Colour(row.Confidence)
            );
        TerminalText.Blank();
        TerminalText.Write(
            "own customers  ",
            "may be written to without consent after this; `wider` also after other events (maysend law show)",
            "grey"
        );
        TerminalText.Write("by             ", "means of electronic mail; dm is a direct message", "grey");
        TerminalText.Write(
            "info@, named   ",
            "a company's general mailbox and a named employee, with no consent and no sale on record: free; list "
                + "(free if not in a register); job (free if about the job); person (as a person)",
            "grey"
        );
        TerminalText.Write(
            "registers      ",
            string.Join(
                ", ",
                table.Rows.Where(row => row.Registers.Count > 0).Select(row => $"{string.Join(", ", row.Registers)} ({row.Name})")
            )
        );
        TerminalText.Write("double opt-in  ", string.Join(", ", table.Rows.Where(row => row.AsksForDoubleOptIn).Select(row => row.Name)));
        TerminalText.Write(
            "",
            "Everywhere the process key must turn as well. One country: maysend law show de; more: maysend law table "
                + "--markdown. Not legal advice.",
            "grey"
        );
    }

    static void Line(
        string country,
        string exception,
        string channels,
        string lasts,
        string company,
        string named,
        string sure,
        string style,
        string sureStyle
    ) =>
        AnsiConsole.MarkupLine(
            $"{country.EscapeMarkup(), -18}{Styled($"{exception, -20}", style)}{channels, -13}{lasts, -10}"
                + $"{company, -7}{named, -7}{Styled(sure, sureStyle)}"
        );

    static string Styled(string text, string style) => style.Length == 0 ? text.EscapeMarkup() : $"[{style}]{text.EscapeMarkup()}[/]";

    static string Width(CountryRow row) =>
        row.Width switch
        {
            "none" => "-",
            "indirect" => "sale, paid tier",
            "wide" => "sale, wider",
            _ => row.Contexts.Count == 0 ? "sale?" : "sale",
        };

    static string Short(string text) =>
        text switch
        {
            "free if not listed" => "list",
            "free if not listed?" => "list?",
            "free if about the job" => "job",
            "free if about the job?" => "job?",
            "as a person" => "person",
            "while a customer" => "customer",
            "none" => "-",
            _ => text.Split([',']).First().Replace(" after sale or contract", "", StringComparison.Ordinal),
        };
}
