using System.Collections.Immutable;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Records.Requests;

/// <summary>One request of a person.</summary>
/// <param name="Received">What is on record of it.</param>
/// <param name="Answer">How it was answered; null while it is open.</param>
public sealed record RightsRequest(RightsRequestReceived Received, RightsRequestAnswered? Answer);

/// <summary>
/// The register of requests for access, rectification and erasure that people made on their own page, proven by a fresh link. On record are
/// right, time and outcome; the person's words stand encrypted with the contact, and go with an erasure.
/// </summary>
public sealed class RightsRequests(EvidenceStore store, ServerRecords records)
{
    /// <summary>What can be asked for.</summary>
    public static readonly ImmutableArray<string> Rights = ["access", "rectification", "erasure"];

    /// <summary>What can be put down when a request came by letter, phone or in person: an objection needs no page of its own.</summary>
    public static readonly ImmutableArray<string> ByOtherWays = [.. Rights, "objection"];

    /// <summary>How a request can end.</summary>
    public static readonly ImmutableArray<string> Outcomes = ["done", "refused"];

    static readonly Actor By = new Actor("rights page", MaySend.Evidence.Actors.Rights.Record).AsSystem();

    /// <summary>What the opt-out is called that comes with a request.</summary>
    static string StopOf(string id) => $"with {id}";

    /// <summary>Takes a request; the same one again adds nothing. Who wants to be erased gets no marketing from now on.</summary>
    /// <param name="contact">Whose it is.</param>
    /// <param name="id">The same each time it is sent.</param>
    /// <param name="right">A word of <see cref="Rights"/>.</param>
    /// <param name="words">What the person wrote.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <returns>False where the person is no longer on record.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot take it.</exception>
    public async ValueTask<bool> ReceiveAsync(
        ContactId contact,
        string id,
        string right,
        string words,
        CancellationToken cancellation = default
    )
    {
        if (await store.Ledger.ContactAsync(contact, cancellation) is not { } known)
            return false;
        var now = store.Clock.GetUtcNow();
        var asked = new NewEntry(known.Address, new RightsExercised(When.Of(now), id, right, words), By)
        {
            IdempotencyKey = $"rights {id}",
            IsDatedByTheDoor = true,
        };
        if (right == "erasure")
            await store.RecordAsync(
                known.Address,
                new RefusalMade(When.Of(now), StopOf(id))
                {
                    Senders = NameSet.Everything,
                    Channels = NameSet.Everything,
                    Topics = NameSet.Everything,
                    Kind = "erasure",
                    How = "form",
                },
                By,
                cancellation: cancellation
            );
        await store.RecordAsync([asked], cancellation);
        await records.AddAsync(new RightsRequestReceived(id, now, right, contact.ToString()), By, $"rights {id}", cancellation);
        return true;
    }

