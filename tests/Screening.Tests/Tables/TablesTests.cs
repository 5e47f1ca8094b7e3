using System.Text;
using System.Text.RegularExpressions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Tables;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Tests.Files;

namespace MaySend.Screening.Tests.Tables;

/// <summary>Files are read into tables where they are good, and row by row where they are not: what comes out is one.</summary>
public sealed partial class TablesTests : IDisposable
{
    static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    readonly AudienceBench bench = new();

    [GeneratedRegex("row [0-9]+")]
    private static partial Regex RowName();

    public void Dispose() => bench.Dispose();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_way_of_reading_gives_the_same_entries(int seed)
    {
        Write(seed);
        var files = AudienceFiles.InFolder(bench.Folder, London);
        // Who wants bad rows set aside gets the files read row by row, and these have none.
        var rowByRow = Read(files with { SetAside = Path.Combine(bench.Folder, "aside.csv") });
        var tabled = Read(files);
        tabled.Files.ShouldBe(rowByRow.Files);
        tabled.People.ShouldBe(rowByRow.People);
        foreach (var bytes in new[] { 300, 2_000 })
        {
            var dealt = Read(files, shareBytes: bytes);
            dealt.Files.ShouldBe(rowByRow.Files, $"{bytes} bytes a share");
            Sorted(dealt.People).ShouldBe(Sorted(rowByRow.People), $"{bytes} bytes a share");
        }
    }

    [Fact]
    public void A_file_with_quotes_or_packed_is_dealt_out_like_any_other()
    {
        Write(11);
        var lines = string.Concat(
            Enumerable.Range(0, 300).Select(day => $"anna@example.com,{new DateOnly(2025, 1, 1).AddDays(day):O},lantern-ltd,email\n")
        );
        const string Quoted = "anna@example.com,2025-11-30,\"lantern-ltd\",email\n";
        bench.Write("sends.csv", "address,when,sender,channel\n" + lines + Quoted + lines);
        var files = AudienceFiles.InFolder(bench.Folder, London);
        var rowByRow = Read(files with { SetAside = Path.Combine(bench.Folder, "aside.csv") });
        Sorted(Read(files, shareBytes: 900).People).ShouldBe(Sorted(rowByRow.People));
        bench.Delete("sends.csv");
        using (var packed = File.Create(Path.Combine(bench.Folder, "sends.csv.gz")))
        using (var zip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes("address,when,sender,channel\n" + lines + Quoted + lines));
        Sorted(Read(AudienceFiles.InFolder(bench.Folder, London), shareBytes: 900).People).ShouldBe(Sorted(rowByRow.People));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_row_is_dealt_once_and_those_of_one_address_to_one_share(int seed)
    {
        Write(seed);
        var files = AudienceFiles.InFolder(bench.Folder, London);
        string PathOf(int share, string path) => ShareFiles.PathOf(bench.Folder, share, path);
        new TableReading(files.Zone, null, (_, _) => null)
            .Deal(files.People, files.Companions, 5, bench.Folder, sizeOfPieces: 400)
            .ShouldNotBeNull();
        var shareOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in files.Companions.Select(companion => companion.Path).Prepend(files.People))
        {
            var dealt = new List<string>();
            for (var share = 0; share < 5; share++)
            {
                var rows = Rows(PathOf(share, path)).ToList();
                dealt.AddRange(rows);
                foreach (var address in rows.Select(row => row.Split(',', ';', '\t')[0]))
                    (shareOf.TryGetValue(address, out var before) ? before : shareOf[address] = share).ShouldBe(share, address);
            }
            dealt.Order(StringComparer.Ordinal).ShouldBe(Rows(path).Order(StringComparer.Ordinal), path);
        }
        shareOf.Values.Distinct().Count().ShouldBeGreaterThan(1);
        IEnumerable<string> Rows(string path)
        {
            if (!File.Exists(path))
                yield break;
            using var csv = CsvRows.Open(path, [], London, new Problems())!;
            while (csv.ReadNext(out _))
                yield return csv.RawRow();
        }
    }

