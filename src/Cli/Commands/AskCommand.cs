using System.CommandLine;
using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend ask</c>: may this message go to this person, and why?</summary>
static class AskCommand
{
    public static Command Make()
    {
        var address = new Argument<string?>("address")
        {
            Description = "the address to ask about, as in the people file",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var facts = new Option<string?>("--facts")
        {
            Description = "a file of facts instead of a sender, a campaign and an audience (see docs/law-files.md)",
        };
        var both = Inputs.In();
        var sender = Inputs.Sender();
        var campaign = Inputs.Campaign();
        var audience = Inputs.Audience();
        var zone = Inputs.Zone();
        var knownAt = Inputs.KnownAt();
        var law = Inputs.LawFolder();
        var (data, keys, by) = (StoreOptions.OptionalData(), StoreOptions.Keys(), StoreOptions.By());
        var on = Inputs.Day("--on", "ask for this day of sending instead of the campaign's");
        var json = new Option<bool>("--json") { Description = "the whole explanation as JSON" };
        var full = new Option<bool>("--full") { Description = "every provision and ground, including those that do not prevent sending" };
        var command = new Command("ask", "May this message go to this person, and why? Exit status: 0 permitted, 2 refused, 3 not shown.")
        {
            address,
            facts,
            data,
            both,
            sender,
            campaign,
            audience,
            zone,
            on,
            knownAt,
            law,
            keys,
            by,
            json,
            full,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(data) is { } location)
                {
                    await using var store = await OpenStore.OpenAsync(location, parsed.GetValue(keys));
                    var decider = store.KeepLaw(parsed.GetValue(law));
                    var asking = new StoreAsking(store, decider)
                    {
                        SenderFolder = parsed.GetValue(sender) ?? parsed.GetValue(both),
                        AudienceFolder = parsed.GetValue(audience) ?? parsed.GetValue(both),
                        Zone = Inputs.ReadZone(parsed.GetValue(zone)),
                        On = parsed.GetValue(on),
                        KnownAt = parsed.GetValue(knownAt),
                        By = Actor.Runner(parsed.GetValue(by)!),
                    };
                    var (whom, what) = (parsed.GetValue(address), parsed.GetValue(campaign));
                    Need((whom, "an address"), (what, "--campaign"));
                    var explained = await asking.AskAsync(whom!, what!, cancellation);
                    Write(explained.Explanation, parsed.GetValue(json), parsed.GetValue(full));
                    return Exit(explained.Verdict);
                }
                else
                {
                    var decider = new Decider(Home.ReadLaw(parsed.GetValue(law)));
                    Func<(Decision, string, string, Sending?)> decide = parsed.GetValue(facts) is { } path
                        ? () => OfFacts(decider, path, parsed.GetValue(knownAt))
                        : () =>
                            OfFiles(
                                decider,
                                parsed.GetValue(address),
                                parsed.GetValue(sender) ?? parsed.GetValue(both),
                                parsed.GetValue(campaign),
                                parsed.GetValue(audience) ?? parsed.GetValue(both),
                                Inputs.ReadZone(parsed.GetValue(zone)),
                                parsed.GetValue(on),
                                parsed.GetValue(knownAt)
                            );
                    var (decision, whom, evidence, sending) = decide();
                    var explained = new Explainer(decider).Explain(decision, whom, evidence) with
                    {
                        Now = sending?.Explain(decision.Verdict),
                    };
                    Write(explained, parsed.GetValue(json), parsed.GetValue(full));
                    return Exit(decision.Verdict);
                }
            }
        );
        return command;
    }

    internal static string Need(string? value, string what)
    {
        Need((value, what));
        return value!;
    }

    /// <summary>Everything that is missing is said at once.</summary>
    static void Need(params ReadOnlySpan<(string? Value, string What)> asked)
    {
        var problems = new Problems();
        foreach (var (value, what) in asked)
            if (value is null)
                problems.Add(
                    new Place("ask"),
                    $"{what} is missing",
                    "ask --facts FILE, ask ADDRESS --in DIR --campaign NAME, or ask ADDRESS --data DIR --campaign NAME"
                );
        problems.ThrowIfAny();
    }

    static (Decision, string, string, Sending?) OfFacts(Decider decider, string path, DateOnly? knownAt)
    {
        var problems = new Problems();
        var root = YamlTree.ReadFile(path, path, problems);
        problems.ThrowIfAny();
        var map = MapReader.Open(root, problems);
        var draft = new FactsDraft();
        FactsReader.ReadInto(draft, map, problems);
        draft.Complete();
        map.Done();
        problems.ThrowIfAny();
        var campaign = draft.Campaign;
        var day = campaign.Message[Message.Day] is { IsRecorded: true } value
            ? value.Day
            : throw new BadInputException(new Place(path), "message.day is missing", "message: {day: 2026-03-10, ...}");
        return (
            decider.Decide(campaign, draft.Recipient, knownAt ?? day, HousePolicy.Default),
            Path.GetFileName(path),
            "facts as given",
            null
        );
    }

    static (Decision, string, string, Sending?) OfFiles(
        Decider decider,
        string? address,
        string? sender,
        string? campaignPath,
        string? audienceFolder,
        TimeZoneInfo? zone,
        DateOnly? on,
        DateOnly? knownAt
    )
    {
        Need(
            (address, "an address"),
            (sender, "--data, --in or --sender"),
            (campaignPath, "--campaign"),
            (audienceFolder, "--data, --in or --audience")
        );
        var problems = new Problems();
        var (controller, described) = problems.Note(() => Inputs.ReadSender(sender!, campaignPath!));
        var whom = problems.Note(() => StoreOptions.ReadAddress(address!));
        using var audience = problems.Note(() => Inputs.OpenAudience(audienceFolder!, zone));
        var entries = whom is null ? null : audience?.Find(whom);
        if (whom is not null && audience is not null && entries is null)
            problems.Add(new Place(audienceFolder!), $"`{address}` is not in the people file, nor in a file beside it");
        problems.ThrowIfAny();
        var campaign = described.OnDay(on ?? described.Day);
        controller = audience!.BorneOut(controller);
        var decision = Asking.Decide(decider, controller, campaign, entries!, whom!.Matching, knownAt ?? campaign.Day);
        return (decision, address!, $"files in {audienceFolder}", Sending.FromFiles(campaign, whom));
    }

    internal static int Exit(Verdict verdict) =>
        verdict switch
        {
            Verdict.Permitted => ExitCode.Done,
            Verdict.Refused => ExitCode.Refused,
            _ => ExitCode.NotShown,
        };

    internal static void Write(Explanation explanation, bool isJson, bool isFull)
    {
        if (isJson)
        {
            Console.WriteLine(ExplanationJson.WriteIndented(explanation));
            return;
        }
        foreach (
            var (line, index) in ExplanationText.Write(explanation, isFull).TrimEnd('\n').Split('\n').Select((line, index) => (line, index))
        )
        {
            // The id is one word that people copy: it is never broken.
            if (line.StartsWith("  decision ", StringComparison.Ordinal))
                Console.WriteLine(line);
            else
                AnsiConsole.MarkupLine(index == 0 ? $"[bold {Colour(explanation)}]{line.EscapeMarkup()}[/]" : Coloured(line));
        }
        AnsiConsole.MarkupLine("[grey]This is not legal advice.[/]");
    }

    static string Colour(Explanation explanation) =>
        explanation.Verdict switch
        {
            "permitted" when explanation.Now is { Send: false } => "yellow",
            "permitted" => "green",
            "refused" => "red",
            _ => "yellow",
        };

    /// <summary>Colours the first yes, no or question mark of a line.</summary>
    static string Coloured(string line)
    {
        var trimmed = line.TrimStart();
        var words = trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var word = words.Take(2).FirstOrDefault(w => w is "yes" or "no" or "?");
        if (word is null)
            return line.EscapeMarkup();
        var at = line.IndexOf($"{word} ", StringComparison.Ordinal);
        var colour = word switch
        {
            "yes" => "green",
            "no" => "red",
            _ => "yellow",
        };
        return at < 0 ? line.EscapeMarkup() : $"{line[..at].EscapeMarkup()}[{colour}]{word}[/]{line[(at + word.Length)..].EscapeMarkup()}";
    }
}
