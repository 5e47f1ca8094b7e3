using System.Text.RegularExpressions;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Records.OptOuts;

/// <summary>What became of a request.</summary>
/// <param name="IsNew">This very act added the refusal, and so this very page may undo it.</param>
/// <param name="RefusalId">The refusal on record; null for somebody erased, who is suppressed already.</param>
public readonly record struct OptOutTaken(bool IsNew, string? RefusalId);

/// <summary>
/// Records refusals and, within the hour, takes back the one just made. On disk before it returns; seen by the next decision of every
/// process on the store.
/// </summary>
public sealed partial class OptOutRegister(EvidenceStore store, ServerRecords records)
{
    static readonly Actor By = new Actor("opt-out page", Rights.Record).AsSystem();

    /// <summary>Within this the page where a refusal was made may take it back.</summary>
    public static readonly TimeSpan UndoWithin = TimeSpan.FromHours(1);

    /// <summary>
    /// Records a request; the same one again adds nothing. One that waited in the spool and was taken back meanwhile through a second press
    /// stands again: when in doubt, nothing is sent.
    /// </summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="canBeUndone">
    /// It was made on a page, which may take back what it alone added. Whoever presses next asks on their own account: a mail is passed on,
    /// and the undo of one must not undo the other.
    /// </param>
    /// <param name="cancellation">Stops the wait.</param>
    public async ValueTask<OptOutTaken> RefuseAsync(
        OptOutRequest request,
        bool canBeUndone = false,
        CancellationToken cancellation = default
    )
    {
        if (!ContactId.TryParse(request.Contact, out var id) || await store.Ledger.ContactAsync(id, cancellation) is not { } contact)
            return default;
        var dossier = await store.FindAsync(contact.Address, cancellation: cancellation);
        if (!canBeUndone)
            return await RecordAsync(request, dossier, request.Stem, cancellation);
        if (Standing(dossier, request.Stem) is { } there)
            return new(IsNew: false, there.Id);
        var taken = await RecordAsync(request, dossier, OnPage + request.Stem, cancellation);
        return taken.IsNew ? taken : await RecordAsync(request, dossier, request.Stem, cancellation) with { IsNew = false };
    }

    // It begins as every id of a link: nobody else may use one that does.
    const string OnPage = "link page, ";

    async ValueTask<OptOutTaken> RecordAsync(OptOutRequest request, Dossier dossier, string stem, CancellationToken cancellation)
    {
        var scope = (await records.ReadAsync(cancellation)).Scopes.GetValueOrDefault(request.Scope);
        var senders = Senders(scope, (await store.ControllerAsync(cancellation: cancellation)).Names);
        var refusal = Refusal(request, scope, senders) with
        {
            Id = Numbered(stem, Earlier(dossier, stem)),
            When = NotBefore(dossier, When.Of(request.At)),
        };
        var entry = new NewEntry(dossier.Address, refusal, By) { IdempotencyKey = refusal.Id, IsDatedByTheDoor = true };
        var appended = await store.RecordAsync([entry], cancellation);
        return new(appended[0].Outcome == AppendOutcome.Added, refusal.Id);
    }

    /// <summary>
    /// The refusal of a stem that nobody took back and after which the person has not come back; null where there is none.
    /// </summary>
    static RefusalMade? Standing(Dossier dossier, string stem)
    {
        var id = Numbered(stem, Earlier(dossier, stem));
        return dossier.Entries.Select(entry => entry.Entry).OfType<RefusalMade>().FirstOrDefault(made => made.Id == id);
    }

    /// <summary>Takes back a refusal made through a link within the last hour; false when there is none to take back.</summary>
    public async ValueTask<bool> RetractAsync(string contactId, string refusalId, CancellationToken cancellation = default)
    {
        if (!ContactId.TryParse(contactId, out var id) || await store.Ledger.ContactAsync(id, cancellation) is not { } contact)
            return false;
        var dossier = await store.FindAsync(contact.Address, cancellation: cancellation);
        // Somebody asked once more, through a mail program or another page.
        if (refusalId.StartsWith(OnPage, StringComparison.Ordinal) && Standing(dossier, Unnumbered(refusalId[OnPage.Length..])) is not null)
            return false;
        var now = store.Clock.GetUtcNow();
        // By the clock's distance, not its direction: one that was put back does not stretch the hour.
        if (
            !dossier.Entries.Any(entry =>
                entry.Entry is RefusalMade { How: "link" } made && made.Id == refusalId && (now - entry.RecordedAt).Duration() <= UndoWithin
            )
        )
            return false;
        var undo = $"undo of {refusalId}";
        await store.RecordAsync(
            contact.Address,
            new RefusalRetracted(When.Of(now), undo, refusalId),
            By,
            idempotencyKey: undo,
            cancellation: cancellation
        );
        return true;
    }

