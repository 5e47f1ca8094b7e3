using System.Globalization;
using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using MaySend.Records.Outbox;
using MaySend.Records.SignUps;

namespace MaySend.OptOut;

/// <summary>Where an opt-out is.</summary>
enum OptOutKept
{
    /// <summary>In the store: effective.</summary>
    InStore,

    /// <summary>In the spool: effective once drained.</summary>
    OnDisk,

    /// <summary>Neither took it: nobody may be told that it was taken.</summary>
    Nowhere,
}

/// <summary>
/// Takes opt-outs: into the store, or, when it does not answer in time, onto the disk. Either way they are safe before anybody is told so.
/// </summary>
sealed partial class OptOutIntake(
    OptOutKeys keys,
    OptOutRegister register,
    Spool spool,
    EvidenceStore store,
    ServerRecords records,
    SignUpPages signUps,
    MailOutbox outbox,
    RecordsOptions options,
    TimeProvider clock,
    ILogger<OptOutIntake> log
)
{
    const int LongestWord = 100;
    const int GreatestTopics = 40;

    /// <summary>What became of the opt-outs of one request.</summary>
    /// <param name="Kept">Where they are; of several, the worst.</param>
    /// <param name="Undo">What lets the page take back what was just added; null when nothing was.</param>
    public readonly record struct Taken(OptOutKept Kept, string? Undo);

    /// <summary>What a link says; null for one that is none of ours.</summary>
    /// <exception cref="LedgerUnavailableException">Nobody can say now.</exception>
    public ValueTask<OptOutToken?> ReadAsync(string token) => keys.ReadAsync(token);

    /// <summary>Takes what one request asks for.</summary>
    /// <param name="token">The link's.</param>
    /// <param name="read">What it says.</param>
    /// <param name="requests">What is asked for.</param>
    /// <param name="isOnPage">It is answered with a page, which may take it back.</param>
    public async Task<Taken> TakeAsync(
        string token,
        OptOutToken read,
        IReadOnlyList<(OptOutExtent Extent, string Word)> requests,
        bool isOnPage
    )
    {
        var contact = ContactOf(read);
        var kept = OptOutKept.InStore;
        var added = new List<string>();
        foreach (
            var request in requests.Select(each => new OptOutRequest(
                contact,
                read.Scope,
                OptOutRequest.NameOf(token),
                each.Extent,
                each.Word,
                clock.GetUtcNow()
            ))
        )
        {
            try
            {
                // Not tied to the connection: who hangs up has asked all the same.
                var taken = await register
                    .RefuseAsync(request, isOnPage, CancellationToken.None)
                    .AsTask()
                    .WaitAsync(options.OptOutPatience, clock);
                if (taken is { IsNew: true, RefusalId: { } id })
                    added.Add(id);
                Meters.OptOuts.Add(1, new KeyValuePair<string, object?>("kept", "store"));
            }
            catch (Exception)
            {
                // Whatever it was, foreseen or not: the person asked. Draining meets the same fault, and logs it.
                kept = Max(kept, Spooled(request));
            }
        }
        return new(kept, added.Count == 0 ? null : keys.Seal(new(read.Contact, added)));
    }

    OptOutKept Spooled(OptOutRequest request)
    {
        try
        {
            spool.Add(request);
            Meters.OptOuts.Add(1, new KeyValuePair<string, object?>("kept", "spool"));
            return OptOutKept.OnDisk;
        }
        catch (Exception fault)
        {
            NotKept(fault.GetType().Name);
            Meters.OptOuts.Add(1, new KeyValuePair<string, object?>("kept", "nowhere"));
            return OptOutKept.Nowhere;
        }
    }

    /// <summary>
    /// Takes back what one page added. The proof is sealed and names contact and refusals, so that a link alone cannot take anything back.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The store cannot take it, or say whether the proof is good.</exception>
    public async Task<bool> UndoAsync(OptOutToken read, string proof, CancellationToken cancellation)
    {
        if (await keys.ReadUndoAsync(proof) is not { } undo || undo.Contact != read.Contact)
            return false;
        var all = true;
        foreach (var refusal in undo.Refusals)
            all &= await register.RetractAsync(ContactOf(read), refusal, cancellation);
        return all;
    }

    /// <summary>What a page shows. A store that is down takes the sender's name from the page, never the button.</summary>
    public async Task<PageContent> ContentAsync(string token, OptOutToken read, PageState state, CancellationToken cancellation)
    {
        var content = new PageContent(state) { Token = token };
        var known = records.LastRead;
        try
        {
            known = await records.ReadAsync(cancellation).AsTask().WaitAsync(options.OptOutPatience, clock, cancellation);
            var scope = known.Scopes.GetValueOrDefault(read.Scope);
            content = await KnownAsync(content, read, scope, cancellation).WaitAsync(options.OptOutPatience, clock, cancellation);
            if (scope is not null)
                content = content with { Look = known.Looks.GetValueOrDefault(scope.Sender) };
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // The page stands without it.
        }
        var topic = known.Scopes.GetValueOrDefault(read.Scope)?.Topic;
        return content with
        {
            Topics = [.. content.Topics.Concat(topic is null ? [] : [topic]).Distinct().Order(StringComparer.Ordinal).Take(GreatestTopics)],
        };
    }

    async Task<PageContent> KnownAsync(PageContent content, OptOutToken read, OptOutScopeUsed? scope, CancellationToken cancellation)
    {
        var controller = await store.ControllerAsync(cancellation: cancellation);
        if (scope is not null)
            content = content with
            {
                // Only topics by which a request is understood: another would stop every topic though one was ticked.
                Topics = [.. controller.Names.TopicsOf(scope.Sender)],
                Sender = controller.Senders.GetValueOrDefault(scope.Sender)?.Name is { Length: > 0 } name ? name : scope.Sender,
                Back = outbox.IsOpen && await signUps.BackToAsync(scope.Sender, cancellation) is { } page ? $"/s/{page.Id}" : null,
            };
        return content with { AreTopicsKnown = true, Before = await BeforeAsync(read, scope, cancellation), CanAsk = outbox.IsOpen };
    }

    /// <summary>What stands for the link's sender: channels and topics, and nothing of the person.</summary>
    async Task<IReadOnlyList<StoppedPart>> BeforeAsync(OptOutToken read, OptOutScopeUsed? scope, CancellationToken cancellation) =>
        ContactId.TryParse(ContactOf(read), out var id) && await store.Ledger.ContactAsync(id, cancellation) is { } contact
            ?
            [
                .. (await store.StandingAsync(contact.Address, cancellation))
                    .Where(one => scope is null || one.Senders!.Has(scope.Sender))
                    .Select(one => new StoppedPart(one.Channels, one.Topics, one.AtMostIn30Days)),
            ]
            : [];

    /// <summary>What one request stops, in the words of its page.</summary>
    public StoppedPart Part(OptOutToken read, OptOutExtent extent, string word)
    {
        var scope = records.LastRead.Scopes.GetValueOrDefault(read.Scope);
        return extent switch
        {
            OptOutExtent.Channel => new(NameSet.Of(word), null),
            OptOutExtent.Topic => new(null, NameSet.Of(word)),
            OptOutExtent.Everything => new(null, null),
            _ => new(
                scope is null ? null : NameSet.Of(scope.Channel),
                scope?.Topic is { } topic ? NameSet.Of(topic) : null,
                extent == OptOutExtent.LessOften && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                    ? most
                    : null
            ),
        };
    }

    /// <summary>
    /// The choices of a form. Only words that were offered count: what is typed into a request of one's own must not become a record of any
    /// kind. While the store is down nobody can say what was offered, and a topic of ordinary length is taken as it stands rather than
    /// lost.
    /// </summary>
    public static IReadOnlyList<(OptOutExtent Extent, string Word)> Chosen(IFormCollection form, PageContent offered)
    {
        bool IsOffered(string topic) =>
            offered.Topics.Contains(topic)
            || (!offered.AreTopicsKnown && topic.Length is > 0 and <= LongestWord && !topic.Any(char.IsControl));
        return
        [
            .. form["channel"]
                .OfType<string>()
                .Where(Words.Channels.Contains)
                .Select(channel => (OptOutExtent.Channel, channel))
                .Concat(form["topic"].OfType<string>().Where(IsOffered).Take(GreatestTopics).Select(topic => (OptOutExtent.Topic, topic)))
                .Distinct(),
        ];
    }

    static string ContactOf(OptOutToken token) => token.Contact.ToString("x32", CultureInfo.InvariantCulture);

    static OptOutKept Max(OptOutKept one, OptOutKept other) => one > other ? one : other;

    [LoggerMessage(LogLevel.Critical, "an opt-out could not be kept, neither in the store nor on disk; the person was told so: {Fault}")]
    partial void NotKept(string fault);
}
