using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>What a format takes from one row: an address, entries about it, and claims that are not evidence.</summary>
sealed class RowDraft(CsvRows row, ImportOptions options, ImportTable table, RepeatedMessages repeated)
{
    readonly List<Proposal> proposals = [];
    readonly List<Claim> claims = [];
    readonly EntrySource source = new(table.Digest, row.Row);
    readonly long number = row.Row;
    readonly IReadOnlyList<(string Column, string Says, When? When)> stops = options.Stops.IsEmpty ? [] : [.. Said(row, options)];
    (string Column, string Says)? badStop;
    bool isSetAside;
    string? leftOut,
        domain;

    /// <summary>The cells.</summary>
    public CsvRows Cells => row;

    /// <summary>The choices made for the file.</summary>
    public ImportOptions Options => options;

    /// <summary>The table; its name may say something of its own.</summary>
    public ImportTable Table => table;

    /// <summary>Whom the row is about; null while it has not been read.</summary>
    public Address? Address { get; private set; }

    /// <summary>True when the row stops its person already.</summary>
    public bool HasRestriction =>
        stops.Count > 0 || options.FileIs == NamedFile.OptOuts || proposals.Exists(proposal => proposal.Grade == EvidenceGrade.Restriction);

    /// <summary>
    /// The row cannot be read as it should: nothing of it counts but requests to stop, and what any of its cells says of one.
    /// </summary>
    public void SetAside((string Column, string Says)? stop) => (isSetAside, badStop) = (true, stop);

    /// <summary>Another row about the same thing: what it says of requests to stop, and of being bad, holds for this one.</summary>
    public void Join(RowDraft other) => joined.Add(other);

    readonly List<RowDraft> joined = [];

    /// <summary>The senders that an opt-out of this account binds.</summary>
    public NameSet? Bound => options.Sender is { } sender ? NameSet.Of(sender) : null;

    /// <summary>
    /// Reads the row's address. A blank one leaves the row out; one that is none is a problem, unless such rows are to be left out.
    /// </summary>
    public bool ReadAddress(string column)
    {
        Address = Read(column, row.Text(column));
        if (Address is null && leftOut is null && row.Text(column).Length == 0)
            leftOut = "no address";
        return Address is not null;
    }

    /// <summary>Reads a further address of the row; null when blank or none.</summary>
    public Address? Read(string column, string text)
    {
        if (text.Length == 0)
            return null;
        if (options.Format == "refusals" && MailDomains.Whole(text) is { } whole)
        {
            if (MailDomains.IsPublic(whole))
                row.Problem(column, $"{whole} gives mailboxes to the public, so nobody can opt out for all of them", "leave the row out");
            else
                (domain, leftOut) = (whole, "a whole domain: every address at it is refused");
            return null;
        }
        var reading = Ledger.Identity.Address.Read(text);
        if (reading.Address is { } address)
            return address;
        if (options.LeaveOutBadAddresses)
            leftOut = $"{column}: {reading.Fault}";
        else
            row.Problem(column, reading.Fault!, "correct it, or leave such rows out");
        return null;
    }

    /// <summary>Proposes an entry about the row's address, under its own id.</summary>
    public void Add(ContactEntry entry, Address? to = null) => proposals.Add(new(to ?? Address!, entry, source));

    /// <summary>Proposes an entry that the source gives no id: it gets one made from what it says.</summary>
    public void AddUnnamed(ContactEntry entry, string prefix, Address? to = null) =>
        Add(repeated.Told(Proposal.Named(entry, prefix), to ?? Address), to);

    /// <summary>Notes something the row says that is not evidence.</summary>
    public void Claim(string text) => claims.Add(new(text, Address?.Verbatim ?? "", number));

    /// <summary>Words of the row that MaySend does not know, in columns that say who asked to stop, by the file's own names.</summary>
    public IReadOnlyList<(string Column, string Word)> UnknownWords => unknownWords;

    readonly List<(string, string)> unknownWords = [];

    /// <summary>Notes such a word.</summary>
    public void NoteUnknown(string column, string word) => unknownWords.Add((row.NameInFile(column), word));

