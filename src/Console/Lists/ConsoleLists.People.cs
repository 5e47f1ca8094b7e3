using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Inbound;
using MaySend.Records.Requests;

namespace MaySend.Console.Lists;

/// <summary>Lists of people and of what they asked for.</summary>
static partial class ConsoleLists
{
    /// <summary>The most people that a list shows: more are found by their address, or exported.</summary>
    public const int MostPeople = 20_000;

    public static readonly GrowingList<Contact> People = new(
        "people",
        "people",
        Permit.ReadPeople,
        async http => await Get<EvidenceStore>(http).Ledger.ContactsAsync(http.RequestAborted).Take(MostPeople).ToListAsync(),
        [
            new("address", "Address", one => one.Address.Verbatim) { IsSearched = false },
            new("kind", "Kind", one => Format.Words(one.Address.Kind.ToString().ToLowerInvariant())) { IsSearched = false },
            new("contact", "Contact", one => one.Id.ToString()) { IsSearched = false },
        ]
    )
    {
        Of = _ => "people",
        Whom = one => one.Id,
    };

    public static readonly GrowingList<InboxItem> Inbox = new(
        "inbox",
        "messages",
        Permit.ReadPeople,
        async http => [.. (await Get<Inbox>(http).AllAsync()).Where(one => one.IsWaiting)],
        [
            new("arrived", "Arrived", one => one.Arrived.At),
            new("source", "Came by", one => one.Arrived.Source),
            new("matter", "About", one => Format.Words(one.Arrived.Matter)),
            new("holds", "Holds an address", one => Format.YesNo(one.Arrived.Holds)),
        ]
    )
    {
        Size = 10,
    };

    public static readonly GrowingList<RightsRequest> OpenRequests = new(
        "open-requests",
        "open requests",
        Permit.ReadPeople,
        async http => [.. (await Get<RightsRequests>(http).AllAsync()).Where(one => one.Answer is null).OrderBy(Due)],
        [
            new("right", "Request", one => one.Received.Right),
            new("received", "Received", one => Day(one.Received.At)),
            new("due", "Answer by", one => Due(one)),
            new("id", "Name in the register", one => one.Received.Id) { IsSearched = false },
        ]
    )
    {
        Name = "open",
    };

    public static readonly GrowingList<RightsRequest> AnsweredRequests = new(
        "answered-requests",
        "answered requests",
        Permit.ReadPeople,
        async http => [.. (await Get<RightsRequests>(http).AllAsync()).Where(one => one.Answer is not null).Reverse()],
        [
            new("right", "Request", one => one.Received.Right),
            new("received", "Received", one => Day(one.Received.At)),
            new("answered", "Answered", one => Day(one.Answer!.At)),
            new("outcome", "Outcome", one => one.Answer!.Outcome),
            new("by", "By", one => one.Answer!.By),
            new("id", "Name in the register", one => one.Received.Id) { IsSearched = false },
        ]
    )
    {
        Name = "answered",
    };

    public static readonly GrowingList<SignInLine> SignIns = new(
        "sign-ins",
        "sign-ins",
        Permit.ReadSignIns,
        http => new(Get<SignInLog>(http).Latest(most: 10_000)),
        [
            new("when", "When", one => one.At),
            new("who", "Who", one => one.Name),
            new("from", "From", one => one.From),
            new("with", "With", one => one.With),
            new("outcome", "Outcome", one => one.Outcome),
        ]
    );

    /// <summary>How many lines of the audit trail are shown; the rest stands in <c>maysend audit</c>.</summary>
    public const int MostViewings = 5_000;

    public static readonly GrowingList<ViewingLine> Viewings = new(
        "audit",
        "lines",
        Permit.ReadAudit,
        async http => await ViewingLine.AllAsync(http),
        [
            new("when", "When", one => one.Viewing.At),
            new("who", "Who", one => one.Viewing.Who),
            new("door", "Door", one => one.Viewing.Door),
            new("what", "What", one => one.What),
            new("about", "Which", one => one.Viewing.About),
            new("people", "People", one => one.Viewing.IsDenied ? null : one.Viewing.People),
            new("contacts", "Contacts", one => one.Contacts) { IsSorted = false },
            new("from", "From", one => one.Viewing.From),
        ]
    );
}
