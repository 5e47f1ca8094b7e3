using System.CommandLine;
using System.Globalization;
using MaySend.Law.Cases;
using MaySend.Law.Files;
using MaySend.LawPages;
using MaySend.Reading;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend law show</c>: the law of a country, or one provision, as a page that a national lawyer can correct.</summary>
static class LawShow
{
    public static Command Make(TimeProvider time)
    {
        var what = new Argument<string>("what") { Description = "a country (gb, Germany) or a provision (gb/pecr/reg-22)" };
        var on = Inputs.Day("--on", "the day whose law is shown; today without it");
        var folder = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command("show", "The law of a country, or one provision with its cases, as it was on a day.")
        {
            what,
            on,
            folder,
            json,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(folder) ?? Home.Law;
            var law = LawReader.Read(path);
            var name = parsed.GetValue(what)!;
            var day = parsed.GetValue(on) ?? LawCommand.Today(time);
            if (law.Find(name) is null && name.Contains('/', StringComparison.Ordinal))
                ShowProvision(ProvisionWithCases(path, LawLookup.Provision(law, name, day), day), day, parsed.GetValue(json));
            else
                ShowCountry(LawPage.Of(law, LawLookup.Jurisdiction(law, name), day), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    static ProvisionView ProvisionWithCases(string folder, Law.Provisions.Provision provision, DateOnly day)
    {
        var problems = new Problems();
        var cases = CaseReader.Read(folder, problems);
        problems.ThrowIfAny();
        return ProvisionView.Of(provision, day) with { Cases = LawPage.CasesOf(provision, cases) };
    }

    static void ShowProvision(ProvisionView provision, DateOnly day, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(LawJson.Write(provision));
            return;
        }
        TerminalText.Write("", $"The law as it was on {Day(day)}. Paraphrase, not the text of the law; not legal advice.", "grey");
        TerminalText.Blank();
        ProvisionText.Write(provision);
        if (provision.Cases.Count > 0)
            TerminalText.Write("", $"Cases ({provision.Cases.Count})", "bold");
        foreach (var c in provision.Cases)
        {
            TerminalText.Write("  ", c.Name);
            TerminalText.Write("    ", $"{Verdicts(c)} · {c.Source} · law/{c.Place}", "grey");
        }
        TerminalText.Write("", $"To correct it: law/{provision.Id}.yaml, then `maysend law check` (docs/reading-the-law.md).", "grey");
    }

    static string Verdicts(CaseView c) =>
        string.Join(
            ", ",
            new[] { ("send", c.Send), ("process", c.Process), ("separate", c.Separate) }
                .Where(pair => pair.Item2 is not null)
                .Select(pair => $"{pair.Item1} {pair.Item2}")
        );

    static void ShowCountry(LawPage page, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(LawJson.Write(page));
            return;
        }
        TerminalText.Heading($"{page.Name} ({page.Id}) on {Day(page.Day)}");
        TerminalText.Write("confidence     ", page.Confidence, LawCommand.Colour(page.Confidence));
        TerminalText.Write("reviewed       ", page.Reviewed ?? "not yet by a lawyer", page.Reviewed is null ? "yellow" : "green");
        TerminalText.Write("days           ", $"counted in {page.Zone}");
        var label = "reach          ";
        foreach (var sentence in page.Reach)
        {
            TerminalText.Write(label, sentence);
            label = "               ";
        }
        if (page.ReachCite.Length > 0)
            TerminalText.Write(label, page.ReachCite, "grey");
        if (page.ReachNote is { } note)
            TerminalText.Write(label, $"note: {note}", "grey");
        TerminalText.Blank();
        var width = page.Information.Select(line => line.Label.Length).Append(14).Max();
        foreach (var line in page.Information)
            TerminalText.Write($"{line.Label.PadRight(width)} ", line.Text);
        Key("SEND: may this message go to this person over this channel?", page.Send, page.SendLaw, page.Id);
        Key("PROCESS: may this person's data be used for it?", page.Process, page.ProcessLaw, page.Id);
        TerminalText.Write(
            "",
            $"One provision with its cases: maysend law show {(page.Send.Count > 0 ? page.Send[0].Id : "gb/pecr/reg-22")}",
            "grey"
        );
        TerminalText.Write("", "Paraphrase, not the text of the law; not legal advice. To correct it: docs/reading-the-law.md", "grey");
    }

    static void Key(string question, IReadOnlyList<ProvisionView> provisions, string law, string id)
    {
        TerminalText.Blank();
        TerminalText.Heading(question);
        if (law != id)
            TerminalText.Write("", $"decided by the law in law/{law}/", "grey");
        if (provisions.Count == 0)
            TerminalText.Write("", "no law on file was in force on that day: not covered, so nobody is permitted", "yellow");
        foreach (var provision in provisions)
        {
            TerminalText.Blank();
            ProvisionText.Write(provision);
        }
    }

    internal static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
