using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

/// <summary>What a file says in columns nobody reads, and in its name: listed, asked about, never passed over.</summary>
public sealed class StateColumnTests
{
    const string News =
        "address,when,act,Zustand\nanna@example.com,2025-05-02,unticked-box,aktiv\nben@example.com,2025-05-03,unticked-box,abgemeldet\n";
    static readonly ImportOptions Consents = ImportBench.London with { Format = "consents" };

    [Fact]
    public async Task A_column_nobody_mapped_that_says_who_unsubscribed_stops_the_import()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(bench.Write("c.csv", News), Consents);
        var question = plan.Summary.Questions.ShouldHaveSingleItem();
        question.Text.ShouldContain("`abgemeldet` in the column `Zustand`");
        question.Text.ShouldContain("row 3");
        await Should.ThrowAsync<InvalidOperationException>(() => plan.ApplyAsync(Actor.Runner("clerk")));
        (await bench.EntriesAsync("anna@example.com")).ShouldBeEmpty();
        plan.Summary.Unread.ShouldHaveSingleItem().Says.ShouldBe("Zustand: abgemeldet (1), aktiv (1)");
    }

    [Fact]
    public async Task Mapped_it_is_a_request_to_stop_and_waived_it_is_of_no_account()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("c.csv", News);
        await bench.ImportAsync(path, Consents with { Stops = Words("Zustand", "abgemeldet") });
        var stop = (await bench.EntriesAsync("ben@example.com")).OfType<RefusalMade>().ShouldHaveSingleItem();
        (stop.Senders, stop.Channels, stop.How).ShouldBe((NameSet.Of("lantern-ltd"), NameSet.Everything, "import: Zustand: abgemeldet"));
        (await bench.EntriesAsync("anna@example.com")).OfType<RefusalMade>().ShouldBeEmpty();

        await using var other = await ImportBench.CreateAsync();
        var waived = await other.PlanAsync(other.Write("c.csv", News), Consents with { Ignored = ["zustand"] });
        waived.Summary.Questions.ShouldBeEmpty();
        waived.Summary.Unread.ShouldHaveSingleItem().IsWaived.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_column_takes_its_own_date_and_a_no_in_it_is_none()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "c.csv",
            "address,when,Opted out on,SMS opt-out\nanna@example.com,2025-05-02,2025-06-01,\nben@example.com,2025-05-02,,yes\n"
                + "cara@example.com,2025-05-02,no,no\n"
        );
        await bench.ImportAsync(path, Consents with { Stops = Words("Opted out on").AddRange(Words("SMS opt-out")) });
        (await bench.EntriesAsync("anna@example.com")).OfType<RefusalMade>().ShouldHaveSingleItem().When.ToString().ShouldBe("2025-06-01");
        (await bench.EntriesAsync("ben@example.com")).OfType<RefusalMade>().ShouldHaveSingleItem().Channels.ShouldBe(NameSet.Of("sms"));
        (await bench.EntriesAsync("cara@example.com")).OfType<RefusalMade>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_left_out_by_choice_are_not_left_out_if_they_ask_to_stop()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(bench.Write("c.csv", News), Consents with { Only = Words("Zustand", "aktiv") });
        plan.Summary.LeftOut.ShouldHaveSingleItem().Text.ShouldBe("`Zustand` is not aktiv");
        plan.Summary.Questions.ShouldHaveSingleItem().Text.ShouldContain("Zustand");
    }

    [Fact]
    public async Task Only_the_rows_that_are_requests_to_stop_become_requests_to_stop()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "register.csv",
            "Mail,Why\nanna@example.com,unsubscribed\nben@example.com,hard bounce\ncara@example.com,complaint\n"
        );
        var options = ImportBench.London with
        {
            Format = "refusals",
            Layout = new() { Columns = ImmutableDictionary<string, string>.Empty.Add("address", "Mail") },
            Only = Words("Why", "unsubscribed", "complaint"),
        };
        var plan = await bench.PlanAsync(path, options);
        (plan.Summary.ToAdd, plan.Summary.Questions.Length).ShouldBe((2, 0));
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.EntriesAsync("ben@example.com")).ShouldBeEmpty();
        await bench.ImportAsync(path, options with { Format = "bounces", Only = Words("Why", "hard bounce"), Ignored = ["Why"] });
        (await bench.OnlyAsync<AddressFailed>("ben@example.com")).IsPermanent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_of_contacts_taken_for_a_register_of_opt_outs_is_asked_about()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("r.csv", "address,Blacklisted\nanna@example.com,yes\nben@example.com,no\n");
        var options = ImportBench.London with { Format = "refusals" };
        (await bench.PlanAsync(path, options))
            .Summary.Questions.ShouldHaveSingleItem()
            .Text.ShouldContain("says `no` in the column `Blacklisted`");
        (await bench.PlanAsync(path, options with { Only = Words("Blacklisted", "yes") })).Summary.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_whose_name_says_unsubscribed_is_asked_about()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("unsubscribed_spring.csv", "address,when,context\nanna@example.com,2025-05-02,sale\n");
        var orders = ImportBench.London with { Format = "orders" };
        (await bench.PlanAsync(path, orders)).Summary.Questions.ShouldHaveSingleItem().Text.ShouldContain("the name says `unsub`");
        (await bench.PlanAsync(path, orders with { FileIs = NamedFile.List })).Summary.Questions.ShouldBeEmpty();
        await bench.ImportAsync(path, orders with { FileIs = NamedFile.OptOuts });
        (await bench.EntriesAsync("anna@example.com"))
            .OfType<RefusalMade>()
            .ShouldHaveSingleItem()
            .How.ShouldBe("import: in unsubscribed_spring.csv");
    }

    [Fact]
    public async Task A_column_that_only_some_rows_are_read_for_is_a_read_column()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "subscribed_a.csv",
            "Email Address,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,UNSUB_REASON,TAGS\nanna@example.com,2025-05-02 10:00:00,,,,\n"
                + "ben@example.com,2025-05-02 10:00:00,,2025-06-02 10:00:00,spam,\n"
        );
        (await bench.PlanAsync(path)).Summary.Unread.Select(column => column.Name).ShouldBe(["TAGS"]);
    }

    static ImmutableDictionary<string, ImmutableArray<string>> Words(string column, params string[] words) =>
        ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase).Add(column, [.. words]);
}
