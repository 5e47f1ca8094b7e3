using System.IO.Compression;
using System.Text;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Tests.Files;

public sealed class PackedListTests : IDisposable
{
    static readonly CsvColumn[] Columns = [new("address", "an address", "who", IsRequired: true)];

    readonly string path = Path.Combine(Directory.CreateTempSubdirectory("maysend-packed-").FullName, "people.csv.gz");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public void A_list_that_unpacks_to_far_more_than_a_list_is_left_unread()
    {
        Write(rows: 5_000_000);
        var problems = new Problems();
        using var rows = CsvRows.Open(path, Columns, null, problems);
        var read = 0;
        while (rows!.Read())
            read++;
        problems.List.ShouldHaveSingleItem().Text.ShouldContain("unpacks to more than an export would");
        read.ShouldBeLessThan(5_000_000);
    }

    [Fact]
    public void A_packed_list_of_ordinary_size_is_read()
    {
        Write(rows: 1_000);
        var problems = new Problems();
        using var rows = CsvRows.Open(path, Columns, null, problems);
        var read = 0;
        while (rows!.Read())
            read++;
        (read, problems.Count).ShouldBe((1_000, 0));
    }

    void Write(int rows)
    {
        using var packed = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        packed.Write("address\n"u8);
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("anna@example.com\n", 1_000)));
        for (var written = 0; written < rows; written += 1_000)
            packed.Write(block);
    }
}
