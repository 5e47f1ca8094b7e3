using System.CommandLine;
using MaySend.Cli.Commands;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Cli.Stores;

/// <summary>What every entry needs: whom it is about, when it happened, who records it.</summary>
sealed class EntryRecording
{
    readonly Argument<string> address = StoreOptions.Address();
    readonly Option<string> data = StoreOptions.Data();
    readonly Option<string?> keys = StoreOptions.Keys();
    readonly Option<string> when = new("--when")
    {
        Description = "when it happened: a day, or a time with its offset such as 2026-03-02T14:05+00:00",
        Required = true,
    };
    readonly Option<string?> id = new("--id")
    {
        Description = "a reference for people, such as the number of a ticket or letter; MaySend makes one up if left out",
    };

    public Option<string> By { get; } = StoreOptions.By();

    public Command On(Command command)
    {
        command.Add(address);
        foreach (var option in new Option[] { when, By, id, data, keys })
            command.Add(option);
        return command;
    }

    /// <summary>Puts an entry on record.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="make">Makes it of when it happened and of its id.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="check">Notes what speaks against it in what is on record of the person.</param>
    public async Task<int> RecordAsync(
        ParseResult parsed,
        Func<When, string, ContactEntry> make,
        CancellationToken cancellation,
        Action<IReadOnlyList<ContactEntry>, Problems>? check = null
    )
    {
        var problems = new Problems();
        if (!When.TryParse(parsed.GetValue(when)!, null, out var happened))
            problems.Add(
                new Place("--when"),
                $"`{parsed.GetValue(when)}` is neither a day nor a time with its offset",
                "2026-03-02, or 2026-03-02T14:05+00:00"
            );
        var whom = problems.Note(() => StoreOptions.ReadAddress(parsed.GetValue(address)!))!;
        problems.ThrowIfAny();
        await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
        if (check is not null)
        {
            check((await store.Evidence.FindAsync(whom, cancellation: cancellation)).ForDecision, problems);
            problems.ThrowIfAny();
        }
        var draft = make(happened, "");
        var content = Proposal.KeyOf(draft)["import ".Length..];
        var entry = make(happened, parsed.GetValue(id) ?? $"{EntryKinds.Of(draft)} {content[..10]}");
        var recorded = await store.Evidence.RecordAsync(
            whom,
            entry,
            Actor.Runner(parsed.GetValue(By)!),
            idempotencyKey: $"record {Proposal.KeyOf(entry)}",
            cancellation: cancellation
        );
        switch (recorded.Outcome)
        {
            case AppendOutcome.Added or AppendOutcome.AlreadyThere:
                Console.WriteLine(
                    $"{(recorded.Outcome == AppendOutcome.Added ? "recorded" : "already on record")}: {entry.Id}, at ledger "
                        + $"{recorded.Position}"
                );
                if (entry is ConsentAnswered)
                    await WarnAsync(store, whom, cancellation);
                return ExitCode.Done;
            case AppendOutcome.Suppressed:
                return CommandFailures.NotDone(
                    "this person was erased: the request to stop stays in force, and nothing else is put on record about them"
                );
            default:
                return CommandFailures.NotDone("the person was erased while this was being recorded; nothing was added");
        }
    }

    static async Task WarnAsync(OpenStore store, Evidence.Ledger.Identity.Address whom, CancellationToken cancellation)
    {
        if ((await store.Evidence.FindAsync(whom, cancellation: cancellation)).ForDecision.OfType<RefusalMade>().Any())
            Console.WriteLine(
                "note: a request to stop is in force for this address. Only the person's own act on a form served here lifts "
                    + "it; this record does not."
            );
    }
}
