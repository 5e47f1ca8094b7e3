using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;

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
}
