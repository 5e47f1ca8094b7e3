using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// The names by which a request to stop can be understood: senders with their names and brands, and the topics each writes about. Letters
/// of either case are one. What is not among them is not understood, and a request that uses it is as wide as it can be (model §8).
/// Immutable.
/// </summary>
public sealed class KnownNames
{
    readonly List<SenderDeclared> senders;

    /// <summary>
    /// The senders by whose names a request is understood, each with the brands that somebody who may sign gave it. A name that anybody
    /// wrote down would narrow a request that uses it: what is not known binds everything.
    /// </summary>
    readonly List<SenderDeclared> understood;
    readonly ConcurrentDictionary<string, FrozenDictionary<string, ImmutableArray<string>>?> spellings = new(StringComparer.Ordinal);
    IReadOnlyList<Campaign>? messages;

    /// <summary>The names that the declarations of these senders make known.</summary>
    public KnownNames(IEnumerable<SenderDeclared> senders) => understood = this.senders = [.. senders];

    /// <summary>
    /// The names that senders make known, and forms: where a sender lists no topics, those that the boxes of its signed forms name are its
    /// own.
    /// </summary>
    /// <param name="senders">The senders on record.</param>
    /// <param name="forms">The forms that count.</param>
    /// <param name="vouched">
    /// Of each sender of whom somebody who may sign has said something, the brands that they named; a sender that is not there makes no
    /// name known.
    /// </param>
    public KnownNames(
        IEnumerable<SenderDeclared> senders,
        IEnumerable<CollectionPointVersion> forms,
        IReadOnlyDictionary<string, NameSet> vouched
    )
    {
        this.senders = [.. senders.Select(sender => sender.Topics is null ? WithTopics(sender, forms) : sender)];
        understood =
        [
            .. from sender in this.senders where vouched.ContainsKey(sender.Id) select sender with { Brands = vouched[sender.Id] },
        ];
    }

    /// <summary>The sender with the topics that forms, and other names at hand, give it.</summary>
    public static SenderDeclared WithTopics(
        SenderDeclared sender,
        IEnumerable<CollectionPointVersion> forms,
        params IEnumerable<string> others
    )
    {
        var topics = forms
            .Where(form => form is { Signature.IsWhole: true, Boxes: { IsDefaultOrEmpty: false } })
            .SelectMany(form => form.Boxes!.Value)
            .Where(box => box.Senders?.Has(sender.Id) ?? true)
            .SelectMany(box => box.Topics?.Names ?? [])
            .Concat(others)
            .ToList();
        return topics.Count == 0 ? sender : sender with { Topics = NameSet.Of(topics) };
    }

    /// <summary>Nothing is known: every name is not understood.</summary>
    public static readonly KnownNames None = new([]);

    /// <summary>True while no sender is on record.</summary>
    public bool IsEmpty => senders.Count == 0;

    /// <summary>
    /// The ids of the senders that a name stands for: an id, a name for people, or a brand, which binds every sender that has it. Empty
    /// when not understood.
    /// </summary>
    public IEnumerable<string> Senders(string name) =>
        understood
            .Where(sender => IsSame(sender.Id, name) || IsSame(sender.Name, name) || Holds(sender.Brands, name))
            .Select(sender => sender.Id);

    /// <summary>
    /// True where a name is this sender's, or may be: nobody knows whose it is. For what counts against sending, such as that a message
    /// went out.
    /// </summary>
    public bool MayBe(string name, string sender)
    {
        if (string.Equals(name, sender, StringComparison.Ordinal))
            return true;
        var isUnderstood = false;
        foreach (var id in Senders(name))
            if (string.Equals(id, sender, StringComparison.Ordinal))
                return true;
            else
                isUnderstood = true;
        return !isUnderstood;
    }

    /// <summary>
    /// True where a name is this sender's and nobody else's. For what speaks for sending, such as that a message offered a way out.
    /// </summary>
    public bool IsSurely(string name, string sender) =>
        string.Equals(name, sender, StringComparison.Ordinal) || Senders(name).Distinct(StringComparer.Ordinal).SequenceEqual([sender]);

    /// <summary>
    /// The senders that share a brand with one of these, themselves among them: what is asked for under a brand binds all who use it.
    /// </summary>
    public IEnumerable<string> UnderTheSameBrands(NameSet asked)
    {
        var brands = senders.Where(sender => asked.Has(sender.Id)).SelectMany(sender => sender.Brands?.Names ?? []).ToList();
        return senders
            .Where(sender => asked.Has(sender.Id) || brands.Exists(brand => Holds(sender.Brands, brand)))
            .Select(sender => sender.Id)
            .Union(asked.Names, StringComparer.Ordinal);
    }

    /// <summary>
    /// The topics, as their senders spell them, that a name stands for with one of these senders; retired ones are still understood. Empty
    /// when not understood.
    /// </summary>
    public IEnumerable<string> Topics(string name, NameSet of) =>
        understood
            .Where(sender => of.Has(sender.Id))
            .SelectMany(sender => (sender.Topics?.Names ?? []).Concat(sender.RetiredTopics?.Names ?? []))
            .Where(topic => IsSame(topic, name))
            .Distinct(StringComparer.Ordinal);

    /// <summary>True where one of these senders has a topic on record as a request that was settled spells it, retired or not.</summary>
    public bool HasTopic(string topic, NameSet of)
    {
        foreach (var sender in understood)
            if (
                of.Has(sender.Id)
                && spellings.GetOrAdd(sender.Id, static (id, names) => names.SpellingsOf(id), this) is { } own
                && own.TryGetValue(topic.Trim(), out var spelt)
                && spelt.Contains(topic)
            )
                return true;
        return false;
    }

    /// <summary>
    /// How a sender spells a topic of its own; empty where the topic is not among those on record, and as it was given where none are.
    /// </summary>
    public ImmutableArray<string> Spelling(string sender, string topic) =>
        spellings.GetOrAdd(sender, static (id, names) => names.SpellingsOf(id), this) is not { } own ? [topic]
        : own.TryGetValue(topic.Trim(), out var spelt) ? spelt
        : [];

    FrozenDictionary<string, ImmutableArray<string>>? SpellingsOf(string sender)
    {
        var own = understood
            .Where(each => each.Id == sender)
            .SelectMany(each => (each.Topics?.Names ?? []).Concat(each.RetiredTopics?.Names ?? []))
            .Distinct(StringComparer.Ordinal)
            .ToLookup(topic => topic.Trim(), StringComparer.OrdinalIgnoreCase);
        return own.Count == 0
            ? null
            : own.ToFrozenDictionary(one => one.Key, one => one.ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The topics that a sender writes about, in the words offered to people.</summary>
    public IEnumerable<string> TopicsOf(string sender) =>
        senders.Where(each => each.Id == sender).SelectMany(each => each.Topics?.Names ?? []);

    /// <summary>One message of each known sender over each channel about each of its topics; about none where it lists none.</summary>
    internal IReadOnlyList<Campaign> Messages() =>
        messages ??= [
            .. from sender in senders
            from channel in Words.Channels
            from topic in sender.Topics is { Names.IsEmpty: false } topics ? topics.Names : [""]
            select new Campaign("", sender.Id, channel, DateOnly.MaxValue) { Topics = topic.Length == 0 ? [] : [topic] },
        ];

    static bool Holds(NameSet? names, string name) => names is not null && names.Names.Any(each => IsSame(each, name));

    static bool IsSame(string known, string name) =>
        name.Length > 0 && string.Equals(known.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);
}
