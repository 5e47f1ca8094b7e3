using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;

namespace MaySend.Console.Evidence;

/// <summary>Decides from the store, keeps what was decided, and replays it by the law that the server put into the archive when it
/// started.</summary>
sealed class DecisionKeeper(EvidenceStore store, Asking asking, Decider decider, LawArchive archive)
{
    readonly DecisionLog log = new(store);

    /// <summary>Decides about somebody.</summary>
    /// <param name="address">Whom.</param>
    /// <param name="question">What is to be sent, and on which day.</param>
    /// <param name="keptFor">Who asked and wants the answer kept; null for a what-if, of which nothing stays.</param>
    /// <param name="cancellation">Stops the question.</param>
    public async ValueTask<Answer> DecideAsync(Address address, Asked question, Actor? keptFor, CancellationToken cancellation)
    {
        if (keptFor is not null)
            await log.RegisterAsync(question.Campaign, keptFor.AsSystem(), cancellation);
        var made = await asking.AskAsync(address, question, cancellation);
        if (keptFor is not null)
            await log.LogAsync(made, keptFor, cancellation: cancellation);
        return made;
    }

    /// <summary>Replays a decision, as it was or with a what-if.</summary>
    /// <param name="id">Which.</param>
    /// <param name="lawAsAt">By the law in force on this day, as it is on file now.</param>
    /// <param name="knownAt">With what was on record by the end of this day.</param>
    /// <param name="cancellation">Stops the replay.</param>
    /// <exception cref="BadInputException">The archived law is missing or altered.</exception>
    public ValueTask<ReplayResult> ReplayAsync(DecisionId id, DateOnly? lawAsAt, DateOnly? knownAt, CancellationToken cancellation) =>
        new Replayer(store, archive).RunAsync(
            id,
            lawAsAt is null && knownAt is null ? null : new WhatIf(lawAsAt, knownAt, lawAsAt is null ? null : decider.Law),
            cancellation
        );
}
