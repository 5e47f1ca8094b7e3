using MaySend.Law.Cases;
using MaySend.Law.Tests.Samples;
using MaySend.Reading;

namespace MaySend.Law.Tests.Cases;

public class LawCheckTests
{
    const string Subscriber = """
        bases:
          subscriber:
            message: {day: 2026-01-01, channel: email}
            sender: {establishment: zz}
            recipient: {countries: [zz], personal-data: no}
            consents: [{id: sign-up, channels: [email], withdrawn: no}]
        cases:
          - {name: Subscribed, source: constructed, like: subscriber, expect: {send: permitted, process: permitted}}
        """;

    [Fact]
    public void A_limb_on_which_no_case_depends_is_a_problem()
    {
        Check(Subscriber).ShouldBeEmpty();
        // Nobody is at risk in this case whatever the limb says: the process key is not asked about.
        Check(
                Subscriber
                    .Replace("process: permitted", "", StringComparison.Ordinal)
                    .Replace("permitted, }", "permitted}", StringComparison.Ordinal)
            )
            .ShouldBe(["zz/basis.yaml:16:10: no case depends on `zz/basis#person/recipient.is-an-identifiable-person`"]);
    }

    [Fact]
    public void A_case_that_fails_is_said_with_its_place_and_the_reason() =>
        Check(Subscriber.Replace("withdrawn: no", "withdrawn: yes", StringComparison.Ordinal))
            .ShouldContain(
                "zz/rule.cases.yaml:8:5: the case `Subscribed` fails: send: expected permitted, got refused "
                    + "(zz/rule#consent/consent.not-withdrawn)"
            );

    [Fact]
    public void A_case_that_fails_for_another_reason_than_it_says_is_a_problem() =>
        Check(
                Subscriber
                    .Replace("withdrawn: no", "withdrawn: yes", StringComparison.Ordinal)
                    .Replace(
                        "{send: permitted, process: permitted}",
                        "{send: refused, process: permitted}, because: [consent.covers-this-channel]",
                        StringComparison.Ordinal
                    )
            )
            .ShouldContain(
                "zz/rule.cases.yaml:8:5: the case `Subscribed` fails: `consent.covers-this-channel` is not among the unmet conditions"
            );

    [Fact]
    public void A_condition_that_no_provision_uses_is_a_problem()
    {
        using var law = new LawFolder();
        var problems = new Problems();
        LawCheck.Run(law.Book, [], problems);
        problems.List.ShouldContain(problem => problem.Text == "no provision uses the condition `collection.lawful`");
    }

    static IReadOnlyList<string> Check(string cases)
    {
        using var law = new LawFolder(("zz/rule.cases.yaml", cases));
        var problems = new Problems();
        LawCheck.Run(law.Book, law.Cases(problems), problems);
        return [.. problems.List.Where(problem => problem.Place.Line > 0).Select(problem => $"{problem.Place}: {problem.Text}")];
    }
}
