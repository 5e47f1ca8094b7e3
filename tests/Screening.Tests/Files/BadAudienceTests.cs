using System.Text;

namespace MaySend.Screening.Tests.Files;

public sealed class BadAudienceTests : IDisposable
{
    const string People = "address,country\n";
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void The_shop_of_these_tests_may_mail_its_customer() => bench.Screen().Only.Verdict.ShouldBe(Decisions.Verdict.Permitted);

    [Theory]
    [InlineData("people.csv", "name,country\nAnna,gb\n", "people.csv:1:1: the column `address` is missing")]
    [InlineData("orders.csv", "address,context\nanna@example.com,sale\n", "orders.csv:1:1: the column `when` is missing")]
    [InlineData(
        "sends.csv",
        "address,when\nanna@example.com,2026-01-02\n",
        "sends.csv:1:1: the column `channel` is missing|sends.csv:1:1: the column `sender` is missing"
    )]
    [InlineData("orders.csv", "address,when\nanna@example.com,31/12/2025\n", "orders.csv:2:2: when: `31/12/2025` is not a day or a time")]
    [InlineData("orders.csv", "address,when\nanna@example.com,2025-02-30\n", "orders.csv:2:2: when: `2025-02-30` is not a day or a time")]
    [InlineData("orders.csv", "address,when\nanna@example.com,\n", "orders.csv:2:2: when: is blank")]
    [InlineData(
        "orders.csv",
        "address,when\nanna@example.com,2025-06-02 10:00:00\n",
        "orders.csv:2:2: when: `2025-06-02 10:00:00` has no time zone"
    )]
    [InlineData(
        "orders.csv",
        "address,when,context\nanna@example.com,2025-06-02,bought\n",
        "orders.csv:2:3: context: `bought` is not one of sale"
    )]
    [InlineData(
        "orders.csv",
        "address,when,refused\nanna@example.com,2025-06-02,maybe\n",
        "orders.csv:2:3: refused: `maybe` is neither yes nor no"
    )]
    [InlineData("refusals.csv", "address,kind\nanna@example.com,no\n", "refusals.csv:2:2: kind: `no` is not one of refusal")]
    [InlineData("refusals.csv", "address\nnot an address\n", "refusals.csv:2:1: address: ")]
    [InlineData("people.csv", People + "anna@example.com,Atlantis\n", "people.csv:2:2: country: `Atlantis` is not a country")]
    [InlineData(
        "people.csv",
        "address,country,address\nanna@example.com,gb,ben@example.com\n",
        "people.csv:1:3: the column `address` is there twice"
    )]
    [InlineData("people.csv", People, "people.csv: the file has no rows")]
    [InlineData("people.csv", "", "people.csv: the file is empty")]
    [InlineData("people.csv", People + "anna@example.com\n", "people.csv:2:2: the row has 1 fields, the header 2")]
    [InlineData("people.csv", People + "anna@example.com,gb,ben@example.com\n", "people.csv:2:3: the row has 3 fields, the header 2")]
    public void A_bad_file_is_an_error_with_row_and_column(string file, string text, string expected)
    {
        bench.Write(file, text);
        var said = bench.Problems();
        var wanted = expected.Split('|');
        said.Count.ShouldBe(wanted.Length, string.Join('\n', said));
        foreach (var (line, start) in said.Order(StringComparer.Ordinal).Zip(wanted))
            line.ShouldStartWith(start);
    }

    [Theory]
    [InlineData("refusals-2026.csv")]
    [InlineData("Refusals.csv")]
    [InlineData("refusals.xlsx")]
    public void A_register_under_another_name_is_an_error_and_never_passed_over(string name)
    {
        bench.Write(name, "address\nanna@example.com\n");
        bench.Problems().ShouldBe([$"{name}: is not read under this name: the opt-outs in it would be lost"]);
    }

    [Fact]
    public void A_second_list_of_people_is_an_error_and_never_passed_over()
    {
        bench.Write("people.csv.gz", "packed");
        bench
            .Problems()
            .ShouldBe([
                "people.csv.gz: lies beside people.csv, and one list of people is read from a folder: the people in it would be lost",
            ]);
    }

