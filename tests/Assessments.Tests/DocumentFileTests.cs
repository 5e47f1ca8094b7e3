using MaySend.Assessments.Documents;
using MaySend.Assessments.Exports;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Assessments.Tests;

public class DocumentFileTests
{
    static readonly string Text = File.ReadAllText(Sample.FilePath);

    [Fact]
    public void The_worked_example_is_written_back_byte_for_byte() => DocumentWriter.Write(Sample.Signed).ShouldBe(Text);

    [Theory]
    [InlineData("yes")]
    [InlineData("no: [not] a {map}, # and 'quotes' \"too\"")]
    [InlineData("two\nlines\n\n- and a dash")]
    [InlineData("- 2026-02-06")]
    [InlineData("é, 好, \\n and a tab\there")]
    public void Words_survive_writing_and_reading(string says)
    {
        var document = Sample.Changed(content =>
            content with
            {
                Note = says,
                Answers = content.Answers.SetItem("outcome", new GivenAnswer(says, null, [says])),
            }
        );
        var read = Sample.Parse(DocumentWriter.Write(document)).Document;
        read.Content.Answers["outcome"].Says.ShouldBe(says);
        read.Content.Answers["outcome"].Evidence.ShouldBe([says]);
        ContentDigest.Of(read).ShouldBe(ContentDigest.Of(document));
        DocumentWriter.Write(read).ShouldBe(DocumentWriter.Write(document));
    }

    [Theory]
    [InlineData("version: 1", "version: none", "version: none", "whole number")]
    [InlineData("  channels: [email]", "  channels: [e-mail]", "[e-mail]", "`e-mail` is not one of email")]
    [InlineData("  countries: [gb]", "  countries: [atlantis]", "[atlantis]", "not a country")]
    [InlineData("  own-benefit:", "  own-benefits:", "own-benefits:", "not a question")]
    [InlineData("  first_send:", "  first_sent:", "first_sent:", "unknown key")]
    [InlineData("first_send: 2026-02-10", "first_send: 10/02/2026", "10/02/2026", "not a day")]
    public void What_is_wrong_is_said_with_its_place(string was, string wrong, string at, string says)
    {
        Text.ShouldContain(was);
        var text = Text.Replace(was, wrong, StringComparison.Ordinal);
        var problem = Sample.ProblemsOf(text)[0];
        problem.Text.ShouldContain(says);
        text.Split('\n')[problem.Place.Line - 1].ShouldContain(at);
    }

    [Theory]
    [InlineData("# MaySend\n\nIt tells a sender whether\na message may go: now\n", "lia.yaml:4:17", "not YAML")]
    [InlineData("address,country\nanna@example.com,gb\n", "lia.yaml:1:1", "this is not an assessment document")]
    [InlineData("\nsender: harbour-gifts-ltd\nname: Harbour Gifts\n", "lia.yaml:2:1", "this is not an assessment document")]
    [InlineData("", "lia.yaml", "empty")]
    public void A_file_that_is_something_else_is_one_problem_which_says_what_is_expected(string text, string at, string says)
    {
        var problem = Sample.ProblemsOf(text).ShouldHaveSingleItem();
        problem.Place.ToString().ShouldBe(at);
        problem.Text.ShouldContain(says);
        problem.Help!.ShouldContain("`assessment: LIA-3`");
        problem.Help!.ShouldContain("maysend assess new");
    }

    [Fact]
    public void A_document_without_its_name_is_still_read_as_one() =>
        Sample
            .ProblemsOf(Text.Replace("assessment: LIA-10\n", "", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .Text.ShouldBe("`assessment` is missing");

    [Fact]
    public void Everything_wrong_is_said_at_once() =>
        Sample
            .ProblemsOf(
                Text.Replace("[email]", "[e-mail]", StringComparison.Ordinal).Replace("[gb]", "[atlantis]", StringComparison.Ordinal)
            )
            .Count.ShouldBe(2);

    [Fact]
    public void A_signed_file_that_says_something_else_is_refused() =>
        Sample
            .ProblemsOf(Text.Replace("messages_in_30_days: 3", "messages_in_30_days: 9", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .Text.ShouldContain("differs from what the file says now");

    [Theory]
    [InlineData("approved", "submitted", "nobody had approved it")]
    [InlineData("submitted", "returned", "it was not in review")]
    [InlineData("drafted", "submitted", "does not begin with `drafted`")]
    public void A_history_that_could_not_have_happened_is_refused(string was, string wrong, string says) =>
        Sample
            .ProblemsOf(Text.Replace($"event: {was}", $"event: {wrong}", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .Text.ShouldContain(says);

    [Fact]
    public void A_review_by_the_writer_written_into_the_file_is_refused() =>
        Sample
            .ProblemsOf(Text.Replace("by: head of customer service", "by: privacy lead", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .Text.ShouldContain("who wrote it cannot review it");

    [Fact]
    public void A_version_that_is_there_twice_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("assessments");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a.yaml"), Text);
            File.WriteAllText(Path.Combine(folder.FullName, "b.yaml"), Text);
            var problems = new Problems();
            AssessmentFolder.ReadFiles(folder.FullName, problems).Count.ShouldBe(2);
            problems.List.ShouldHaveSingleItem().Text.ShouldContain("LIA-10.v1 exists twice");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_sender_folder_takes_documents_beside_its_list_and_never_passes_over_them_in_silence()
    {
        var folder = Directory.CreateTempSubdirectory("sender");
        try
        {
            foreach (var name in (string[])["sender.yaml", "assessments.yaml"])
                File.Copy(Path.Combine(Sample.Root, "samples", "online-retail", name), Path.Combine(folder.FullName, name));
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory("assessments").FullName, "LIA-10.v1.yaml"), Text);
            var problems = new Problems();
            var recorded = SenderFolder.Read(folder.FullName, problems, AssessmentFolder.Read).OfType<AssessmentRecorded>().ToList();
            problems.List.ShouldBeEmpty();
            recorded.Select(entry => entry.Id).ShouldBe(["LIA-1", "LIA-2", "LIA-10.v1"]);
            recorded[2]
                .Signature.ShouldBe(
                    new Signature("managing director", Sample.Day, "the balance is struck fairly and the safeguards are in place")
                );

            SenderFolder.Read(folder.FullName, problems);
            problems.List.ShouldHaveSingleItem().Text.ShouldContain("does not read assessment documents");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Exports_carry_every_answer_and_escape_what_is_not_text()
    {
        var document = Sample.Changed(content => content with { Title = "<script>alert(1)</script>" });
        foreach (var text in (string[])[AssessmentExport.ToHtml(document, Sample.Day), AssessmentExport.ToMarkdown(document, Sample.Day)])
        {
            text.ShouldNotContain("<script>");
            text.ShouldContain("everybody on the list gets the same message");
            text.ShouldContain(ContentDigest.Of(document));
        }
        AssessmentExport.ToJson(document, Sample.Day).ShouldContain("\"state\": \"draft\"");
    }
}
