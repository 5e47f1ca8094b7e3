using MaySend.Law.Files;
using MaySend.Law.Tests.Samples;
using MaySend.Reading;

namespace MaySend.Law.Tests.Reading;

public class LawReaderTests
{
    [Fact]
    public void A_sound_law_has_no_problems_and_a_digest_of_its_text()
    {
        using var sound = new LawFolder();
        sound.Problems.ShouldBeEmpty();
        using var other = new LawFolder(("zz/rule.yaml", LawFolder.Rule.Replace("no messages", "no mail", StringComparison.Ordinal)));
        sound.Book.Digest.ToString().Length.ShouldBe(64);
        sound.Book.Digest.ShouldNotBe(other.Book.Digest);
        using var again = new LawFolder(("zz/x.cases.yaml", "cases: []"));
        again.Book.Digest.ShouldBe(sound.Book.Digest);
    }

    [Theory]
    [InlineData("title: Messages", "titel: Messages", "zz/rule.yaml:1:1: `title` is missing", "zz/rule.yaml:5:1: unknown key `titel`")]
    [InlineData(
        "from: 2020-01-01",
        "from: 2020-02-30",
        "zz/rule.yaml:7:18: `2020-02-30` is not a day such as 2026-02-05",
        "zz/rule.yaml:7:11: neither `from` nor `until`"
    )]
    [InlineData("kind: prohibition", "kind: ban", "zz/rule.yaml:4:7: `ban` is not a value of `kind`")]
    [InlineData("provision: zz/rule", "provision: zz/rules", "zz/rule.yaml:1:12: `zz/rules` does not match the file's path")]
    [InlineData("channels: all", "channels: [email, pigeon]", "zz/rule.yaml:10:11: `pigeon` is not a channel")]
    [InlineData("rests_on: consent", "rests_on: hope", "zz/rule.yaml:14:15: `hope` is not a value of `rests_on`")]
    [InlineData("- consent.not-withdrawn", "- consent.not-withdrawm", "zz/rule.yaml:19:9: unknown condition `consent.not-withdrawm`")]
    [InlineData(
        "- consent.not-withdrawn",
        "- collection.refusal-offered",
        "zz/rule.yaml:19:9: `collection.refusal-offered` asks about a collection outside `some: collection`"
    )]
    [InlineData("- consent.not-withdrawn", "- consent.used-within", "zz/rule.yaml:19:9: `consent.used-within` needs `with:` (period)")]
    [InlineData(
        "- consent.not-withdrawn",
        "- {condition: consent.used-within, with: 12 months}",
        "zz/rule.yaml:19:48: `12 months` is not a period",
        "zz/rule.yaml:19:21: `consent.used-within` needs `with:` (period)"
    )]
    [InlineData(
        "- consent.not-withdrawn",
        "- {condition: consent.not-withdrawn, with: 3}",
        "zz/rule.yaml:19:50: `consent.not-withdrawn` takes nothing"
    )]
    [InlineData(
        "- consent.not-withdrawn",
        "- {condition: consent.not-withdrawn, added_by: whim}",
        "zz/rule.yaml:19:54: `whim` is not a switch of house policy"
    )]
    [InlineData(
        "- consent.not-withdrawn",
        "- {any: []}",
        "zz/rule.yaml:19:15: an empty `any`",
        "zz/rule.yaml:19:9: must be a clause: a condition, all, any, not or some"
    )]
    [InlineData("some: consent", "some: consents", "zz/rule.yaml:16:11: `consents` is not a kind of record")]
    [InlineData(
        "cite: s 2",
        "cite:",
        "zz/rule.yaml:13:10: `cite` is missing",
        "zz/rule.yaml:18:9: no citation for `consent.covers-this-channel`",
        "zz/rule.yaml:19:9: no citation for `consent.not-withdrawn`"
    )]
    public void A_mistake_is_said_with_its_place(string right, string wrong, params string[] problems)
    {
        using var law = new LawFolder(("zz/rule.yaml", LawFolder.Rule.Replace(right, wrong, StringComparison.Ordinal)));
        foreach (var problem in problems)
            law.Problems.ShouldContain(problem);
    }

    [Fact]
    public void A_misspelt_condition_is_answered_with_the_nearest_names()
    {
        using var law = new LawFolder(
            ("zz/rule.yaml", LawFolder.Rule.Replace("consent.not-withdrawn", "consent.not-withdrawm", StringComparison.Ordinal))
        );
        Should
            .Throw<BadInputException>(() => law.Book)
            .Problems.Single()
            .Help.ShouldNotBeNull()
            .ShouldStartWith("did you mean consent.not-withdrawn, ");
    }

    [Fact]
    public void An_empty_all_is_a_problem_because_empty_never_permits()
    {
        using var law = new LawFolder(
            ("zz/basis.yaml", LawFolder.Basis.Replace("not: recipient.is-an-identifiable-person", "all: []", StringComparison.Ordinal))
        );
        law.Problems.ShouldBe(
            ["zz/basis.yaml:12:3: the ground `person` has no conditions", "zz/basis.yaml:16:10: an empty `all`"],
            ignoreOrder: true
        );
    }

