using System.Text.Json;

namespace MaySend.Acceptance;

/// <summary>The next twelve Fridays from the command line.</summary>
public sealed class FridaysTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A mailing that goes out weekly, with an assessment that allows three messages in thirty days.</summary>
    [Fact]
    public async Task A_weekly_mailing_meets_its_cap_on_the_fourth_and_fifth_Friday()
    {
        var output = Path.Combine(folder.FullName, "out");
        var ended = await FridaysAsync("--sent", "--out", output);
        ended.Status.ShouldBe(0, ended.Said);
        ended.Said.ShouldContain("By Fri 25 Dec 2026");
        ended.Said.ShouldContain("how many messages");
        var lines = await File.ReadAllLinesAsync(Path.Combine(output, "fridays.csv"), TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(31);
        Enumerable
            .Range(1, 12)
            .Select(column => lines.Skip(1).Count(line => line.Split(',')[column] == "permitted"))
            .ShouldBe([14, 14, 14, 10, 10, 14, 14, 14, 10, 10, 14, 14]);
        File.Exists(Path.Combine(output, "fridays.html")).ShouldBeTrue();
        ended.Output.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 80);
    }

    [Fact]
    public async Task As_JSON_it_is_the_same_and_nothing_sent_in_between_changes_nothing()
    {
        var ended = await FridaysAsync("--json", "--weeks", "5");
        ended.Status.ShouldBe(0, ended.Said);
        using var json = JsonDocument.Parse(ended.Output);
        json.RootElement.GetProperty("weeks")
            .EnumerateArray()
            .Select(week => week.GetProperty("permitted").GetInt32())
            .ShouldBe([14, 14, 14, 14, 14]);
        json.RootElement.GetProperty("supposesSent").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Of_a_list_only_its_people_are_counted_with_what_the_store_holds_about_them()
    {
        var data = Path.Combine(folder.FullName, "store");
        await DoneAsync("store", "init", "--data", data);
        await DoneAsync("store", "load", "--data", data, "--in", Shop, "--by", "test");
        var some = File.ReadLines(Path.Combine(Shop, "people.csv")).Skip(1).Take(3).Select(line => line.Split(',')[0]).ToList();
        await DoneAsync("record", "refusal", some[0], "--data", data, "--by", "test", "--how", "phone", "--when", "2026-11-20");
        var list = Path.Combine(folder.FullName, "some");
        Directory.CreateDirectory(list);
        folder.Write(Path.Combine("some", "people.csv"), $"address\n{string.Join('\n', some)}\nnobody@example.org\n");
        string[] asked =
        [
            "fridays",
            "--data",
            data,
            "--sender",
            Shop,
            "--campaign",
            "friday",
            "--from",
            "2026-12-04",
            "--weeks",
            "2",
            "--json",
        ];
        using var json = JsonDocument.Parse((await DoneAsync([.. asked, "--audience", list])).Output);
        json.RootElement.GetProperty("people").GetInt32().ShouldBe(4);
        json.RootElement.GetProperty("weeks")
            .EnumerateArray()
            .ShouldAllBe(week => week.GetProperty("refused").GetInt32() == 1 && week.GetProperty("permitted").GetInt32() == 2);
        json.RootElement.GetProperty("notes").ToString().ShouldContain("1 person of the list is not in the store");
        using var everybody = JsonDocument.Parse((await DoneAsync(asked)).Output);
        everybody.RootElement.GetProperty("people").GetInt32().ShouldBe(30);
        // An export as it is will do as well.
        var export = folder.Write("klaviyo.csv", $"Email\n{some[1]}\n");
        string[] read = ["--list", export, "--format", "contacts", "--column", "address=Email"];
        (await DoneAsync([.. asked[..^1], .. read])).Said.ShouldContain("1 person");
    }

    [Theory]
    [InlineData("--weeks", "0")]
    [InlineData("--weeks", "54")]
    [InlineData("--from", "9999-12-25")]
    public async Task Weeks_that_cannot_be_are_a_bad_input(string option, string value) =>
        (await Maysend.RunAsync("fridays", "--in", Shop, "--campaign", "friday", option, value)).Status.ShouldBe(65);

    [Fact]
    public async Task A_list_of_yesterday_says_who_opted_out_since()
    {
        var (data, output) = (Path.Combine(folder.FullName, "store"), Path.Combine(folder.FullName, "out"));
        await DoneAsync("store", "init", "--data", data);
        await DoneAsync("store", "load", "--data", data, "--in", Shop, "--by", "test");
        await DoneAsync("screen", "--data", data, "--sender", Shop, "--campaign", "friday", "--out", output);
        var list = Path.Combine(output, "permitted.csv");
        var people = File.ReadLines(list).Count() - 1;
        people.ShouldBeGreaterThan(3);
        var someone = File.ReadLines(list).Skip(1).First().Split(',')[0];
        await DoneAsync("record", "refusal", someone, "--data", data, "--by", "test", "--how", "phone", "--when", "2026-11-20");
        var rest = Path.Combine(folder.FullName, "rest.csv");
        var ended = await DoneAsync("list", "check", list, "--data", data, "--out", rest);
        ended.Said.ShouldContain("good for 4 Dec 2026 only");
        ended.Said.ShouldContain("1 opted out since");
        ended.Said.ShouldContain($"{people - 1} still stand");
        var left = await File.ReadAllTextAsync(rest, TestContext.Current.CancellationToken);
        left.ShouldNotContain(someone);
        left.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(people);
        // A whole domain that asks is as good as each of its people.
        await DoneAsync("domains", "refuse", "example.org", "--data", data, "--by", "test", "--how", "letter");
        (await DoneAsync("list", "check", list, "--data", data)).Said.ShouldContain($"{people} opted out since");
        (await Maysend.RunAsync("list", "check", Path.Combine(Shop, "people.csv"), "--data", data)).Status.ShouldBe(65);
    }

    static async Task<Ended> DoneAsync(params string[] command)
    {
        var ended = await Maysend.RunAsync(command, null);
        ended.Status.ShouldBe(0, ended.Said);
        return ended;
    }

    static readonly string Shop = Path.Combine(Maysend.Root, "samples", "stories", "uk-shopify");

    static Task<Ended> FridaysAsync(params string[] more) =>
        Maysend.RunAsync(["fridays", "--in", Shop, "--campaign", "friday", "--from", "2026-12-04", .. more], null);
}