    /// <summary>
    /// Puts down a request that came by letter, phone or in person. Somebody who is not on record gets a place in the register all the
    /// same: that nothing is held is an answer too. Who wants to be erased, or objects, gets no marketing from now on.
    /// </summary>
    /// <param name="address">Whose.</param>
    /// <param name="id">The same each time it is sent.</param>
    /// <param name="right">A word of <see cref="ByOtherWays"/>.</param>
    /// <param name="words">What they asked for, in their words.</param>
    /// <param name="received">The day on which it came; not later than today.</param>
    /// <param name="by">Who puts it down.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <returns>What the opt-out does that comes with it; null for a right that stops nothing.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot take it.</exception>
    public async ValueTask<RequestEffect?> PutDownAsync(
        Address address,
        string id,
        string right,
        string words,
        DateOnly received,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        var stop = right is "erasure" or "objection"
            ? new RefusalMade(When.Of(received), StopOf(id))
            {
                Senders = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = NameSet.Everything,
                Kind = right,
                How = "letter",
            }
            : null;
        if (stop is not null)
            await store.RecordAsync([new NewEntry(address, stop, by) { IdempotencyKey = $"rights stop {id}" }], cancellation);
        var contact = (await store.Ledger.RecogniseAsync(address, cancellation)).Contact;
        if (contact is not null)
            await store.RecordAsync(
                [
                    new NewEntry(address, new RightsExercised(When.Of(received), id, right, words), by.AsSystem())
                    {
                        IdempotencyKey = $"rights {id}",
                    },
                ],
                cancellation
            );
        await records.AddAsync(
            new RightsRequestReceived(
                id,
                new DateTimeOffset(received.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                right,
                contact?.ToString() ?? ""
            ),
            by.AsSystem(),
            $"rights {id}",
            cancellation
        );
        return stop is null ? null : await store.EffectAsync(address, stop, cancellation);
    }

    /// <summary>
    /// What the opt-out does that came with a request: a letter may be older than a later act of the person. Null for a right that stops
    /// nothing, and once the person is erased.
    /// </summary>
    public async ValueTask<RequestEffect?> StopAsync(RightsRequest request, CancellationToken cancellation = default)
    {
        if (
            !ContactId.TryParse(request.Received.Contact, out var id)
            || await store.Ledger.ContactAsync(id, cancellation) is not { } contact
        )
            return null;
        var stop = (await store.FindAsync(contact.Address, cancellation: cancellation))
            .Entries.Select(recorded => recorded.Counts)
            .OfType<RefusalMade>()
            .FirstOrDefault(entry => entry.Id == StopOf(request.Received.Id));
        return stop is null ? null : await store.EffectAsync(contact.Address, stop, cancellation);
    }

    /// <summary>Every request, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<RightsRequest>> AllAsync(CancellationToken cancellation = default)
    {
        var known = await records.ReadAsync(cancellation);
        return
        [
            .. known
                .RightsRequests.Values.OrderBy(one => one.At)
                .ThenBy(one => one.Id, StringComparer.Ordinal)
                .Select(one => new RightsRequest(one, known.RightsAnswers.GetValueOrDefault(one.Id))),
        ];
    }

    /// <summary>Whose a request is, and in which words; null once the person is erased.</summary>
    public async ValueTask<(string Address, string Words)?> PersonAsync(RightsRequest request, CancellationToken cancellation = default)
    {
        if (
            !ContactId.TryParse(request.Received.Contact, out var id)
            || await store.Ledger.ContactAsync(id, cancellation) is not { } contact
        )
            return null;
        var asked = (await store.FindAsync(contact.Address, cancellation: cancellation))
            .Entries.Select(recorded => recorded.Entry)
            .OfType<RightsExercised>()
            .FirstOrDefault(entry => entry.Id == request.Received.Id);
        return (contact.Address.Verbatim, asked?.Words ?? "");
    }

    /// <summary>
    /// Puts down how a request was answered; it needs the right to sign. The answer itself goes to the person by other ways.
    /// </summary>
    /// <returns>False where there is none of that id, or it is answered.</returns>
    /// <exception cref="NotEntitledException">The actor may not; nothing was written.</exception>
    public async ValueTask<bool> AnswerAsync(string id, string outcome, string reason, Actor by, CancellationToken cancellation = default)
    {
        if (!by.May(MaySend.Evidence.Actors.Rights.Sign))
            throw new NotEntitledException(
                MaySend.Evidence.Actors.Rights.Sign,
                $"answering a request needs the right to sign, which {by.Name} does not have"
            );
        if (!Outcomes.Contains(outcome))
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "unknown outcome");
        if ((await AllAsync(cancellation)).FirstOrDefault(one => one.Received.Id == id) is not { Answer: null })
            return false;
        var answered = new RightsRequestAnswered(id, store.Clock.GetUtcNow(), outcome, reason, by.Name);
        return await records.AddAsync(answered, by.AsSystem(), $"rights answered {id}", cancellation) == AppendOutcome.Added;
    }
}