    [Fact]
    public void All_problems_of_all_files_are_said_at_once()
    {
        using var law = new LawFolder(
            ("zz/rule.yaml", LawFolder.Rule.Replace("key: send", "key: push", StringComparison.Ordinal)),
            ("zz/basis.yaml", LawFolder.Basis.Replace("short: Basis", "short: Basis\nshort: Basis", StringComparison.Ordinal)),
            ("zz/jurisdiction.yaml", LawFolder.Jurisdiction.Replace("Europe/London", "Europe/Londinium", StringComparison.Ordinal)),
            ("stray.yaml", "provision: stray")
        );
        law.Problems.Select(problem => problem.Split(": ")[0].Split(':')[0])
            .Distinct()
            .ShouldBe(["stray.yaml", "zz/basis.yaml", "zz/jurisdiction.yaml", "zz/rule.yaml"]);
        law.Problems.ShouldContain("zz/jurisdiction.yaml:3:7: `Europe/Londinium` is not a time zone");
        law.Problems.ShouldContain("stray.yaml: no jurisdiction.yaml in any folder above");
    }

    [Fact]
    public void A_gap_in_time_is_a_problem_for_each_channel()
    {
        using var law = new LawFolder(
            (
                "zz/rule.yaml",
                LawFolder.Rule.Replace("{from: 2020-01-01}", "{from: 2020-01-01, until: 2021-01-01}", StringComparison.Ordinal)
            ),
            (
                "zz/later.yaml",
                LawFolder
                    .Rule.Replace("zz/rule", "zz/later", StringComparison.Ordinal)
                    .Replace("from: 2020-01-01", "from: 2021-02-01", StringComparison.Ordinal)
            )
        );
        law.Problems.ShouldContain("zz/later.yaml:1:1: send key, email: a gap from 2021-01-01 until 2021-02-01");
        law.Problems.Count.ShouldBe(MaySend.Law.Facts.Words.Channels.Length);
    }

    [Fact]
    public void A_key_that_ends_or_is_never_covered_is_a_problem()
    {
        using var ends = new LawFolder(
            (
                "zz/rule.yaml",
                LawFolder.Rule.Replace("{from: 2020-01-01}", "{from: 2020-01-01, until: 2021-01-01}", StringComparison.Ordinal)
            )
        );
        ends.Problems.ShouldContain("zz/jurisdiction.yaml:1:1: send key, sms: nothing in force from 2021-01-01");
        using var email = new LawFolder(
            ("zz/rule.yaml", LawFolder.Rule.Replace("channels: all", "channels: email", StringComparison.Ordinal))
        );
        email.Problems.ShouldContain("zz/jurisdiction.yaml:1:1: send key, post: no provision and no no-rule entry");
        email.Problems.ShouldNotContain("zz/jurisdiction.yaml:1:1: send key, email: no provision and no no-rule entry");
    }

    [Fact]
    public void A_no_rule_entry_beside_a_rule_in_force_is_a_problem()
    {
        using var law = new LawFolder(
            (
                "zz/none.yaml",
                """
                provision: zz/none
                short: None
                key: send
                kind: no-rule
                title: Post
                says: post is free
                in_force: {from: 2021-01-01}
                source: {url: "https://example.com/none"}
                channels: post
                """
            )
        );
        law.Problems.ShouldBe(["zz/none.yaml:1:1: post: says that there is no rule while zz/rule is in force"]);
    }

    [Fact]
    public void A_bar_has_no_grounds_and_a_duty_says_what_meets_it()
    {
        using var law = new LawFolder(
            (
                "zz/bar.yaml",
                LawFolder
                    .Rule.Replace("zz/rule", "zz/bar", StringComparison.Ordinal)
                    .Replace("kind: prohibition", "kind: bar", StringComparison.Ordinal)
            ),
            (
                "zz/duty.yaml",
                LawFolder
                    .Basis[..LawFolder.Basis.IndexOf("grounds:", StringComparison.Ordinal)]
                    .Replace("zz/basis", "zz/duty", StringComparison.Ordinal)
                    .Replace("kind: prohibition", "kind: duty", StringComparison.Ordinal)
            )
        );
        law.Problems.ShouldContain("zz/bar.yaml:12:3: only a prohibition or a separate permission has grounds");
        law.Problems.ShouldContain("zz/bar.yaml:1:1: `holds_when` is missing");
        law.Problems.ShouldContain("zz/duty.yaml:1:1: `met_when` is missing");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_problem()
    {
        var problems = new Problems();
        LawReader.Read("/nowhere/law", problems).Provisions.ShouldBeEmpty();
        problems.List.ShouldHaveSingleItem().ToString().ShouldBe("/nowhere/law: law folder not found");
    }
}
