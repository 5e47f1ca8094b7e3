using System.Text;

namespace MaySend.Screening.Tests.Files;

public sealed class OddButGoodAudienceTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_header()
    {
        bench.WriteBytes(
            "people.csv",
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("address,country,subscriber\nanna@example.com,gb,individual\n")]
        );
        bench.Screen().Only.Person.Address.ShouldBe("anna@example.com");
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Other_delimiters_are_recognised(char delimiter)
    {
        bench.Write("people.csv", "address,country,subscriber\nanna@example.com,gb,individual\n".Replace(',', delimiter));
        bench.Write("refusals.csv", "address,how\nanna@example.com,link\n".Replace(',', delimiter));
        var row = bench.Screen().Only;
        row.Verdict.ShouldBe(Decisions.Verdict.Refused);
        row.Person.RawRow.ShouldBe($"anna@example.com{delimiter}gb{delimiter}individual");
    }

    [Fact]
    public void A_row_with_quotes_and_line_breaks_is_written_through_as_it_stands()
    {
        const string Row = "\"anna@example.com\",\"Anna \"\"the\nlamp\"\", Lantern St\",gb,individual";
        bench.Write("people.csv", $"address,note,country,subscriber\r\n{Row}\r\n");
        bench.Screen().Only.Person.RawRow.ShouldBe(Row);
        bench.Screen(shareBytes: 1).Only.Person.RawRow.ShouldBe(Row);
    }

    [Fact]
    public void A_field_of_ten_megabytes_is_read()
    {
        bench.Write("people.csv", $"address,note,country,subscriber\nanna@example.com,{new string('x', 10 << 20)},gb,individual\n");
        bench.Screen().Only.Person.RawRow.Length.ShouldBeGreaterThan(10 << 20);
    }

    [Fact]
    public void A_field_longer_than_a_row_may_be_is_an_error()
    {
        bench.Write("people.csv", $"address,note,country\nanna@example.com,{new string('x', 40 << 20)},gb\n");
        bench.Problems().ShouldHaveSingleItem().ShouldBe("people.csv:2:1: the row is too long");
    }

    [Fact]
    public void Blank_lines_are_no_rows()
    {
        bench.Write("people.csv", "address,country\n\nanna@example.com,gb\n\n");
        bench.Screen().Rows.Count.ShouldBe(1);
    }
}
