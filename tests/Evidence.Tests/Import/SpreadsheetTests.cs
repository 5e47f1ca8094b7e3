using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Shared;

namespace MaySend.Evidence.Tests.Import;

public sealed class SpreadsheetTests
{
    static readonly DateOnly Left = new(2026, 1, 7);

    [Fact]
    public async Task A_spreadsheet_is_read_sheet_by_sheet_with_its_dates_as_dates()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = Book(
            bench,
            (
                "Kunden",
                [
                    ["E-Mail", "Abgemeldet am"],
                    ["jürgen@example.com", Left],
                    ["ben@example.com"],
                ]
            ),
            (
                "Händler",
                [
                    ["E-Mail", "Abgemeldet"],
                    ["cara@example.com", "ja"],
                ]
            ),
            ("Leer", [])
        );
        var plan = await bench.PlanAsync(path);
        plan.Summary.Format.ShouldBe("subscribers");
        plan.Summary.NotRead.ShouldBe(["Leer"]);
        await plan.ApplyAsync(Evidence.Actors.Actor.Runner("clerk"));
        (await bench.OnlyAsync<RefusalMade>("jürgen@example.com")).When.ToString().ShouldBe("2026-01-07");
        (await bench.OnlyAsync<RefusalMade>("cara@example.com")).ShouldNotBeNull();
        (await bench.EntriesAsync("ben@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Titles_above_the_header_are_passed_over_and_numbers_are_read_as_they_look()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = Book(
            bench,
            (
                "Kunden",
                [
                    ["Kundenliste Lantern Ltd"],
                    [],
                    ["Stand Januar 2026"],
                    ["Kundennr", "E-Mail", "Status", "Abgemeldet am"],
                    [1001, "anna@example.com", "aktiv", null],
                    ["0042", "ben@example.com", "abgemeldet", new DateTime(2026, 1, 7, 9, 30, 0)],
                    [1002.0, "cara@example.com", 0, "2026-01-07"],
                ]
            )
        );
        var plan = await bench.PlanAsync(path);
        plan.Summary.NotRead.ShouldHaveSingleItem().ShouldContain("lines above the header");
        // A nought in a column of words is a code of somebody's, and is asked about where nothing else stops its person.
        plan.Summary.Questions.ShouldBeEmpty();
        await plan.ApplyAsync(Evidence.Actors.Actor.Runner("clerk"));
        (await bench.EntriesAsync("anna@example.com")).ShouldBeEmpty();
        (await bench.EntriesAsync("ben@example.com")).OfType<RefusalMade>().ShouldNotBeEmpty();
        (await bench.EntriesAsync("cara@example.com")).OfType<RefusalMade>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_header_under_merged_cells_and_a_sheet_that_is_no_list_are_named_with_the_way_out()
    {
        await using var bench = await ImportBench.CreateAsync();
        var merged = await bench.ProblemsAsync(
            Book(
                bench,
                (
                    "Kunden",
                    [
                        ["Kontakt", null, "Werbung"],
                        ["E-Mail", "Name", "Status"],
                        ["anna@example.com", "Anna", "aktiv"],
                    ]
                )
            )
        );
        merged.ShouldHaveSingleItem().Text.ShouldBe("the header of the list seems to stand in line 2");
        merged[0].Help.ShouldBe("delete the lines above it");
        var notes = await bench.ProblemsAsync(
            Book(
                bench,
                (
                    "Kunden",
                    [
                        ["E-Mail", "Status"],
                        ["anna@example.com", "aktiv"],
                    ]
                ),
                (
                    "Notizen",
                    [
                        ["Wer", "Was"],
                        ["Mia", "prüfen"],
                    ]
                )
            )
        );
        notes.ShouldHaveSingleItem().Place.File.ShouldEndWith("/Notizen");
        notes[0].Help.ShouldNotBeNull().ShouldContain("take this sheet or file out");
    }

    [Fact]
    public async Task What_is_no_spreadsheet_says_so()
    {
        await using var bench = await ImportBench.CreateAsync();
        foreach (var name in new[] { "a.xlsx", "b.xls" })
            (await bench.ProblemsAsync(bench.Write(name, "Email,Status\nanna@example.com,unsubscribed\n")))
                .ShouldHaveSingleItem()
                .Text.ShouldContain("cannot be read");
    }

    static string Book(ImportBench bench, params (string, object?[][])[] sheets)
    {
        var path = Path.Combine(Path.GetDirectoryName(bench.Write("x", ""))!, $"{Path.GetRandomFileName()}.xlsx");
        Workbook.Write(path, sheets);
        return path;
    }
}
