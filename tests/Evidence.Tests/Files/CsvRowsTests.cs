using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Tests.Files;

public sealed class CsvRowsTests
{
    [Fact]
    public void A_request_to_stop_whose_row_begins_with_a_hash_is_not_taken_for_a_comment()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-csv-");
        var path = Path.Combine(folder.FullName, "refusals.csv");
        File.WriteAllText(path, "id,address\n#1001,anna@example.com\n#1002,ben@example.com\n");
        var problems = new Problems();
        var read = new List<string>();
        using (var rows = CsvRows.Open(path, CompanionFiles.Refusals.Columns, null, problems)!)
            while (rows.Read())
                read.Add(((RefusalMade)CompanionFiles.Refusals.Read(rows)!).Id);
        folder.Delete(recursive: true);
        problems.List.ShouldBeEmpty();
        read.ShouldBe(["#1001", "#1002"]);
    }
}
