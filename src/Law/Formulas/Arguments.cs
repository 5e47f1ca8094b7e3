using MaySend.Law.Formulas;

namespace MaySend.Law.Formulas;

/// <summary>Finds and fills what a condition leaves open for the law's file.</summary>
static class Arguments
{
    /// <summary>The open argument of a test, or null.</summary>
    public static Argument? OpenIn(Formula test) => test.Read(OpenArgument.Reader);

    /// <summary>The test with its open arguments filled.</summary>
    public static Formula Fill(Formula test, Argument argument) =>
        Rewrite.Each(
            test,
            node =>
                node switch
                {
                    OneOf { Values.IsOpen: true } open => open with { Values = argument },
                    Compare { Number.IsOpen: true } open => open with { Number = argument },
                    Within { Period.IsOpen: true } open => open with { Period = argument },
                    Covers { Names.IsOpen: true } open => open with { Names = argument },
                    Overlaps { Names.IsOpen: true } open => open with { Names = argument },
                    _ => node,
                }
        );

    sealed class OpenArgument : IFormulaReader<Argument?>
    {
        public static readonly OpenArgument Reader = new();

        public Argument? Constant(Constant node) => null;

        public Argument? All(All node) => node.Parts.Select(part => part.Read(this)).FirstOrDefault(found => found is not null);

        public Argument? Any(Any node) => node.Parts.Select(part => part.Read(this)).FirstOrDefault(found => found is not null);

        public Argument? Not(Not node) => node.Part.Read(this);

        public Argument? Some(Some node) => node.Body.Read(this);

        public Argument? OneOf(OneOf node) => Open(node.Values);

        public Argument? Same(Same node) => null;

        public Argument? Compare(Compare node) => Open(node.Number);

        public Argument? Within(Within node) => Open(node.Period);

        public Argument? Covers(Covers node) => Open(node.Names);

        public Argument? Overlaps(Overlaps node) => Open(node.Names);

        public Argument? SendStandsWithoutConsent(SendStandsWithoutConsent node) => null;

        public Argument? Limb(Limb node) => node.Test.Read(this);

        static Argument? Open(Argument argument) => argument.IsOpen ? argument : null;
    }
}
