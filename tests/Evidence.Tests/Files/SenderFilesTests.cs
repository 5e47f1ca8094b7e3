using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;

namespace MaySend.Evidence.Tests.Files;

/// <summary>What the sender's files say of boxes, caps and statements, and what they may not leave to be guessed.</summary>
public sealed class SenderFilesTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("maysend-sender-");
    readonly Problems problems = new();

    public SenderFilesTests() => Write("sender.yaml", "sender: lantern-ltd\nestablishment: gb\n");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_version_lists_its_boxes_with_their_scope_and_words()
    {
        Write(
            "collection-points.yaml",
            """
            points:
              checkout:
                - version: checkout-4
                  from: 2026-01-01
                  wording: the whole page
                  boxes:
                    - {id: news, kind: opt-in, ticked_by_default: no, channels: [email, sms], topics: [offers], wording: "[ ] News", informed: yes, separate_request: yes, told_of_withdrawal: yes, condition_of_service: no, ongoing: yes}
                    - {id: no-letters, kind: opt-out, ticked_by_default: no, senders: all, channels: post}
            """
        );
        var version = Read().OfType<CollectionPointVersion>().ShouldHaveSingleItem();
        problems.List.ShouldBeEmpty();
        var (news, letters) = (version.Boxes!.Value[0], version.Boxes.Value[1]);
        (news.Id, news.Kind, news.TickedByDefault, news.Wording, news.Informed, news.ConditionOfService).ShouldBe(
            ("news", BoxKind.OptIn, false, "[ ] News", true, false)
        );
        news.Channels!.Names.ShouldBe(["email", "sms"]);
        news.Topics!.Names.ShouldBe(["offers"]);
        news.Senders.ShouldBeNull();
        letters.Kind.ShouldBe(BoxKind.OptOut);
        letters.Senders!.IsEverything.ShouldBeTrue();
    }

    [Theory]
    [InlineData("{kind: opt-in, ticked_by_default: no}", "`id` is missing")]
    [InlineData("{id: news, ticked_by_default: no}", "`kind` is missing")]
    [InlineData("{id: news, kind: opt-in}", "`ticked_by_default` is missing")]
    [InlineData("{id: news, kind: optin, ticked_by_default: no}", "`optin` is not a value of `kind`")]
    [InlineData("{id: news, kind: opt-in, ticked_by_default: no, channels: [fax-machine]}", "`fax-machine` is not one of")]
    [InlineData("{id: news=1, kind: opt-in, ticked_by_default: no}", "must have an id of letters")]
    [InlineData("{id: news, kind: opt-in, ticked_by_default: no, colour: red}", "unknown key `colour`")]
    [InlineData(
        "{id: news, kind: opt-in, ticked_by_default: no}, {id: news, kind: opt-out, ticked_by_default: no}",
        "two boxes are called `news`"
    )]
    [InlineData("{id: no, kind: opt-out, ticked_by_default: no}], refusal_offered: no, labels: [x", "offers a refusal")]
    [InlineData("{id: news, kind: opt-in, ticked_by_default: no}], consent_asked: no, labels: [x", "asks for consent")]
    public void A_box_that_leaves_open_what_it_is_is_a_problem_with_its_place(string boxes, string problem)
    {
        Write("collection-points.yaml", $"points:\n  checkout:\n    - {{from: 2026-01-01, boxes: [{boxes}]}}\n");
        Read();
        problems.List.ShouldContain(each => each.Text.Contains(problem, StringComparison.Ordinal) && each.Place.Line == 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_statements_without_a_name_the_later_signature_stands_wherever_they_stand_in_the_file(bool isLaterFirst)
    {
        string[] lines =
        [
            "  - {says: offers-to-children, answer: yes, signed: {by: officer, on: 2026-03-01, reason: we do now}}\n",
            "  - {says: offers-to-children, answer: no, signed: {by: officer, on: 2025-03-01, reason: we did not}}\n",
        ];
        Write(
            "sender.yaml",
            "sender: lantern-ltd\nestablishment: gb\nstatements:\n" + string.Concat(isLaterFirst ? lines : lines.Reverse())
        );
        var record = new ControllerRecord(Read());
        problems.List.ShouldBeEmpty();
        record.Statement("lantern-ltd", StatementKind.OffersToChildren, new DateOnly(2026, 3, 10))!.Answer.ShouldBe(true);
    }

    [Fact]
    public void Two_statements_without_a_name_about_two_channels_both_stand()
    {
        Write(
            "sender.yaml",
            """
            sender: lantern-ltd
            establishment: gb
            statements:
              - {says: refusals-complete, answer: yes, channels: [email], since: 2025-01-01, signed: {by: officer, on: 2025-03-01, reason: kept}}
              - {says: refusals-complete, answer: yes, channels: [sms], since: 2025-02-01, signed: {by: officer, on: 2025-03-01, reason: kept}}
            """
        );
        var record = new ControllerRecord(Read());
        foreach (var (channel, month) in new[] { ("email", 1), ("sms", 2) })
            record
                .Statement("lantern-ltd", StatementKind.RefusalsComplete, new DateOnly(2026, 3, 10), channel)!
                .Since.ShouldBe(new DateOnly(2025, month, 1));
    }

    [Fact]
    public void A_statement_with_a_name_is_replaced_by_the_next_of_that_name()
    {
        Write(
            "sender.yaml",
            """
            sender: lantern-ltd
            establishment: gb
            statements:
              - {id: sends, says: sends-complete, answer: no, signed: {by: officer, on: 2025-03-01, reason: kept}}
              - {id: sends, says: sends-complete, answer: yes, signed: {by: officer, on: 2025-03-01, reason: kept}}
            """
        );
        new ControllerRecord(Read())
            .Statement("lantern-ltd", StatementKind.SendsComplete, new DateOnly(2026, 3, 10))!
            .Answer.ShouldBe(true);
    }

    [Theory]
    [InlineData("three")]
    [InlineData("3.0")]
    [InlineData("3 per month")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("[3]")]
    public void A_cap_that_cannot_be_read_is_an_error_and_never_no_cap(string cap)
    {
        Write("assessments.yaml", $"assessments:\n  LIA-1:\n    sender: lantern-ltd\n    messages_in_30_days: {cap}\n");
        Read();
        var problem = problems.List.Single(each => each.Text.Contains("whole number of messages", StringComparison.Ordinal));
        (problem.Place.File.EndsWith("assessments.yaml", StringComparison.Ordinal), problem.Place.Line).ShouldBe((true, 4));
    }

    [Fact]
    public void A_cap_that_is_a_number_is_one_and_a_line_left_out_is_none()
    {
        Write("assessments.yaml", "assessments:\n  LIA-1: {sender: lantern-ltd, messages_in_30_days: 3}\n  LIA-2: {sender: lantern-ltd}\n");
        Read().OfType<AssessmentRecorded>().Select(each => each.MessagesIn30Days).ShouldBe([3, null]);
        problems.List.ShouldBeEmpty();
    }

    [Fact]
    public void A_statement_without_an_answer_has_none()
    {
        Write(
            "sender.yaml",
            "sender: lantern-ltd\nestablishment: gb\nstatements:\n  - says: refusals-complete\n"
                + "    signed: {by: dpo, on: 2026-03-05, reason: x}\n"
        );
        Read().OfType<StatementSigned>().ShouldHaveSingleItem().Answer.ShouldBeNull();
        problems.List.ShouldBeEmpty();
    }

    [Fact]
    public void A_row_says_of_each_box_whether_it_was_ticked()
    {
        Rows("address,when,boxes\nanna@example.com,2026-01-02,news=yes partners=no\nben@example.com,2026-01-02,\n", out var read);
        problems.List.ShouldBeEmpty();
        var anna = ((DetailsCollected)read[0]).Boxes!;
        (anna["news"], anna["partners"], anna.Count).ShouldBe((true, false, 2));
        ((DetailsCollected)read[1]).Boxes.ShouldBeNull();
    }

    [Theory]
    [InlineData("news")]
    [InlineData("news=maybe")]
    [InlineData("=yes")]
    [InlineData("news=yes news=no")]
    public void A_tick_that_cannot_be_read_is_a_problem_with_row_and_column(string cell)
    {
        Rows($"address,when,boxes\nanna@example.com,2026-01-02,{cell}\n", out _);
        problems.List.ShouldContain(each => each.Place.Line == 2 && each.Text.StartsWith("boxes:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("consents", "withdrawn_at", "withdrawn")]
    [InlineData("consents", "Withdrawn?", "withdrawn")]
    [InlineData("people", "Minors", "minor")]
    [InlineData("people", "is minor", "minor")]
    [InlineData("people", "Minderjährig", "minor")]
    [InlineData("people", "under 16", "minor")]
    [InlineData("people", "Vulnerable?", "vulnerable")]
    [InlineData("orders", "refussed", "refused")]
    public void A_misspelt_column_that_restricts_is_a_problem_that_names_the_nearest(string file, string column, string meant)
    {
        var companion =
            file == "people" ? CompanionFiles.People
            : file == "orders" ? CompanionFiles.Collections
            : CompanionFiles.Consents;
        var path = Write($"{file}.csv", $"address,when,{column}\nanna@example.com,2026-01-02,\n");
        CsvRows.Open(path, companion.Columns, null, problems)?.Dispose();
        var problem = problems.List.Single(each => each.Text.Contains($"`{meant}`", StringComparison.Ordinal));
        problem.Place.Column.ShouldBe(3);
    }

    [Theory]
    [InlineData("Name")]
    [InlineData("order_total")]
    [InlineData("mirror")]
    [InlineData("page")]
    public void Columns_that_mean_something_else_are_left_alone(string column)
    {
        var path = Write("people.csv", $"address,{column}\nanna@example.com,x\n");
        CsvRows.Open(path, CompanionFiles.People.Columns, null, problems)!.Dispose();
        problems.List.ShouldBeEmpty();
    }

    void Rows(string csv, out List<ContactEntry> read)
    {
        read = [];
        using var rows = CsvRows.Open(Write("orders.csv", csv), CompanionFiles.Collections.Columns, null, problems)!;
        while (rows.Read())
            read.Add(CompanionFiles.Collections.Read(rows)!);
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    IReadOnlyList<ControllerEntry> Read() => SenderFolder.Read(folder.FullName, problems);
}
