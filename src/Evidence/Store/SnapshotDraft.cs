using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Keys;
using MemoryPack;

namespace MaySend.Evidence.Store;

/// <summary>
/// Makes the snapshot of a partition. What several people say word for word stands in it once, sealed with the partition's own key; all
/// else stands with the person, sealed with theirs, so that an erasure, which destroys the key, leaves nothing to read. For one thread.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="partition">The partition.</param>
/// <param name="head">The place in its chain up to which everything is in it.</param>
sealed class SnapshotDraft(string store, Partition partition, ChainMark head)
{
    /// <summary>So many people make a saying one that is about nobody.</summary>
    const int Several = 8;

    readonly Dictionary<string, Word> words = new(StringComparer.Ordinal);
    readonly List<(ContactId Contact, ContactKey Key, byte[] Stated, List<(SnapshotRow Row, Said Said)> Rows)> people = [];
    int entries;

    sealed class Word(string text)
    {
        public string Text => text;

        public int Number = -1,
            Last = -1,
            People;
    }

    readonly record struct Said(Word Saying, Word[]? Products, Word By, Word? File);

    /// <summary>Adds a person; call it in the order of first entries.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="key">Its key.</param>
    /// <param name="stated">What its entries stated of the rows in the index last.</param>
    /// <param name="recorded">The entries.</param>
    public void Add(ContactId contact, ContactKey key, ReadOnlySpan<byte> stated, IEnumerable<RecordedEntry> recorded)
    {
        var rows = new List<(SnapshotRow, Said)>();
        foreach (var one in recorded)
            rows.Add((RowOf(one), SaidIn(one)));
        entries += rows.Count;
        people.Add((contact, key, stated.ToArray(), rows));
    }

    /// <summary>The snapshot.</summary>
    /// <param name="own">The partition's own key.</param>
    public byte[] Finish(ContactKey own)
    {
        List<Word> shared = [.. words.Values.Where(word => word.People >= Several)];
        for (var number = 0; number < shared.Count; number++)
            shared[number].Number = number;
        var contacts = new byte[people.Count * ContactId.Size];
        for (var place = 0; place < people.Count; place++)
            people[place].Contact.WriteTo(contacts.AsSpan(place * ContactId.Size));
        var body = new SnapshotBody(
            entries,
            own.Seal(MemoryPackSerializer.Serialize(new SnapshotWords([.. shared.Select(word => word.Text)])), Snapshot.WordsBound),
            contacts,
            [.. people.Select(person => Sealed(person, shared.Count))]
        );
        return Snapshot.Pack(body, store, partition, head, own);
    }

    static byte[] Sealed((ContactId Contact, ContactKey Key, byte[] Stated, List<(SnapshotRow Row, Said Said)> Rows) person, int shared)
    {
        var own = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = person.Rows.ConvertAll(one =>
            one.Row with
            {
                Saying = NumberOf(one.Said.Saying),
                Products = one.Said.Products is { } goods ? Array.ConvertAll(goods, NumberOf) : null,
                By = NumberOf(one.Said.By),
                File = one.Said.File is { } file ? NumberOf(file) : -1,
            }
        );
        var words = own.OrderBy(pair => pair.Value).Select(pair => pair.Key);
        return person.Key.Seal(
            MemoryPackSerializer.Serialize(new SnapshotPerson(person.Stated, [.. words], [.. rows])),
            Snapshot.Bound(person.Contact)
        );

        int NumberOf(Word word) =>
            word.Number >= 0 ? word.Number
            : own.TryGetValue(word.Text, out var known) ? known
            : own[word.Text] = shared + own.Count;
    }

    static SnapshotRow RowOf(RecordedEntry one) =>
        new()
        {
            When = Moment.Of(one.Entry.When),
            Id = one.Entry.Id,
            Seq = one.Position.Seq,
            RecordedAt = LedgerTime.ToMicroseconds(one.RecordedAt),
            Rights = one.Rights is { } rights ? (int)rights : -1,
            FileRow = one.Source?.Row ?? 0,
        };

    Said SaidIn(RecordedEntry one)
    {
        Word[]? products = null;
        var said = one.Entry with { When = default, Id = "" };
        if (said is DetailsCollected collected)
        {
            products = collected.Products.IsDefaultOrEmpty ? null : [.. collected.Products.Select(WordOf)];
            said = collected with { Products = [] };
        }
        return new(
            WordOf(Encoding.UTF8.GetString(EntryJson.Write(said))),
            products,
            WordOf(one.By),
            one.Source is { } source ? WordOf(source.FileDigest) : null
        );
    }

    Word WordOf(string text)
    {
        if (!words.TryGetValue(text, out var word))
            words[text] = word = new(text);
        if (word.Last != people.Count)
            (word.Last, word.People) = (people.Count, word.People + 1);
        return word;
    }
}
