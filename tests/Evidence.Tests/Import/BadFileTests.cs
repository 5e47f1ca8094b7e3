using System.IO.Compression;
using System.Text;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Tests.Import;

public sealed class BadFileTests
{
    static readonly ImportOptions Orders = new() { Format = "orders" };

    [Fact]
    public async Task A_truncated_archive_is_an_error_and_nothing_is_written()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.ZipOfSamples("audience.zip", "mailchimp/subscribed_email_audience_export_5f2c.csv");
        var bytes = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 30, bytes.Length / 2, bytes.Length - 5 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            (await bench.ProblemsAsync(path)).ShouldHaveSingleItem().Place.File.ShouldBe("audience.zip");
        }
        (await bench.Store.Ledger.ReadControllerAsync()).ShouldAllBe(entry => entry.Kind == "sender-declared");
    }

    [Fact]
    public async Task A_damaged_member_is_named()
    {
        await using var bench = await ImportBench.CreateAsync();
        var rows = string.Concat(Enumerable.Range(0, 400).Select(i => $"p{i}@example.com,2025-01-01 10:{i % 60:00}:00,\n"));
        var path = bench.Zip("a.zip", ("subscribed_a.csv", "Email Address,OPTIN_TIME,CONFIRM_TIME\n" + rows));
        var bytes = File.ReadAllBytes(path);
        for (var i = 200; i < 400; i++)
            bytes[i] ^= 0x5a;
        File.WriteAllBytes(path, bytes);
        (await bench.ProblemsAsync(path)).ShouldContain(problem => problem.Place.File == "a.zip/subscribed_a.csv");
    }

    [Fact]
    public async Task A_file_that_unpacks_to_far_more_than_an_export_is_left_unread()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = Path.Combine(Path.GetDirectoryName(bench.Write("x.csv", ""))!, "bomb.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var content = zip.CreateEntry("subscribed_a.csv", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
                content.Write(zeros);
        }
        (await bench.ProblemsAsync(path)).ShouldHaveSingleItem().Text.ShouldContain("unpacks to more than an export would");
        var small = bench.Zip(
            "two.zip",
            ("subscribed_a.csv", "Email Address,OPTIN_TIME,CONFIRM_TIME\n" + new string('a', 5000)),
            ("subscribed_b.csv", new string('b', 5000))
        );
        (await bench.ProblemsAsync(small, new ImportOptions { GreatestUnpacked = 6000 }))
            .ShouldHaveSingleItem()
            .Place.File.ShouldBe("two.zip/subscribed_b.csv");
    }

    [Fact]
    public async Task The_wrong_delimiter_is_recognised_as_such()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("o.csv", "address;when;context\nanna@example.com;2025-05-02;sale\n");
        var problems = await bench.ProblemsAsync(path, Orders with { Delimiter = ',' });
        problems.Select(problem => problem.Text).ShouldBe(["the column `address` is missing", "the column `when` is missing"]);
        problems[0].Help.ShouldBe("the header reads as one column: is `;` the delimiter?");
        (await bench.PlanAsync(path, Orders)).Summary.ToAdd.ShouldBe(1);
    }

    [Fact]
    public async Task A_header_that_stands_twice_is_an_error_with_its_column()
    {
        await using var bench = await ImportBench.CreateAsync();
        var problems = await bench.ProblemsAsync(
            bench.Write("o.csv", "address,when,Address\nanna@example.com,2025-05-02,ben@example.com\n"),
            Orders
        );
        problems.ShouldHaveSingleItem().ToString().ShouldBe("o.csv:1:3: the column `Address` is there twice");
    }

    [Fact]
    public async Task Every_bad_cell_is_named_with_file_row_and_column_and_nothing_is_half_written()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "o.csv",
            """
            address,when,context,refused,country
            anna@example.com,2025-05-02,sale,no,gb
            not an address,2025-05-02,sale,,
            ben@example.com,02/05/2025,sale,,
            ben@example.com,2025-05-02,purchase,maybe,Atlantis
            cara@example.com,2025-05-02 10:00,sale,,,extra
            dora@example.com,2025-05-02
            """
        );
        var places = (await bench.ProblemsAsync(path, Orders)).Select(problem => problem.Place.ToString()).ToList();
        places.ShouldBe(["o.csv:3:1", "o.csv:4:2", "o.csv:5:3", "o.csv:5:4", "o.csv:5:5", "o.csv:6:6", "o.csv:7:3"]);
        (await bench.EntriesAsync("anna@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_whose_address_is_none_can_be_left_out_by_choice_and_are_counted()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("o.csv", "address,when\nanna@example.com,2025-05-02\nnot an address,2025-05-02\n,2025-05-02\n");
        var summary = (await bench.PlanAsync(path, Orders with { LeaveOutBadAddresses = true })).Summary;
        summary.ToAdd.ShouldBe(1);
        summary.LeftOut.Sum(tally => tally.Count).ShouldBe(2);
        summary.LeftOut.SelectMany(tally => tally.Examples).ShouldBe(["o.csv:3", "o.csv:4"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_field_of_ten_megabytes_ends_the_reading_with_one_error()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "o.csv",
            $"address,when,context\nanna@example.com,2025-05-02,sale\nben@example.com,2025-05-02,\"{new string('x', 10 << 20)}\"\n"
        );
        (await bench.ProblemsAsync(path, Orders)).ShouldHaveSingleItem().ToString().ShouldStartWith("o.csv:3:1: the row is too long");
    }

    [Fact]
    public async Task An_unclosed_quote_is_an_error_and_not_the_end_of_the_file()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "o.csv",
            "address,when\nanna@example.com,2025-05-02\n\"ben@example.com,2025-05-02\ncara@example.com,2025-05-02\n"
        );
        (await bench.ProblemsAsync(path, Orders)).ShouldHaveSingleItem().Place.Line.ShouldBe(3);
    }

    [Fact]
    public async Task Bytes_of_another_encoding_are_named_with_row_and_column_and_the_encoding_can_be_chosen()
    {
        await using var bench = await ImportBench.CreateAsync();
        var latin = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;
        var path = bench.Write("o.csv", "address,id,when\nanna@example.com,Kärnten 7,2025-05-02\nben@example.com,8,2025-05-02\n", latin);
        (await bench.ProblemsAsync(path, Orders))
            .ShouldHaveSingleItem()
            .ToString()
            .ShouldStartWith("o.csv:2:2: id: bytes that are not in the file's encoding");
        await bench.ImportAsync(path, Orders with { Encoding = "windows-1252" });
        (await bench.EntriesAsync("anna@example.com")).ShouldHaveSingleItem().Id.ShouldBe("Kärnten 7");
        (await bench.ProblemsAsync(path, Orders with { Encoding = "klingon" }))
            .ShouldHaveSingleItem()
            .Text.ShouldBe("`klingon` is an unknown encoding");
    }

    [Fact]
    public async Task A_byte_order_mark_is_not_part_of_the_first_header()
    {
        await using var bench = await ImportBench.CreateAsync();
        const string text = "address,when\nanna@example.com,2025-05-02\n";
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
            (await bench.PlanAsync(bench.Write("o.csv", text, encoding), Orders)).Summary.ToAdd.ShouldBe(1);
    }

    [Fact]
    public async Task Case_and_script_variants_of_one_address_are_one_contact_and_a_plus_tag_is_another()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "o.csv",
            "address,id,when\nAnna@Bücher.Example,1,2025-05-02\nanna@xn--bcher-kva.example,2,2025-05-03\n"
                + "ANNA@BÜCHER.EXAMPLE,1,2025-05-02\nanna+shop@bücher.example,4,2025-05-04\n"
        );
        var summary = (await bench.PlanAsync(path, Orders)).Summary;
        (summary.Addresses, summary.NewContacts, summary.ToAdd, summary.AlreadyThere).ShouldBe((2, 2, 3, 1));
        await bench.ImportAsync(path, Orders);
        (await bench.EntriesAsync("anna@bücher.example")).Count.ShouldBe(2);
        // An accent as a character of its own would make a second contact of the same address, past every stop: it is no address here.
        var apart = bench.Write("o.csv", "address,when\nanna@bu\u0308cher.example,2025-05-02\n");
        (await bench.ProblemsAsync(apart, Orders)).ShouldHaveSingleItem().Text.ShouldContain("accent");
    }

    [Fact]
    public async Task A_formula_is_kept_as_text_and_guarded_where_a_spreadsheet_would_run_it()
    {
        await using var bench = await ImportBench.CreateAsync();
        const string formula = "=cmd|'/c calc'!A1";
        await bench.ImportAsync(
            bench.Write("r.csv", $"address,id\n=1+1@example.com,\"{formula}\"\n"),
            new ImportOptions { Format = "refusals" }
        );
        (await bench.EntriesAsync("=1+1@example.com")).ShouldHaveSingleItem().Id.ShouldBe(formula);
        var plan = await bench.PlanAsync(
            bench.Write("c.csv", "address,when\n=1+1@example.com,2025-05-02\n"),
            new ImportOptions { Format = "consents" }
        );
        var csv = new StringWriter();
        plan.Summary.WriteConflicts(csv);
        csv.ToString().ShouldContain("'=1+1@example.com,");
        csv.ToString().ShouldContain($"'{formula}");
    }

    [Fact]
    public async Task What_is_no_known_format_and_what_is_empty_say_so()
    {
        await using var bench = await ImportBench.CreateAsync();
        (await bench.ProblemsAsync(bench.Write("x.csv", "a,b\n1,2\n")))
            .ShouldHaveSingleItem()
            .Help.ShouldNotBeNull()
            .ShouldContain("found: a, b");
        (await bench.ProblemsAsync(bench.Write("e.csv", ""))).ShouldHaveSingleItem().Text.ShouldBe("the file is empty");
        (await bench.ProblemsAsync(bench.Write("h.csv", "address,when\n"), Orders))
            .ShouldHaveSingleItem()
            .Text.ShouldBe("the file has no rows");
        (await bench.ProblemsAsync(Path.Combine(bench.Folder.Path, "none.csv"))).ShouldHaveSingleItem().Text.ShouldBe("file not found");
        (await bench.ProblemsAsync(bench.Write("x.csv", "a\n"), new ImportOptions { Format = "carrier-pigeon" }))
            .ShouldHaveSingleItem()
            .Text.ShouldContain("is an unknown format");
        (await bench.ProblemsAsync(bench.Zip("t.zip", ("readme.txt", "x"))))
            .ShouldHaveSingleItem()
            .Text.ShouldBe("the archive holds no CSV file");
    }

    [Fact]
    public async Task Problems_without_end_are_cut_off_at_a_thousand()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("o.csv", "address,when\n" + string.Concat(Enumerable.Range(0, 5000).Select(_ => "nobody,2025-05-02\n")));
        (await bench.ProblemsAsync(path, Orders)).Count.ShouldBe(1000);
    }
}