    [Fact]
    public void A_bad_row_in_the_middle_of_files_that_are_dealt_out_is_named_and_nothing_is_left_of_them()
    {
        Write(11);
        var lines = string.Concat(Enumerable.Repeat("anna@example.com,2025-07-01,lantern-ltd,email\n", 500));
        bench.Write("sends.csv", "address,when,sender,channel\n" + lines + "anna@example.com,someday,lantern-ltd,email\n" + lines);
        var (problems, shares) = (new Problems(), Path.Combine(bench.Folder, "shares"));
        Audience.Open(AudienceFiles.InFolder(bench.Folder, London), problems, shareBytes: 900, shareFolder: shares).ShouldBeNull();
        problems.List.ShouldHaveSingleItem().ToString().ShouldContain("sends.csv:502:2");
        Directory.Exists(shares).ShouldBeFalse();
    }

    // Dealt into shares the order is another, and rows without an id are named by their place in the share.
    static List<string> Sorted(List<string> people) =>
        [.. people.Select(person => RowName().Replace(person, "row")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pieces_of_a_file_are_the_file(int seed)
    {
        Write(seed);
        var files = AudienceFiles.InFolder(bench.Folder, London);
        var whole = Tabled(files, sizeOfPieces: int.MaxValue);
        foreach (var size in new[] { 200, 331, 1_024, 4_096 })
            Tabled(files, size).ShouldBe(whole, $"{size} bytes a piece");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_lists_are_the_same_however_the_files_were_read(int seed)
    {
        Write(seed);
        var tabled = bench.Screen(zone: London);
        var rowByRow = bench.Screen(zone: London, with: files => files with { SetAside = Path.Combine(bench.Folder, "aside.csv") });
        Told(tabled).ShouldBe(Told(rowByRow));
        tabled.Summary.Reasons.ShouldBe(rowByRow.Summary.Reasons);
        tabled
            .Summary.Gains.Select(gain => (gain.Text, gain.Gained))
            .ShouldBe(rowByRow.Summary.Gains.Select(gain => (gain.Text, gain.Gained)));
        tabled.Summary.Named.ShouldBe(rowByRow.Summary.Named);
    }

    [Fact]
    public void Goods_kept_as_what_they_are_by_the_map_show_the_same()
    {
        Write(7);
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(bench.Folder, problems));
        var campaign = CampaignFile.Read(Path.Combine(bench.Folder, "campaign.yaml"), controller, problems)!;
        var map = controller.MapOn(campaign.Day).ShouldNotBeNull();
        var finder = new FactFinder(controller, campaign, LegalDays.AsWritten);
        List<string> FactsWith(ProductMap? known)
        {
            using var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, London), problems, map: known).ShouldNotBeNull();
            return [.. audience.People().SelectMany(person => finder.Find(person.Entries, person.Address).Collections).Select(Says)];
        }
        FactsWith(map).ShouldBe(FactsWith(null));
        FactsWith(map).ShouldContain(says => says.Contains("families", StringComparison.Ordinal));
        static string Says(Law.Facts.FactSheet sheet) =>
            sheet.Id + ": " + string.Join(' ', sheet.Recorded.Select(fact => $"{fact.Fact.Name}={fact.Fact.Write(fact.Value)}"));
    }

    [Fact]
    public void A_no_in_one_file_is_no_yes_because_another_file_has_other_columns()
    {
        bench.Write("people.csv", "address,country\nanna@example.com,gb\nbert@example.com,gb\ncleo@example.com,gb\n");
        foreach (var isRefusedFirst in new[] { true, false })
        {
            var (first, second) = isRefusedFirst ? ("refused", "consent_ticked") : ("consent_ticked", "refused");
            bench.Write(
                "orders.csv",
                "address,id,when,obtained_by,from,context,point,products," + first + "\n" + Row("anna") + Row("bert")
            );
            bench.Write("collections.csv", "address,id,when,obtained_by,from,context,point,products," + second + "\n" + Row("cleo"));
            var files = AudienceFiles.InFolder(bench.Folder, London);
            foreach (var address in new[] { "anna", "bert", "cleo" }.Select(name => $"{name}@example.com"))
            {
                using var audience = Audience.Open(files, new Problems()).ShouldNotBeNull();
                var isRefused = address.StartsWith("cleo", StringComparison.Ordinal) != isRefusedFirst;
                audience
                    .Find(Evidence.Ledger.Identity.Address.Read(address).Address!)!
                    .OfType<DetailsCollected>()
                    .Single()
                    .Refused.ShouldBe(isRefused ? true : null, $"{address}, {first} read first");
            }
        }
        static string Row(string name) => $"{name}@example.com,o-1,2025-06-01,lantern-ltd,recipient,sale,checkout,C1,yes\n";
    }