    /// <summary>
    /// Whom a press binds: the senders with the brand that the message showed, or where nobody said which, all that share one with its
    /// sender. A number whose meaning is lost binds everybody: too much is refused rather than too little.
    /// </summary>
    internal static NameSet Senders(OptOutScopeUsed? scope, KnownNames known)
    {
        if (scope is null)
            return NameSet.Everything;
        return scope.Brand is { } brand
            ? NameSet.Of(known.Senders(brand).Append(scope.Sender))
            : NameSet.Of(known.UnderTheSameBrands(NameSet.Of(scope.Sender)));
    }

    /// <summary>
    /// What requests that wait to be recorded are to whoever decides meanwhile. Nothing is asked of the store: a link whose meaning was not
    /// read before binds everything for as long as it waits.
    /// </summary>
    public IReadOnlyList<RefusalMade> AsTheyWait(IEnumerable<OptOutRequest> requests) =>
        [
            .. requests.Select(request =>
            {
                var known = store.NamesLastRead;
                var scope = known.IsEmpty ? null : records.LastRead.Scopes.GetValueOrDefault(request.Scope);
                var refusal = Refusal(request, scope, Senders(scope, known));
                return (RefusalMade)RequestWidth.Settled(refusal with { Id = $"waiting: {refusal.Id}", How = "link, waiting" }, known);
            }),
        ];

    /// <summary>
    /// How often this request was expressed and is over: taken back, or followed by an act by which the person came back. The next refusal
    /// needs an id of its own, or it would be taken for the old one.
    /// </summary>
    static int Earlier(Dossier dossier, string stem)
    {
        var entries = dossier.Entries.Select(entry => entry.Entry).ToList();
        return entries
                .OfType<RefusalRetracted>()
                .Count(undo => undo.RefusalId == stem || undo.RefusalId.StartsWith(stem + " #", StringComparison.Ordinal))
            + entries.OfType<ConsentAnswered>().Count(consent => consent.ServedHere);
    }

    /// <summary>
    /// A consent that is on record already cannot lift a refusal made after it, even where a clock that stands wrong dates it later.
    /// </summary>
    static When NotBefore(Dossier dossier, When when) =>
        dossier
            .Entries.Select(entry => entry.Entry)
            .OfType<ConsentAnswered>()
            .Aggregate(when, (latest, consent) => consent.When.IsSurelyAfter(latest) ? consent.When : latest);

    static string Numbered(string stem, int earlier) =>
        earlier == 0 ? stem : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stem} #{earlier}");

    static string Unnumbered(string id) => Number().Replace(id, "");

    [GeneratedRegex(@" #\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    static RefusalMade Refusal(OptOutRequest request, OptOutScopeUsed? scope, NameSet senders)
    {
        var made = new RefusalMade(When.Of(request.At), request.Stem)
        {
            Senders = senders,
            Channels = NameSet.Everything,
            Topics = NameSet.Everything,
            How = "link",
        };
        return request.Extent switch
        {
            OptOutExtent.Link => InScope(made, scope),
            OptOutExtent.LessOften => InScope(made, scope) with { AtMostIn30Days = MostOf(request) },
            OptOutExtent.Channel => made with { Channels = NameSet.Of(request.Word) },
            OptOutExtent.Topic => made with { Topics = NameSet.Of(request.Word) },
            OptOutExtent.Everything => made with { Senders = NameSet.Everything, Kind = "objection" },
            _ => made,
        };
    }

    /// <summary>The channel and topic that a token stands for; all of them where its number means nothing any more.</summary>
    internal static RefusalMade InScope(RefusalMade made, OptOutScopeUsed? scope) =>
        scope is null
            ? made
            : made with
            {
                Channels = NameSet.Of(scope.Channel),
                Topics = scope.Topic is null ? NameSet.Everything : NameSet.Of(scope.Topic),
            };

    /// <summary>How many messages somebody still wants; null for none, and for a number that cannot be read.</summary>
    static int? MostOf(OptOutRequest request) =>
        request.Extent == OptOutExtent.LessOften
        && int.TryParse(
            request.Word,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var most
        )
            ? most
            : null;
}
