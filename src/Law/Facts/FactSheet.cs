using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>
/// The values on record for one message, sender, recipient or record. What is not set is not recorded. Filled by one writer, then only
/// read; not safe for writing from several threads.
/// </summary>
public sealed class FactSheet
{
    // Millions of sheets are filled and dropped: four bytes a fact, and room for names and sets only where there are some. Numbers are
    // kept from the least there is, so that nothing is nothing on record.
    readonly uint[] numbers;
    const long Least = int.MinValue;
    object?[]? held;

    /// <summary>An empty sheet.</summary>
    /// <param name="scope">What it is a sheet of.</param>
    /// <param name="id">Names the record for people: an order number, an assessment's id. Blank where there is only one.</param>
    public FactSheet(Scope scope, string id = "")
    {
        Scope = scope;
        Id = id;
        numbers = new uint[Vocabulary.Of(scope).Length];
    }

    /// <summary>What it is a sheet of.</summary>
    public Scope Scope { get; }

    /// <summary>Names the record for people.</summary>
    public string Id { get; }

    /// <summary>
    /// True of an occasion whose form is on record with its boxes, and of which only the person's own answer to them is not known: more
    /// about the form would not show it. No fact: nothing is decided by it, and only what would help is told by it.
    /// </summary>
    public bool LacksOnlyAnAnswer { get; init; }

    /// <summary>The value of a fact of this scope: what is on record, or what silence says (<see cref="Fact.IfSilent"/>).</summary>
    /// <exception cref="OverflowException">A number that is set is beyond 32 bits.</exception>
    public FactValue this[Fact fact]
    {
        get => OnRecord(fact) is { IsRecorded: true } value ? value : fact.IfSilent;
        set
        {
            var place = IndexOf(fact);
            if (fact.HeldIndex >= 0)
                Hold(fact, value.Held);
            else
                numbers[place] = value.IsRecorded ? Kept(value.Number) : 0;
        }
    }

    /// <summary>
    /// The number, the place of a word in its list, or the day's number: what <see cref="FactValue.Number"/> says of this fact, sooner.
    /// Null where nothing says it, not even silence.
    /// </summary>
    /// <param name="fact">A fact of this scope that is no name and no set.</param>
    public int? NumberOf(Fact fact) =>
        numbers[IndexOf(fact)] is var number && number != 0 ? (int)(number + Least)
        : fact.IfSilent.IsRecorded ? (int)fact.IfSilent.Number
        : null;

    /// <summary>Sets a word; blank or null is not recorded.</summary>
    public FactSheet With(WordFact fact, string? word) => Set(fact, string.IsNullOrEmpty(word) ? 0 : Kept(fact.PlaceOf(word)));

    /// <summary>Sets yes or no; null is not recorded.</summary>
    public FactSheet With(WordFact flag, bool? answer) => Set(flag, answer is { } said ? Kept(flag.PlaceOf(said)) : 0);

    /// <summary>Sets a day; null is not recorded.</summary>
    public FactSheet With(DayFact fact, DateOnly? day) => Set(fact, day is { } known ? Kept(known.DayNumber) : 0);

    /// <summary>Sets a name; blank or null is not recorded.</summary>
    public FactSheet With(NameFact fact, string? name) => Hold(fact, string.IsNullOrEmpty(name) ? null : name);

    /// <summary>Sets a set; null is not recorded.</summary>
    public FactSheet With(SetFact fact, NameSet? set) => Hold(fact, set);

    /// <summary>Sets a number; null is not recorded.</summary>
    public FactSheet With(NumberFact fact, int? number) => Set(fact, number is { } known ? Kept(known) : 0);

    /// <summary>A copy that can be changed without changing this one.</summary>
    public FactSheet Copy()
    {
        var copy = new FactSheet(Scope, Id) { LacksOnlyAnAnswer = LacksOnlyAnAnswer, held = (object?[]?)held?.Clone() };
        numbers.CopyTo(copy.numbers.AsSpan());
        return copy;
    }

    /// <summary>The facts on record with their values, in the order of the vocabulary.</summary>
    public IEnumerable<(Fact Fact, FactValue Value)> Recorded =>
        Vocabulary.Of(Scope).Select(fact => (fact, OnRecord(fact))).Where(recorded => recorded.Item2.IsRecorded);

    FactValue OnRecord(Fact fact)
    {
        var place = IndexOf(fact);
        if (fact.HeldIndex >= 0)
            return held?[fact.HeldIndex] is { } something ? FactValue.OfHeld(something) : FactValue.NotRecorded;
        return numbers[place] is var number && number == 0 ? FactValue.NotRecorded : FactValue.OfNumber(number + Least);
    }

    static uint Kept(long number) => number > Least ? checked((uint)(number - Least)) : throw new OverflowException();

    FactSheet Set(Fact fact, uint kept)
    {
        numbers[IndexOf(fact)] = kept;
        return this;
    }

    FactSheet Hold(Fact fact, object? value)
    {
        IndexOf(fact);
        if (value is not null || held is not null)
            (held ??= new object?[Vocabulary.HeldOf(Scope)])[fact.HeldIndex] = value;
        return this;
    }

    int IndexOf(Fact fact) =>
        fact.Scope == Scope ? fact.Index : throw new ArgumentException($"{fact.Name} is not a fact of a {Scope.Word()}", nameof(fact));
}

/// <summary>What is known once for a whole campaign.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">The legal entity behind it.</param>
/// <param name="Assessments">The controller's assessments, newest first, then by id.</param>
public sealed record CampaignFacts(FactSheet Message, FactSheet Sender, ImmutableArray<FactSheet> Assessments);

/// <summary>
/// What is known of one recipient: one sheet and the records of each kind, newest first and then by id: of several that come as near, the
/// first is named in reasons.
/// </summary>
/// <param name="Recipient">The recipient's own facts.</param>
/// <param name="Collections">Every occasion on which the details were obtained.</param>
/// <param name="Consents">Every consent asked for.</param>
/// <param name="Refusals">Every request to stop.</param>
/// <param name="Checks">Every look-up in other people's registers.</param>
public sealed record RecipientFacts(
    FactSheet Recipient,
    ImmutableArray<FactSheet> Collections,
    ImmutableArray<FactSheet> Consents,
    ImmutableArray<FactSheet> Refusals,
    ImmutableArray<FactSheet> Checks
)
{
    /// <summary>The records of a kind; assessments are the campaign's.</summary>
    public ImmutableArray<FactSheet> Of(Scope kind) =>
        kind switch
        {
            Scope.Collection => Collections,
            Scope.Consent => Consents,
            Scope.Refusal => Refusals,
            Scope.Check => Checks,
            _ => throw new ArgumentException($"a recipient has no records of kind {kind.Word()}", nameof(kind)),
        };
}
