using System.Reflection;
using System.Text.RegularExpressions;
using MaySend.Law;
using MaySend.Law.Cases;
using MaySend.Reading;

namespace MaySend.Decisions.Tests;

/// <summary>
/// What authorities decided, against what people read here: the answer must not permit what was unlawful, must name the authority's own
/// ground in its default text, and nearly always as its reason. Facts in our own words after the decisions named in
/// <c>Published/published.cases.yaml</c>.
/// </summary>
public partial class PublishedCasesTests(ITestOutputHelper output)
{
    static readonly Lazy<IReadOnlyList<Answered>> Answers = new(Ask);

    [Fact]
    public void No_published_unlawful_message_is_permitted_and_every_lawful_one_is()
    {
        foreach (var answered in Answers.Value)
            answered.IsAsDecided.ShouldBeTrue($"{answered.Case.Source}: {answered.Case.Name}: {answered.Explanation.Reason}");
    }

    [Fact]
    public void The_ground_of_the_authority_stands_in_the_default_text_and_nearly_always_as_the_reason()
    {
        var unlawful = Answers.Value.Where(answered => answered.Case.Because.Length > 0).ToList();
        var shown = unlawful.Where(answered => answered.ShowsGround).ToList();
        var named = unlawful.Where(answered => answered.NamesGround).ToList();
        output.WriteLine($"{unlawful.Count} cases; ground in the text {shown.Count}, as reason code {named.Count}");
        foreach (var answered in unlawful.Except(named))
            output.WriteLine($"another reason: {answered.Case.Source}: {answered.Explanation.Reason}");

        shown.Count.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(unlawful.Count * 0.95));
        named.Count.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(unlawful.Count * 0.90));
    }

    static List<Answered> Ask()
    {
        var problems = new Problems();
        var folder = Path.Combine(Root, "tests", "Decisions.Tests", "Published");
        var cases = CaseReader.Read(folder, problems);
        problems.ThrowIfAny();
        return
        [
            .. cases.Select(one =>
            {
                var day = one.Facts.Campaign.Message[MaySend.Law.Facts.Message.Day].Day;
                var decision = Shop.Decider.Decide(one.Facts.Campaign, one.Facts.Recipient, day, one.Policy);
                return new Answered(one, decision, new Explainer(Shop.Decider).Explain(decision, one.Name));
            }),
        ];
    }

    static string Root =>
        typeof(PublishedCasesTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "RepositoryRoot")
            .Value!;

    sealed partial record Answered(LawCase Case, Decision Decision, Explanation Explanation)
    {
        public bool IsAsDecided =>
            Case.Send == KeyVerdict.Permitted ? Decision.Send.Truth == Truth.Satisfied
            : Case.Process == KeyVerdict.Permitted ? Decision.Process.Truth == Truth.Satisfied
            : Decision.Verdict != Verdict.Permitted;

        public bool NamesGround => Case.Because.Any(ground => IsCode(Explanation.Reason, ground));

        public bool ShowsGround
        {
            get
            {
                var text = Spaces().Replace(ExplanationText.Write(Explanation), " ");
                return Case.Because.Any(ground =>
                    ground.StartsWith("no-", StringComparison.Ordinal)
                        ? text.Contains($"{ground.Replace('-', ' ')} on record", StringComparison.Ordinal)
                        : Explanation
                            .Keys.SelectMany(key => key.Elements)
                            .SelectMany(element => element.Grounds)
                            .SelectMany(one => one.Limbs)
                            .Any(limb => IsCode(limb.Code, ground) && text.Contains(limb.Sentence, StringComparison.Ordinal))
                );
            }
        }

        static bool IsCode(string code, string ground) =>
            code.Contains($"/{ground}", StringComparison.Ordinal)
            || (ground.StartsWith("refusal.", StringComparison.Ordinal) && code.EndsWith("#holds", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
