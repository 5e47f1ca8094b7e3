using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaySend.Law.Facts;

namespace MaySend.Law.Formulas;

/// <summary>Lists the facts a formula asks about.</summary>
public static class FactsIn
{
    static readonly ConditionalWeakTable<Formula, Fact[]> Known = [];

    /// <summary>Every fact asked about, once each.</summary>
    public static ImmutableArray<Fact> Of(Formula formula) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Known.GetValue(formula, static asked => [.. asked.Read(Facts.Reader).Distinct()]));

    /// <summary>Words that a formula compares with and that the fact's closed list does not have.</summary>
    public static IEnumerable<string> UnknownWords(Formula formula) => formula.Read(WordCheck.Reader);

    sealed class Facts : Gathering<Fact>
    {
        public static readonly Facts Reader = new();

        public override IEnumerable<Fact> OneOf(OneOf node) => [node.Fact];

        public override IEnumerable<Fact> Same(Same node) => [node.Left, node.Right];

        public override IEnumerable<Fact> Compare(Compare node) => node.Right is null ? [node.Left] : [node.Left, node.Right];

        public override IEnumerable<Fact> Within(Within node) => [node.Earlier, node.Later];

        public override IEnumerable<Fact> Covers(Covers node) =>
            [
                .. node.KnownWhole is null ? [node.Whole] : Array.Empty<Fact>(),
                .. node.Part is null || node.KnownPart is not null ? Array.Empty<Fact>() : [node.Part],
            ];

        public override IEnumerable<Fact> Overlaps(Overlaps node) => node.Other is null ? [node.One] : [node.One, node.Other];
    }

    sealed class WordCheck : Gathering<string>
    {
        public static readonly WordCheck Reader = new();

        public override IEnumerable<string> OneOf(OneOf node) =>
            node.Fact is WordFact { Words: var words } fact ? Unknown(fact, words, node.Values) : [];

        public override IEnumerable<string> Covers(Covers node) =>
            node.Whole is SetFact { Words: { IsEmpty: false } words } whole ? Unknown(whole, words, node.Names) : [];

        static IEnumerable<string> Unknown(Fact fact, IEnumerable<string> words, Argument given) =>
            given
                .Names.Where(name => !words.Contains(name))
                .Select(name => $"`{name}` is not a value of {fact.Name}: {string.Join(", ", words)}");
    }
}
