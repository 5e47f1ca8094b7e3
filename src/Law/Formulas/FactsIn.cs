using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaySend.Law.Facts;

namespace MaySend.Law.Formulas;

/// <summary>Lists the facts a formula asks about.</summary>
public sealed class FactsIn : IFormulaReader<IEnumerable<Fact>>
{
    static readonly FactsIn Reader = new();
    static readonly ConditionalWeakTable<Formula, Fact[]> Known = [];

    /// <summary>Every fact asked about, once each.</summary>
    public static ImmutableArray<Fact> Of(Formula formula) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Known.GetValue(formula, static asked => [.. asked.Read(Reader).Distinct()]));

    /// <summary>Words that a formula compares with and that the fact's closed list does not have.</summary>
    public static IEnumerable<string> UnknownWords(Formula formula) => formula.Read(WordCheck.Reader);

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Constant(Constant node) => [];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.All(All node) => node.Parts.SelectMany(part => part.Read(this));

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Any(Any node) => node.Parts.SelectMany(part => part.Read(this));

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Not(Not node) => node.Part.Read(this);

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Some(Some node) => node.Body.Read(this);

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.OneOf(OneOf node) => [node.Fact];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Same(Same node) => [node.Left, node.Right];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Compare(Compare node) => node.Right is null ? [node.Left] : [node.Left, node.Right];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Within(Within node) => [node.Earlier, node.Later];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Covers(Covers node) =>
        [
            .. node.KnownWhole is null ? [node.Whole] : Array.Empty<Fact>(),
            .. node.Part is null || node.KnownPart is not null ? Array.Empty<Fact>() : [node.Part],
        ];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Overlaps(Overlaps node) => node.Other is null ? [node.One] : [node.One, node.Other];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => [];

    IEnumerable<Fact> IFormulaReader<IEnumerable<Fact>>.Limb(Limb node) => node.Test.Read(this);

    sealed class WordCheck : IFormulaReader<IEnumerable<string>>
    {
        public static readonly WordCheck Reader = new();

        public IEnumerable<string> Constant(Constant node) => [];

        public IEnumerable<string> All(All node) => node.Parts.SelectMany(part => part.Read(this));

        public IEnumerable<string> Any(Any node) => node.Parts.SelectMany(part => part.Read(this));

        public IEnumerable<string> Not(Not node) => node.Part.Read(this);

        public IEnumerable<string> Some(Some node) => node.Body.Read(this);

        public IEnumerable<string> Same(Same node) => [];

        public IEnumerable<string> Compare(Compare node) => [];

        public IEnumerable<string> Within(Within node) => [];

        public IEnumerable<string> Overlaps(Overlaps node) => [];

        public IEnumerable<string> SendStandsWithoutConsent(SendStandsWithoutConsent node) => [];

        public IEnumerable<string> Limb(Limb node) => node.Test.Read(this);

        public IEnumerable<string> OneOf(OneOf node) =>
            node.Fact is WordFact { Words: var words } fact ? Unknown(fact, words, node.Values) : [];

        public IEnumerable<string> Covers(Covers node) =>
            node.Whole is SetFact { Words: { IsEmpty: false } words } whole ? Unknown(whole, words, node.Names) : [];

        static IEnumerable<string> Unknown(Fact fact, IEnumerable<string> words, Argument given) =>
            given
                .Names.Where(name => !words.Contains(name))
                .Select(name => $"`{name}` is not a value of {fact.Name}: {string.Join(", ", words)}");
    }
}
