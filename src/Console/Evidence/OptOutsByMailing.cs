using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;

namespace MaySend.Console.Evidence;

/// <summary>How many of those who were sent something asked to stop next.</summary>
/// <param name="Mailing">The campaign, or the template of messages that name no campaign; null for what was asked without such a message
/// before it.</param>
/// <param name="IsTemplate">True where <paramref name="Mailing"/> is a template.</param>
/// <param name="Last">The day of its last message; null where there is none.</param>
/// <param name="People">To how many people it went.</param>
/// <param name="OptOuts">
/// How many of them asked to stop within <see cref="OptOutCount.Days"/> days, with no other message in between.
/// </param>
sealed record OptOutsByMailing(string? Mailing, bool IsTemplate, DateOnly? Last, int People, int OptOuts)
{
    /// <summary>The share of those who were sent it, in per cent; null where nobody was.</summary>
    public double? Share => People == 0 ? null : Math.Round(100d * OptOuts / People, 2);
}

/// <summary>What was counted.</summary>
/// <param name="Mailings">Each campaign and template, the one with the most requests to stop first.</param>
/// <param name="IsEverybody">False where more people are on record than were counted.</param>
/// <param name="At">When this was counted.</param>
sealed record OptOutsCounted(IReadOnlyList<OptOutsByMailing> Mailings, bool IsEverybody, DateTimeOffset At);

/// <summary>
/// Counts requests to stop by the message that came before them. A request does not say what it answers, so it is counted for the last
/// message that went to the person before it, if that was no longer ago than <see cref="Days"/> days. Counted in the background, at most
/// once a minute and when somebody looks; safe for several threads.
/// </summary>
sealed class OptOutCount(EvidenceStore store) : IDisposable
{
    /// <summary>The most people that are counted: somebody waits for the answer.</summary>
    public const int MostPeople = 20_000;

    /// <summary>For how long after a message a request to stop counts for it.</summary>
    public const int Days = 30;

    static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    /// <summary>How long a page waits for a count: a small store is counted within it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    readonly CancellationTokenSource ending = new();
    readonly Lock turn = new();
    Task<OptOutsCounted>? latest;
    OptOutsCounted? before;
    int people;

    /// <summary>How many people the count that is under way has looked at.</summary>
    public int People => Volatile.Read(ref people);

    /// <summary>True while people are counted.</summary>
    public bool IsCounting => Volatile.Read(ref latest) is { IsCompleted: false };

    /// <summary>Counts, or gives what was counted within the last minute.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public Task<OptOutsCounted> CountAsync(CancellationToken cancellation) => Latest().WaitAsync(cancellation);

    /// <summary>What is counted by now: where it takes long, the count before this one, or null where there is none.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async Task<OptOutsCounted?> LookAsync(CancellationToken cancellation)
    {
        var asked = Latest();
        await Task.WhenAny(asked, Task.Delay(Patience, cancellation));
        return asked.IsCompleted ? await asked : Volatile.Read(ref before);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }

    /// <summary>The count that is under way or good for now; begins one where neither is.</summary>
    Task<OptOutsCounted> Latest()
    {
        lock (turn)
        {
            var isGood =
                latest is { IsCompleted: false }
                || latest is { IsCompletedSuccessfully: true } done && store.Clock.GetUtcNow() - done.Result.At < GoodFor;
            return isGood ? latest! : latest = Task.Run(() => CountAnewAsync(ending.Token));
        }
    }

    async Task<OptOutsCounted> CountAnewAsync(CancellationToken cancellation)
    {
        var record = await store.ControllerAsync(cancellation: cancellation);
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        string? NameOf(string digest) => names.TryGetValue(digest, out var name) ? name : names[digest] = record.Campaign(digest)?.Id;
        var sums = new Dictionary<(string? Mailing, bool IsTemplate), OptOutsByMailing>();
        Volatile.Write(ref people, 0);
        await foreach (var dossier in store.DossiersAsync(cancellation: cancellation))
        {
            if (Interlocked.Increment(ref people) > MostPeople)
                break;
            Count(dossier, NameOf, sums);
        }
        var counted = new OptOutsCounted(
            [
                .. sums
                    .Values.OrderByDescending(one => one.OptOuts)
                    .ThenByDescending(one => one.Last)
                    .ThenBy(one => one.Mailing, StringComparer.Ordinal),
            ],
            People <= MostPeople,
            store.Clock.GetUtcNow()
        );
        Volatile.Write(ref before, counted);
        return counted;
    }

    static void Count(Dossier dossier, Func<string, string?> nameOf, Dictionary<(string? Mailing, bool IsTemplate), OptOutsByMailing> sums)
    {
        var entries = dossier.ForDecision;
        var intents = entries
            .OfType<SendIntended>()
            .GroupBy(intent => intent.Id, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last().Campaign, StringComparer.Ordinal);
        var messages = entries
            .OfType<MessageSent>()
            .Where(message => message.IsMarketing)
            .OrderBy(message => message.When, When.Order)
            .ToList();
        foreach (var to in messages.GroupBy(message => MailingOf(message, nameOf, intents)))
        {
            var so = sums.GetValueOrDefault(to.Key) ?? new(to.Key.Mailing, to.Key.IsTemplate, null, 0, 0);
            var last = to.Max(message => message.When.Day);
            sums[to.Key] = so with { People = so.People + 1, Last = so.Last > last ? so.Last : last };
        }
        var retracted = entries.OfType<RefusalRetracted>().Select(one => one.RefusalId).ToHashSet(StringComparer.Ordinal);
        var answered = new HashSet<(string?, bool)>();
        foreach (
            var request in entries.OfType<RefusalMade>().Where(request => request.AtMostIn30Days is null && !retracted.Contains(request.Id))
        )
        {
            var before = messages.LastOrDefault(message => !message.When.IsSurelyAfter(request.When));
            var key =
                before is null || request.When.Day.DayNumber - before.When.Day.DayNumber > Days
                    ? (null, false)
                    : MailingOf(before, nameOf, intents);
            // Whoever asks twice after one message has asked once.
            if (!answered.Add(key))
                continue;
            var so = sums.GetValueOrDefault(key) ?? new(key.Item1, key.Item2, null, 0, 0);
            sums[key] = so with { OptOuts = so.OptOuts + 1 };
        }
    }

    static (string? Mailing, bool IsTemplate) MailingOf(
        MessageSent message,
        Func<string, string?> nameOf,
        Dictionary<string, string> intents
    ) =>
        intents.GetValueOrDefault(message.Id) is { Length: > 0 } named ? (named, false)
        : DecisionId.Parse(message.Decision ?? "") is { } decision && nameOf(decision.Campaign) is { } campaign ? (campaign, false)
        : (message.Template ?? "", true);
}
