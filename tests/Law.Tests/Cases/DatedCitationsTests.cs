using MaySend.Law.Cases;
using MaySend.Law.Tests.Samples;
using MaySend.Reading;

namespace MaySend.Law.Tests.Cases;

public class DatedCitationsTests
{
    const string Instruments = """
        instruments:
          Act 1: {from: 2010-01-01, until: 2021-01-01, says: an act}
          Act 2: {from: 2021-01-01, says: another}
        readings:
          C-1/22: {known: 2022-05-05, says: a judgment}
        """;

    [Theory]
    [InlineData("Act 2 s 1", "is in force from 2020-01-01, but `Act 2 s 1` only from 2021-01-01")]
    [InlineData("C-1/22", "is in force from 2020-01-01, but `C-1/22` only from 2022-05-05")]
    [InlineData("Act 1 s 1", "is in force after 2021-01-01, but `Act 1 s 1` is not")]
    [InlineData("C-9/99", "`C-9/99` is not in the list of instruments")]
    public void A_limb_older_than_all_it_cites_is_refused(string cite, string problem) =>
        Problems($"{{condition: consent.not-withdrawn, cite: {cite}}}")
            .ShouldContain(said => said.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("{condition: consent.not-withdrawn, cite: Act 1 s 1; Act 2 s 1}")]
    [InlineData("{condition: consent.not-withdrawn, cite: C-1/22, known_from: 2022-05-05}")]
    [InlineData("{condition: consent.not-withdrawn, cite: Act 2 s 1, in_force: {from: 2021-01-01}}")]
    public void A_limb_that_begins_with_what_it_cites_is_sound(string limb) =>
        Problems(limb)
            .ShouldNotContain(said =>
                said.Contains("in force from", StringComparison.Ordinal) || said.Contains("goes on", StringComparison.Ordinal)
            );

    [Fact]
    public void A_day_shows_of_a_citation_and_a_note_only_what_was_law_or_known_by_then()
    {
        using var folder = new LawFolder(("instruments.yaml", Instruments));
        var instruments = folder.Book.Instruments;
        var (before, between, after) = (new DateOnly(2015, 1, 1), new DateOnly(2021, 6, 1), new DateOnly(2023, 1, 1));
        instruments.On("Act 1 s 1; Act 2 s 2; C-1/22", before, before).ShouldBe("Act 1 s 1");
        instruments.On("Act 1 s 1; Act 2 s 2; C-1/22", between, between).ShouldBe("Act 2 s 2");
        // A judgment says what the law was, so what was known later may be shown of an earlier day when it is asked for.
        instruments.On("Act 1 s 1; Act 2 s 2; C-1/22", between, after).ShouldBe("Act 2 s 2; C-1/22");
        instruments.NoteOn("as C-1/22 has it", between, between).ShouldBeNull();
        instruments.NoteOn("as C-1/22 has it", after, after).ShouldBe("as C-1/22 has it");
    }

    [Fact]
    public void A_law_that_nobody_can_stop_is_refused_by_every_door_that_answers_by_it()
    {
        using var folder = new LawFolder();
        Should.Throw<BadInputException>(() => Files.LawReader.Read(folder.Root)).Message.ShouldContain("no bar on requests to stop");
    }

    static List<string> Problems(string limb)
    {
        using var folder = new LawFolder(
            ("instruments.yaml", Instruments),
            ("zz/rule.yaml", LawFolder.Rule.Replace("- consent.not-withdrawn", $"- {limb}", StringComparison.Ordinal))
        );
        var problems = new Problems();
        LawCheck.Run(folder.Book, [], problems);
        return [.. problems.List.Select(problem => problem.ToString())];
    }
}
