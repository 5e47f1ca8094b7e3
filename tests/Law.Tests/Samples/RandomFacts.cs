using MaySend.Law.Facts;

namespace MaySend.Law.Tests.Samples;

/// <summary>
/// Random facts out of small pools, so that values meet: days around one day, few names, sets that are everything, incomplete, empty or not
/// recorded.
/// </summary>
public sealed class RandomFacts(int seed)
{
    static readonly DateOnly Middle = new(2026, 3, 10);
    static readonly int[] DaysAway = [-800, -731, -730, -366, -365, -364, -90, -31, -30, -29, -10, -1, 0, 1, 20, 206, 400];
    static readonly string[] Pool = ["lantern-ltd", "other-ltd", "gb", "fr", "candles", "homeware", "homeware-offers", "gb/tps"];
    static readonly Scope[] RecordKinds = [Scope.Collection, Scope.Consent, Scope.Refusal, Scope.Check];

    readonly Random random = new(seed);

    /// <summary>The source of chance, for what else a test leaves to it.</summary>
    public Random Random => random;

    /// <summary>True with a chance of one in <paramref name="times"/>.</summary>
    public bool OneIn(int times) => random.Next(times) == 0;

    /// <summary>One of these.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>A value of a fact, or none.</summary>
    public FactValue Value(Fact fact) =>
        OneIn(6)
            ? FactValue.NotRecorded
            : fact switch
            {
                WordFact word => FactValue.OfNumber(random.Next(word.Words.Length)),
                NameFact => FactValue.OfName(Pick(Pool)),
                DayFact => FactValue.OfDay(Day()),
                NumberFact => FactValue.OfNumber(OneIn(9) ? int.MaxValue : random.Next(20)),
                SetFact set => FactValue.OfSet(Set(set)),
                _ => throw new InvalidOperationException($"{fact.Name} has a kind without random values"),
            };

    /// <summary>A day near the middle; now and then the end of the calendar.</summary>
    public DateOnly Day() =>
        OneIn(40) ? Pick([DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2024, 2, 29)]) : Middle.AddDays(Pick(DaysAway));

    /// <summary>A set of names the fact may hold.</summary>
    public NameSet Set(SetFact fact)
    {
        if (OneIn(8))
            return NameSet.Everything;
        IReadOnlyList<string> names = fact.Words.IsEmpty ? Pool : fact.Words;
        return NameSet.Of(Enumerable.Range(0, random.Next(4)).Select(_ => Pick(names)), isComplete: !OneIn(4));
    }

    /// <summary>A sheet in which every fact is left to chance.</summary>
    public FactSheet Sheet(Scope scope, string id = "")
    {
        var sheet = new FactSheet(scope, id);
        foreach (var fact in Vocabulary.Of(scope))
            sheet[fact] = Value(fact);
        return sheet;
    }

    /// <summary>Facts in which everything is left to chance, with up to <paramref name="most"/> records of each kind.</summary>
    public FactsDraft Draft(int most = 3)
    {
        var draft = new FactsDraft();
        foreach (var scope in new[] { Scope.Message, Scope.Sender, Scope.Recipient })
        foreach (var fact in Vocabulary.Of(scope))
            draft.Set(fact, Value(fact));
        foreach (var kind in Scopes.Records)
            AddRecords(draft, kind, most);
        return draft;
    }

    /// <summary>A recipient's records of every kind, left to chance.</summary>
    public void AddRecords(FactsDraft draft, Scope kind, int most)
    {
        for (var i = random.Next(most + 1); i > 0; i--)
            draft.Add(Sheet(kind, $"r{i}"));
    }

    /// <summary>
    /// A few changes to facts that make sense: what a case says, with some values changed or taken away and some records doubled with a
    /// change, or gone.
    /// </summary>
    /// <param name="like">Where to start.</param>
    /// <param name="scopes">The scopes that may change.</param>
    /// <param name="most">How many changes at most.</param>
    public FactsDraft Changed(FactsDraft like, IReadOnlyList<Scope> scopes, int most = 5)
    {
        var draft = like.Copy();
        for (var i = random.Next(most + 1); i > 0; i--)
        {
            var scope = Pick(scopes);
            var fact = Pick(Vocabulary.Of(scope));
            if (scope.IsRecord() && OneIn(8))
                draft.Clear(scope);
            else if (scope.IsRecord() && OneIn(3))
                AddChangedCopy(draft, scope);
            else if (scope == Scope.Refusal && OneIn(3))
                draft.Add(Sheet(scope, "r"));
            else
                draft.Set(fact, Value(fact));
        }
        return draft;
    }

    /// <summary>The recipient of one draft under the campaign of another.</summary>
    public static IReadOnlyList<Scope> OfRecipients { get; } = [Scope.Recipient, .. RecordKinds];

    void AddChangedCopy(FactsDraft draft, Scope kind)
    {
        if (draft.Of(kind).Count == 0)
            return;
        var copy = Pick(draft.Of(kind)).Copy();
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var fact = Pick(Vocabulary.Of(kind));
            copy[fact] = Value(fact);
        }
        draft.Add(copy);
    }
}
