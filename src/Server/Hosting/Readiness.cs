using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Records.Inbound;
using MaySend.Records.OptOuts;
using MaySend.Records.Walking;
using MaySend.Stores.Checkpoints;

namespace MaySend.Server.Hosting;

/// <summary>Whether decisions can be given, and why not: for whoever deals requests out, and for the metric.</summary>
sealed class Readiness(EvidenceStore store, Spool spool, LeavingCheckpoints leaving, IndexWalk walk, MailboxUpkeep mailbox)
{
    /// <summary>Asks the store and the disk of the spool, now.</summary>
    /// <param name="standing">What each server had when it was last asked; null where none has been yet.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <returns>True where the server is ready; and what to answer, which names no server and no file: anybody may ask.</returns>
    public async Task<(bool IsReady, IReadOnlyDictionary<string, object> Answer)> AskAsync(
        LedgerStanding? standing,
        CancellationToken cancellation
    )
    {
        try
        {
            await store.Ledger.PositionAsync(Partition.Controller, cancellation);
        }
        catch (LedgerUnavailableException fault)
        {
            return No("store-unavailable", fault.Because.ToString());
        }
        // A disk that takes nothing stops the store and the spool alike, and nobody notices before somebody asks to be left alone.
        if (!spool.Probe())
            return No(spool.CanTake ? "disk-full" : "opt-outs-not-taken", "the spool's disk accepts no more data");
        if (walk.Faults is { Count: > 0 } faults)
            return No(
                Sending.StoreDamaged,
                faults.Count == 1
                    ? "a row of 1 chain was changed after it was written; the log names it"
                    : $"rows of {faults.Count} chains were changed after they were written; the log names them"
            );
        var answer = new Dictionary<string, object> { ["status"] = "ready", ["spooledOptOuts"] = spool.Waiting };
        // Where nobody takes checkpoints, or a mailbox of answers is away, opt-outs are taken all the same: it is said, and is no reason
        // not to be ready.
        if (leaving.Places.All.Count > 0)
        {
            answer["checkpointPlacesAway"] = leaving.Standing().Count(one => one.Fault is not null);
            if (leaving.Age() is { } age)
                answer["checkpointAgeSeconds"] = (long)age.TotalSeconds;
        }
        if (mailbox is { State: { } state, Age: { } sinceRead })
        {
            // Why is told to those who may read the inbox: it names the mailbox.
            answer["mailboxIsRead"] = state.Fault is null;
            answer["mailboxAgeSeconds"] = (long)sinceRead.TotalSeconds;
        }
        // The people of the other servers are served, and those of this one told "not now": a reason to look, and none to leave everybody.
        if (standing is { Servers.Count: > 1 })
        {
            answer["serversAway"] = standing.ServersAway;
            answer["partitionsAway"] = standing.ChainsAway;
        }
        return (true, answer);
    }

    (bool, IReadOnlyDictionary<string, object>) No(string status, string because) =>
        (
            false,
            new Dictionary<string, object>
            {
                ["status"] = status,
                ["because"] = because,
                ["spooledOptOuts"] = spool.Waiting,
            }
        );
}
