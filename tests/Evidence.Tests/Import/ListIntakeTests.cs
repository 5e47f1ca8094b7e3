using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Tests.Import;

/// <summary>An export screened as it is: whoever stands in it gets an answer.</summary>
public sealed class ListIntakeTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("maysend-list-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    ListIntake Read(string text, ImportOptions? options = null)
    {
        var path = Path.Combine(folder, "list.csv");
        File.WriteAllText(path, text);
        return ListIntake.Write([ImportSource.Open(path, options)], Path.Combine(folder, "read"));
    }

    string[] People => [.. File.ReadLines(Path.Combine(folder, "read", "people.csv")).Skip(1).Select(line => line.Split(',')[0])];

    [Fact]
    public void Those_of_whom_the_file_says_nothing_bad_stand_in_it_beside_those_who_opted_out()
    {
        const string Brevo = "EMAIL,EMAIL_BLACKLISTED,ADDED_TIME,MODIFIED_TIME\n";
        Read($"{Brevo}anna@example.com,no,,\nben@example.com,yes,,\n").People.ShouldBe(2);
        People.ShouldBe(["anna@example.com", "ben@example.com"], ignoreOrder: true);
        Read($"{Brevo}anna@example.com,no,,\n").People.ShouldBe(1);
        People.ShouldBe(["anna@example.com"]);
    }

    [Fact]
    public void Of_a_row_that_is_set_aside_the_ticks_stand_in_the_folder_and_can_be_read_again()
    {
        var options = ImportBench.London with { Format = "orders", SetsAsideBadRows = true };
        Read("address,id,when,context,country,point,boxes\nanna@example.com,1,last May,sale,gb,till,quiet=yes\n", options)
            .People.ShouldBe(0, "the row is left out");
        People.ShouldBeEmpty();
        var problems = new Problems();
        using var rows = CsvRows.Open(Path.Combine(folder, "read", "collections.csv"), CompanionFiles.Collections.Columns, null, problems)!;
        rows.ReadNext(out _).ShouldBeTrue();
        var read = (DetailsCollected)CompanionFiles.Collections.Read(rows)!;
        problems.IsEmpty.ShouldBeTrue();
        (read.Point, read.Context, read.Boxes!["quiet"]).ShouldBe(("till", null, true));
        TickedBoxes.IsOnlyTicks(read).ShouldBeTrue();
    }
}
