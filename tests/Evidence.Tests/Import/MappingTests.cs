using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Tests.Import;

public sealed class MappingTests
{
    [Fact]
    public async Task A_mapping_file_reads_a_foreign_tills_orders()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(ImportBench.Sample("till-orders.csv"), MappingFile.Read(ImportBench.Sample("till-orders.yaml")));
        plan.Summary.ByGrade.ShouldBe(
            new Dictionary<EvidenceGrade, long> { [EvidenceGrade.Restriction] = 1, [EvidenceGrade.Documented] = 2 }
        );
        await plan.ApplyAsync(Actor.Runner("clerk"));
        var order = await bench.OnlyAsync<DetailsCollected>("anna@example.com");
        (order.Id, order.Context, order.From, order.ObtainedBy, order.Point, order.Refused).ShouldBe(
            ("A-100", "sale", "recipient", "lantern-ltd", "till", false)
        );
        order.When.ToString().ShouldBe("2025-05-02T10:15:00+01:00");
        order.Products.ShouldBe(["CAN-1", "HOL-2"]);
        order.Countries.ShouldBe(NameSet.Of("gb"));
        (await bench.OnlyAsync<DetailsCollected>("ben@example.com")).Refused.ShouldBe(true);
        // Blank is neither yes nor no.
        (await bench.OnlyAsync<DetailsCollected>("cara@example.com")).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task A_list_of_opt_outs_binds_everything_it_does_not_narrow()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("opt-outs.csv"), MappingFile.Read(ImportBench.Sample("opt-outs.yaml")));
        var stop = await bench.OnlyAsync<RefusalMade>("emil@example.com");
        (stop.When.Day, stop.Senders, stop.Channels, stop.Topics, stop.Kind, stop.How).ShouldBe(
            (DateOnly.MinValue, NameSet.Everything, NameSet.Everything, NameSet.Everything, "objection", "letter")
        );
        await bench.OnlyAsync<RefusalMade>("+442079460018");
    }

    [Fact]
    public async Task Our_own_columns_need_no_mapping()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("c.csv", "address,when,act,wording,channels\nanna@example.com,2025-05-02,unticked-box,v3,email\n");
        var plan = await bench.PlanAsync(path, new ImportOptions { Format = "consents" });
        plan.Summary.ByGrade.ShouldBe(new Dictionary<EvidenceGrade, long> { [EvidenceGrade.Documented] = 1 });
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.OnlyAsync<ConsentAnswered>("anna@example.com")).ServedHere.ShouldBeFalse();
    }

    [Fact]
    public async Task What_came_back_is_taken_in_with_its_day_and_class_and_stops_nothing()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "back.csv",
            "address,when,kind,class\nanna@example.com,2025-05-02,hard,5.1.1\nben@example.com,2025-05-03,soft,mailbox full\n"
        );
        var plan = await bench.PlanAsync(path, new ImportOptions { Format = "bounces" });
        plan.Summary.ByGrade.ShouldNotContainKey(EvidenceGrade.Restriction);
        await plan.ApplyAsync(Actor.Runner("clerk"));
        var failed = await bench.OnlyAsync<AddressFailed>("anna@example.com");
        (failed.IsPermanent, failed.Class, failed.When.Day).ShouldBe((true, "5.1.1", new DateOnly(2025, 5, 2)));
        (await bench.OnlyAsync<AddressFailed>("ben@example.com")).IsPermanent.ShouldBeFalse();
    }

    [Fact]
    public async Task An_undated_consent_is_refused_and_not_dated_by_the_import()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("c.csv", "address,when,act\nanna@example.com,,unticked-box\n");
        (await bench.ProblemsAsync(path, new ImportOptions { Format = "consents" }))
            .ShouldHaveSingleItem()
            .ToString()
            .ShouldStartWith("c.csv:2:2: when: is blank");
    }

    [Fact]
    public async Task Everything_wrong_with_a_mapping_is_said_at_once_with_its_place()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "m.yaml",
            """
            format: orders
            zone: Europe/Nowhere
            delimiter: "#"
            columns: {address: Mail, whenn: Date, point: Mail}
            constants: {point: till, colour: red}
            sendr: x
            """
        );
        var problems = Should.Throw<BadInputException>(() => MappingFile.Read(path)).Problems;
        problems.Select(problem => problem.Place.Line).ShouldBe([2, 3, 4, 4, 5, 5, 6]);
        problems.ShouldContain(problem => problem.Text.Contains("`orders` has no column `whenn`", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Text.Contains("`Mail` is given to address and point", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Text.Contains("`point` is both a column and a constant", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Text.Contains("unknown key `sendr`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_platforms_columns_can_have_other_names_and_words()
    {
        await using var bench = await ImportBench.CreateAsync();
        var mapping = bench.Write(
            "m.yaml",
            "format: shopify-orders\nsender: lantern-ltd\ncolumns: {Email: Kontakt, Created at: Datum}\ndates: [dd.MM.yyyy]\n"
                + "values: {Accepts Marketing: {ja: 'yes', nein: 'no'}}\n"
        );
        var path = bench.Write(
            "o.csv",
            "Name,Kontakt,Datum,Lineitem name,Lineitem sku,Accepts Marketing\n#1,anna@example.com,03.05.2025,Kerze,C1,ja\n"
        );
        await bench.ImportAsync(path, MappingFile.Read(mapping));
        var order = await bench.OnlyAsync<DetailsCollected>("anna@example.com");
        (order.When.ToString(), order.ConsentTicked).ShouldBe(("2025-05-03", true));
    }

    [Fact]
    public async Task What_a_platform_does_not_read_cannot_be_mapped()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("m.yaml", "format: hubspot\nsender: lantern-ltd\ncolumns: {address: Email}\nconstants: {kind: x}\n");
        Should
            .Throw<BadInputException>(() => MappingFile.Read(path))
            .Problems.Select(problem => problem.Text[..20])
            .ShouldBe(["`hubspot` has no col", "`constants` are for ", "`hubspot` has no col"], ignoreOrder: true);
    }

    [Fact]
    public async Task Stops_rows_and_columns_of_no_account_are_chosen_by_words()
    {
        await using var bench = await ImportBench.CreateAsync();
        var options = MappingFile.Read(
            bench.Write(
                "m.yaml",
                "format: consents\nstops: {State: [gone, left], Left at: any}\nonly: {List: News}\nignore: [Notes]\n"
                    + "set_aside_bad_rows: yes\nfile_is: list\n"
            )
        );
        options.Stops["state"].ShouldBe(["gone", "left"]);
        options.Stops["Left at"].ShouldBeEmpty();
        options.Only["List"].ShouldBe(["News"]);
        (options.Ignored.Contains("notes"), options.SetsAsideBadRows, options.FileIs).ShouldBe((true, true, NamedFile.List));
        var bad = bench.Write("b.yaml", "format: consents\nstops: {State: []}\nonly: {List: {a: b}}\nfile_is: maybe\n");
        Should.Throw<BadInputException>(() => MappingFile.Read(bad)).Problems.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("till-orders.yaml")]
    [InlineData("opt-outs.yaml")]
    public void A_mapping_that_is_written_down_is_read_again_as_it_was(string name)
    {
        var read = MappingFile.Read(ImportBench.Sample(name));
        Same(Again(read, read.Format!), read);
    }

    [Fact]
    public void Every_choice_is_written_down_whatever_words_stand_in_it()
    {
        var options = new ImportOptions
        {
            Format = "consents",
            Sender = "lantern-ltd",
            Point = "till",
            TillPoint = "counter: 2",
            Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            Delimiter = '\t',
            Encoding = "windows-1252",
            LeaveOutBadAddresses = true,
            SetsAsideBadRows = true,
            FileIs = NamedFile.List,
            Stops = Words(("Left on", []), ("Status", ["no", "# gone", "null", "~"]), ("Notes", ["said"])),
            Only = Words(("Shop", ["UK", "yes"])),
            Ignored = ["Remarks", "- x"],
            Layout = CsvLayout.Plain with
            {
                Columns = Pairs(("address", "E-Mail: privat"), ("when", "Datum")),
                Constants = Pairs(("channels", "email")),
                Countries = Pairs(("Irland", "ie"), ("no", "no")),
                Dates = ["dd.MM.yyyy HH:mm", "yyyy"],
                Values = CsvLayout.Plain.Values.Add("informed", Pairs(("ja", "yes"), ("nein", ""), ("1.0", "no"))),
            },
            Topics = Pairs(("Newsletter", "news")),
        };
        Same(Again(options, "consents"), options);
    }

    static ImportOptions Again(ImportOptions options, string format)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-mapping-");
        try
        {
            var path = Path.Combine(folder.FullName, "mapping.yaml");
            File.WriteAllText(path, MappingFile.Write(options, format));
            return MappingFile.Read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Same(ImportOptions read, ImportOptions meant)
    {
        Flat(read).ShouldBe(Flat(meant));

        static IEnumerable<string> Flat(ImportOptions options) =>
            [
                $"{options.Format} {options.Sender} {options.Point} {options.TillPoint} {options.Zone?.Id} {options.Delimiter}",
                $"{options.Encoding} {options.LeaveOutBadAddresses} {options.SetsAsideBadRows} {options.FileIs}",
                .. Sorted("columns", options.Layout.Columns, text => text),
                .. Sorted("constants", options.Layout.Constants, text => text),
                .. Sorted("countries", options.Layout.Countries, text => text),
                .. Sorted("topics", options.Topics, text => text),
                .. Sorted("stops", options.Stops, words => string.Join('|', words)),
                .. Sorted("only", options.Only, words => string.Join('|', words)),
                .. options.Layout.Values.SelectMany(pair => Sorted(pair.Key, pair.Value, text => text)),
                .. options.Layout.Dates,
                .. options.Ignored.Order(StringComparer.Ordinal),
            ];

        static IEnumerable<string> Sorted<T>(string name, ImmutableDictionary<string, T> pairs, Func<T, string> says) =>
            pairs.Select(pair => $"{name} {pair.Key} = {says(pair.Value)}").Order(StringComparer.Ordinal);
    }

    static ImmutableDictionary<string, string> Pairs(params (string Name, string Value)[] pairs) =>
        CsvLayout.Plain.Columns.AddRange(pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    static ImmutableDictionary<string, ImmutableArray<string>> Words(params (string Column, string[] Words)[] lists) =>
        new ImportOptions().Stops.AddRange(lists.Select(list => KeyValuePair.Create(list.Column, list.Words.ToImmutableArray())));
}
