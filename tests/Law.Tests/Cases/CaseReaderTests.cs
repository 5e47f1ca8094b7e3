using MaySend.Law.Cases;
using MaySend.Law.Facts;
using MaySend.Law.Tests.Samples;
using MaySend.Reading;

namespace MaySend.Law.Tests.Cases;

public class CaseReaderTests
{
    const string Bases = """
        bases:
          subscriber:
            message: {day: 2026-01-01, channel: email}
            recipient: {countries: [zz], personal-data: no}
            consents: [{id: sign-up, channels: [email], withdrawn: no}]
        """;

    [Fact]
    public void A_case_starts_from_a_base_above_it_and_changes_what_it_is_about()
    {
        using var law = new LawFolder(
            ("bases.cases.yaml", Bases),
            (
                "zz/rule.cases.yaml",
                """
                cases:
                  - name: Withdrawn
                    source: constructed
                    like: subscriber
                    with: {consent.withdrawn: yes, recipient.personal-data: }
                    on: 2026-05-05
                    policy: {two-keys: off}
                    expect: {send: refused, process: not-shown}
                  - name: Gone
                    source: constructed
                    like: subscriber
                    without: [consents]
                    expect: {send: not-shown}
                """
            )
        );
        var problems = new Problems();
        var cases = law.Cases(problems);
        problems.List.ShouldBeEmpty();
        cases[0].Facts.Recipient.Consents[0][Consent.Withdrawn].ShouldBe(Consent.Withdrawn.Of("yes"));
        cases[0].Facts.Recipient.Recipient[Recipient.PersonalData].IsRecorded.ShouldBeFalse();
        cases[0].Facts.Campaign.Message[Message.Day].Day.ShouldBe(new DateOnly(2026, 5, 5));
        cases[0].Policy.Has("two-keys").ShouldBeFalse();
        cases[1].Facts.Recipient.Consents.ShouldBeEmpty();
        cases[1].Facts.Campaign.Message[Message.Day].Day.ShouldBe(new DateOnly(2026, 1, 1));
        var runner = new CaseRunner(law.Book);
        cases.SelectMany(lawCase => runner.Run(lawCase).Failures).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("like: nobody", "zz/rule.cases.yaml:4:11: there is no base `nobody`")]
    [InlineData("without: [consent]", "zz/rule.cases.yaml:4:14: `consent` is not a list of records")]
    [InlineData("with: {consent.withdraw: yes}", "zz/rule.cases.yaml:4:12: unknown fact `consent.withdraw`")]
    [InlineData("with: {consent.withdrawn: yes}", "zz/rule.cases.yaml:4:12: there is no consent to change")]
    [InlineData(
        "message: {channel: pigeon}",
        "zz/rule.cases.yaml:4:24: message.channel: `pigeon` is not one of email | sms | direct-message | "
            + "automated-call | live-call | post | inbox-advert | online-advert"
    )]
    [InlineData("message: {chanel: sms}", "zz/rule.cases.yaml:4:15: unknown fact `message.chanel`")]
    [InlineData("collections: [{id: a, context: [sale, quote]}]", "zz/rule.cases.yaml:4:36: collection.context takes sale |")]
    [InlineData("policy: {whim: on}", "zz/rule.cases.yaml:4:14: `whim` is not a switch of house policy")]
    [InlineData("policy: {two-keys: maybe}", "zz/rule.cases.yaml:4:24: must be on or off")]
    [InlineData("on: tomorrow", "zz/rule.cases.yaml:4:9: `tomorrow` is not a day such as 2026-02-05")]
    [InlineData("expects: {}", "zz/rule.cases.yaml:4:5: unknown key `expects`")]
    public void A_mistake_in_a_case_is_said_with_its_place(string line, string problem)
    {
        using var law = new LawFolder(
            ("zz/rule.cases.yaml", $"cases:\n  - name: One\n    source: constructed\n    {line}\n    expect: {{send: permitted}}\n")
        );
        var problems = new Problems();
        law.Cases(problems);
        problems
            .List.Select(found => $"{found.Place}: {found.Text}")
            .ShouldContain(found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_case_expects_something_and_no_two_have_one_name()
    {
        using var law = new LawFolder(
            (
                "zz/rule.cases.yaml",
                """
                cases:
                  - {name: One, source: constructed, expect: {}}
                  - {name: One, source: constructed, expect: {send: allowed}}
                """
            )
        );
        var problems = new Problems();
        law.Cases(problems);
        problems
            .List.Select(found => $"{found.Place}: {found.Text}")
            .ShouldBe([
                "zz/rule.cases.yaml:2:5: the case expects nothing",
                "zz/rule.cases.yaml:3:5: two cases are called `One`",
                "zz/rule.cases.yaml:3:53: `allowed` is not a value of `send`",
            ]);
    }
}