    [Fact]
    public void Another_file_that_speaks_of_opt_outs_is_told_and_what_a_screening_wrote_is_not()
    {
        foreach (var name in new[] { "unsubscribed.csv", "refused.csv", "people-notes.csv", "suppression.txt" })
            bench.Write(name, "address\nanna@example.com\n");
        var note = bench.Screen().Summary.Notes.Single(each => each.StartsWith("not read", StringComparison.Ordinal));
        note.ShouldBe("not read, though the name speaks of opt-outs: unsubscribed.csv");
    }

    [Fact]
    public void A_list_that_a_screening_wrote_is_no_list_of_people()
    {
        bench.Write("people.csv", "address,country,Maysend_Verdict\nanna@example.com,gb,permitted\n");
        bench.Problems().ShouldBe(["people.csv:1:1: the list has a column `maysend_verdict`: an earlier screening wrote it"]);
    }

    [Fact]
    public void A_missing_list_of_people_is_an_error()
    {
        bench.Delete("people.csv");
        bench.Problems().ShouldBe(["people.csv: file not found"]);
    }

    [Fact]
    public void A_time_without_a_zone_is_read_in_the_zone_that_was_chosen()
    {
        bench.Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,products,refused\nanna@example.com,order 1,2025-06-02 "
                + "10:00:00,lantern-ltd,recipient,sale,checkout,C1,no\n"
        );
        bench.Screen(zone: TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).Only.Verdict.ShouldBe(Decisions.Verdict.Permitted);
    }

    [Theory]
    [InlineData("people.csv", 3, 2)]
    [InlineData("refusals.csv", 3, 2)]
    public void Latin_1_bytes_in_a_UTF_8_file_are_an_error_with_row_and_column(string file, int row, int column)
    {
        bench.WriteBytes(
            file,
            [.. Encoding.UTF8.GetBytes("address,how\nanna@example.com,Zoë\nben@example.com,"), .. Encoding.Latin1.GetBytes("Zoë\n")]
        );
        bench.Problems().ShouldHaveSingleItem().ShouldBe($"{file}:{row}:{column}: how: bytes that are not in the file's encoding");
    }

    [Fact]
    public void A_header_of_another_encoding_is_an_error()
    {
        bench.WriteBytes("people.csv", Encoding.Latin1.GetBytes("address,Straße\nanna@example.com,x\n"));
        bench.Problems().ShouldHaveSingleItem().ShouldBe("people.csv:1:2: the header is not UTF-8");
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_an_error_and_swallows_nobody()
    {
        bench.Write("refusals.csv", "address,how\nben@example.com,\"by letter\nanna@example.com,link\n");
        bench.Problems().ShouldHaveSingleItem().ShouldStartWith("refusals.csv:");
    }

    [Fact]
    public void A_row_that_begins_with_a_hash_is_a_row()
    {
        bench.Write("refusals.csv", "id,address\n#1,anna@example.com\n");
        bench.Screen().Only.Verdict.ShouldBe(Decisions.Verdict.Refused);
    }

    [Fact]
    public void Everything_wrong_is_said_at_once_with_its_place()
    {
        bench.Write("people.csv", "address,country,minor\nanna@example.com,Atlantis,perhaps\nnobody,gb,no\n");
        bench.Write("orders.csv", "address,when,context\nanna@example.com,yesterday,bought\n");
        bench.Write("refusals.csv", "address,when\nben@example.com,soon\n");
        bench
            .Problems()
            .Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)])
            .ShouldBe(["orders.csv:2:2", "orders.csv:2:3", "people.csv:2:2", "people.csv:2:3", "people.csv:3:1", "refusals.csv:2:2"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_register_of_refusals_that_breaks_off_is_an_error(int length)
    {
        bench.Delete("refusals.csv");
        var packed = AudienceBench.Packed(
            "address,how\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"p{i}@example.com,letter {i * 7919}\n"))
        );
        bench.WriteBytes("refusals.csv.gz", packed[..(length == 0 ? packed.Length / 2 : length)]);
        bench.Problems().ShouldHaveSingleItem().ShouldStartWith("refusals.csv.gz");
    }
}