    [Fact]
    public void One_bad_row_in_one_piece_is_named_with_its_line()
    {
        bench.Write(
            "sends.csv",
            "address,when,sender,channel\n"
                + string.Concat(Enumerable.Repeat("anna@example.com,2025-07-01,lantern-ltd,email\n", 4_000))
                + "anna@example.com,someday,lantern-ltd,email\n"
        );
        bench.Problems().ShouldHaveSingleItem().ShouldContain("sends.csv:4002:2");
    }

    [Fact]
    public void A_row_that_closes_no_quote_in_a_large_file_is_no_end_of_it()
    {
        bench.Write(
            "sends.csv",
            "address,when,sender,channel\n" + Lines(300) + "anna@example.com,2025-07-01,\"lantern\n-ltd\",email\n" + Lines(300)
        );
        var files = AudienceFiles.InFolder(bench.Folder, null);
        Tabled(files, sizeOfPieces: 1_000).ShouldBe(Tabled(files, sizeOfPieces: int.MaxValue));
        static string Lines(int count) => string.Concat(Enumerable.Repeat("anna@example.com,2025-07-01,lantern-ltd,email\n", count));
    }

    void Write(int seed)
    {
        bench.Delete("orders.csv");
        foreach (var (name, text) in new RandomFiles(seed).All())
            bench.Write(name, text);
    }

    /// <summary>Everything that a reading says: first what it says of the files, then a line for each entry of each person.</summary>
    static (List<string> Files, List<string> People) Read(AudienceFiles files, long shareBytes = 1 << 20)
    {
        var problems = new Problems();
        using var audience = Audience.Open(files, problems, shareBytes: shareBytes);
        problems.ThrowIfAny();
        var controller = new ControllerRecord([new SenderDeclared("lantern-ltd")]);
        List<string> people =
        [
            .. audience!
                .People()
                .Select(person => $"{person.Address} <- {person.RawRow}: {string.Join("; ", person.Entries.Select(Says))}"),
        ];
        return (
            [
                audience.HeaderLine,
                $"{audience.Delimiter} {audience.Rows} {audience.Duplicates}",
                .. audience.Notes,
                .. audience.AboutRequests(controller, new Campaign("c", "lantern-ltd", "email", new DateOnly(2026, 3, 10))),
            ],
            people
        );
    }

    static List<string> Tabled(AudienceFiles files, int sizeOfPieces)
    {
        var tables = new TableReading(files.Zone, null, (_, _) => null).Read(files.People, files.Companions, sizeOfPieces: sizeOfPieces);
        tables.ShouldNotBeNull();
        return
        [
            .. tables.InOrder().Select(person => $"{tables.AddressOf(person)}: {string.Join("; ", tables.EntriesOf(person).Select(Says))}"),
            .. tables
                .Requests.Rows.Where(request => RequestWidth.NamedIn(request.Says) is not null)
                .GroupBy(request => RequestWidth.NamedIn(request.Says))
                .Select(scope => $"{scope.Key} {scope.Sum(one => one.Rows)} {scope.First().First}"),
            $"{tables.Requests.Oldest}",
        ];
    }

    static string Says(ContactEntry entry) => Encoding.UTF8.GetString(EntryJson.Write(entry));

    static List<string> Told(Outcome outcome) =>
        [.. outcome.Rows.Select(row => $"{row.Person.RawRow} {row.Verdict} {row.Send} {row.Process} {row.Says} {row.Deliverable}")];
}
