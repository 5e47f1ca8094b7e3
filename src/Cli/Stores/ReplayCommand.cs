using System.CommandLine;
using MaySend.Cli.Commands;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence;
using MaySend.Reading;
using MaySend.Records.Auditing;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend replay</c>: a past decision again, under the law in force then, with what was known then.</summary>
static class ReplayCommand
{
    public static Command Make()
    {
        var id = new Argument<string?>("decision")
        {
            Description = "a decision's id, as `ask` prints it and the lists of a screening give it; or give --about",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var about = new Option<string?>("--about") { Description = "an address instead of an id: the last decision about it" };
        var campaign = new Option<string?>("--campaign") { Description = "with --about: only about this campaign" };
        var on = Inputs.Day("--on", "with --about: only for this day of sending");
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var lawAsAt = Inputs.Day("--law-as-at", "what if: by the law in force and known on this day, as it is on file now");
        var knownAt = Inputs.Day("--known-at", "what if: with what was on record by the end of this day (UTC)");
        var law = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "the explanation as JSON" };
        var full = new Option<bool>("--full") { Description = "show every provision and ground" };
        var command = new Command(
            "replay",
            "Make a past decision again: same verdict, same reasons? Exit status: 0 the same, 1 different, or it cannot be replayed."
        )
        {
            id,
            about,
            campaign,
            on,
            data,
            keys,
            lawAsAt,
            knownAt,
            law,
            json,
            full,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var named = parsed.GetValue(id) is { } text ? Parse(text) : null;
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var asked =
                    named
                    ?? await FindAsync(
                        store,
                        AskCommand.Need(parsed.GetValue(about), "a decision's id, or --about ADDRESS"),
                        parsed.GetValue(campaign),
                        parsed.GetValue(on),
                        cancellation
                    );
                if (asked is null)
                    return CommandFailures.NotDone("no decision is on record for this address, campaign and day");
                await store.ShownAsync(Viewed.Decision, asked.Contact == ContactId.Controller ? null : asked.Contact, about: "replayed");
                var (day, known) = (parsed.GetValue(lawAsAt), parsed.GetValue(knownAt));
                var whatIf =
                    day is null && known is null ? null : new WhatIf(day, known, day is null ? null : Home.ReadLaw(parsed.GetValue(law)));
                return await new Replayer(store.Evidence, store.Archive).RunAsync(asked, whatIf, cancellation) switch
                {
                    ReplayResult.Impossible impossible => CommandFailures.NotDone($"cannot be replayed: {impossible.Why}"),
                    ReplayResult.Done done => Write(done, whatIf is not null, parsed.GetValue(json), parsed.GetValue(full)),
                    _ => ExitCode.Fault,
                };
            }
        );
        return command;
    }

    static DecisionId Parse(string text) =>
        DecisionId.Parse(text)
        ?? throw new BadInputException(new Place(text), "is not a decision's id", "seven parts joined by dots, as `ask` prints them");

    static async Task<DecisionId?> FindAsync(OpenStore store, string about, string? campaign, DateOnly? on, CancellationToken cancellation)
    {
        var dossier = await store.Evidence.FindAsync(StoreOptions.ReadAddress(about), cancellation: cancellation);
        return (await DecisionOnRecord.FindAsync(store.Evidence, dossier, campaign, on, cancellation)) is [.., var last] ? last.Id : null;
    }

    static int Write(ReplayResult.Done done, bool isWhatIf, bool isJson, bool isFull)
    {
        var evidence = $"ledger {done.Id.Position}, {(isWhatIf ? "what if" : "replayed")}";
        AskCommand.Write(
            new Explainer(done.Decider).Explain(done.Again, done.Dossier.Address.Verbatim, evidence) with
            {
                Decision = done.Id.ToString(),
                IsReplayed = true,
            },
            isJson,
            isFull
        );
        if (isJson)
            return done.Differences.Count == 0 || isWhatIf ? ExitCode.Done : ExitCode.CheckFailed;
        foreach (var difference in done.Differences)
            AnsiConsole.MarkupLineInterpolated($"[yellow]differs:[/] {difference}");
        if (done.Logged is null && done.Screening is { } screening)
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]decided in the screening {screening.Id}: the same question on the same evidence; its lists say what was answered[/]"
            );
        else if (done.Logged is null)
            AnsiConsole.MarkupLine("[grey]no answer was kept under this id, so there is nothing to compare with[/]");
        else if (done.Differences.Count == 0)
            AnsiConsole.MarkupLineInterpolated($"[green]the same[/] verdict and reasons as answered on {done.Logged.When}");
        return done.Differences.Count == 0 || isWhatIf ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