    /// <summary>A request to stop as a platform keeps it.</summary>
    public RefusalMade Refusal(
        When? when,
        string how,
        string kind = "refusal",
        bool bindsAll = false,
        NameSet? topics = null,
        string? channel = "email"
    ) =>
        new(when ?? UnknownWhen, "")
        {
            Senders = bindsAll ? null : Bound,
            Channels = channel is null ? null : NameSet.Of(channel),
            Topics = topics,
            Kind = kind,
            How = how,
        };

    /// <summary>The topic for a list or subscription type of the platform; null, which binds every topic, when it was not mapped.</summary>
    public NameSet? TopicOf(string name)
    {
        if (options.Topics.TryGetValue(name, out var topic))
            return NameSet.Of(topic);
        Claim($"the subscription type `{name}` is not mapped to a topic, so an opt-out from it applies to every topic");
        return null;
    }

    /// <summary>What the row gives.</summary>
    public ReadRow Done()
    {
        if (Address is { } address)
        {
            AddStops(this, address);
            foreach (var other in joined)
                AddStops(other, address);
        }
        if (!isSetAside && !joined.Exists(other => other.isSetAside))
            return new(
                table.Name,
                number,
                proposals,
                claims,
                proposals.Count == 0 && claims.Count == 0 ? leftOut ?? "nothing to record" : null
            )
            {
                Domain = domain,
                Bare = proposals.Count == 0 && leftOut is null ? Address?.Verbatim : null,
            };
        // Which ticks ask to stop only the form can say: of such a row they are kept, and nothing else of the occasion. A box that was left
        // asks for nothing.
        List<Proposal> kept =
        [
            .. proposals.Where(proposal => proposal.Grade == EvidenceGrade.Restriction),
            .. proposals
                .Where(proposal => proposal.Grade != EvidenceGrade.Restriction && TickedBoxes.WereTicked(proposal.Entry))
                .Select(proposal => proposal with { Entry = TickedBoxes.OnlyTicks((DetailsCollected)proposal.Entry) }),
        ];
        return new(table.Name, number, kept, [], kept.Count == 0 ? "set aside" : null) { Domain = domain };
    }

    void AddStops(RowDraft draft, Address address)
    {
        foreach (var (column, says, when) in draft.stops)
            AddUnnamed(Refusal(when, $"import: {column}: {says}", channel: StateWords.ChannelOf(column)), "stop", address);
        if (draft.badStop is { } stop && !HasRestriction)
            proposals.Add(OfBadRow(address, stop, draft.source));
        if (options.FileIs == NamedFile.OptOuts && draft == this)
            AddUnnamed(Refusal(null, $"import: in {table.FileName}", channel: null), "stop", address);
    }

    /// <summary>The request to stop in a row that cannot be read: as wide as can be.</summary>
    public static Proposal OfBadRow(Address address, (string Column, string Says) stop, EntrySource source) =>
        new(
            address,
            Proposal.Named(
                new RefusalMade(UnknownWhen, "") { How = $"import: a row that cannot be read: {stop.Column}: {stop.Says}" },
                "stop"
            ),
            source
        );

    /// <summary>What columns that somebody named as opt-outs say in this row.</summary>
    static IEnumerable<(string, string, When?)> Said(CsvRows row, ImportOptions options)
    {
        foreach (var (column, words) in options.Stops)
        {
            var cell = row.RawText(column);
            if (
                words.IsDefaultOrEmpty ? StateWords.Said(ColumnSense.Stops, cell) == StateSaid.Stop
                : words is [StateWords.WhateverSaysSo] ? StateWords.Said(StateWords.SenseOf(column), cell) == StateSaid.Stop
                : words.Contains(cell, StringComparer.OrdinalIgnoreCase)
            )
                yield return (column, cell, row.TryWhen(column));
        }
    }

    /// <summary>The time of something whose time the source does not give: it binds from the beginning.</summary>
    public static When UnknownWhen => When.Of(DateOnly.MinValue);
}
