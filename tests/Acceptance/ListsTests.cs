namespace MaySend.Acceptance;

/// <summary>Exports screened as they are, from the command line.</summary>
public sealed class ListsTests : IDisposable
{
    static readonly string Shop = Path.Combine(Maysend.Root, "samples", "stories", "uk-shopify");

    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_list_whose_name_says_unsubscribed_is_screened_once_somebody_has_said_what_it_is()
    {
        var list = folder.Write(
            "unsubscribed_spring.csv",
            "Email,Accepts Email Marketing,Customer ID\nanna@example.com,yes,1\nben@example.com,yes,2\n"
        );
        var asked = await ScreenAsync("--list", list);
        asked.Status.ShouldBe(65);
        asked.Said.ShouldContain("the name says `unsub`");
        Directory.Exists(Path.Combine(folder.FullName, "out")).ShouldBeFalse();
        (await ScreenAsync("--list", list, "--file-is", "opt-outs")).Status.ShouldBe(0);
        People("refused.csv").ShouldBe(2);
        (await ScreenAsync("--list", list, "--file-is", "list")).Status.ShouldBe(0);
        People("refused.csv").ShouldBe(0);
    }

    [Fact]
    public async Task A_column_of_an_export_that_says_who_stopped_is_asked_about_and_bad_rows_are_set_aside()
    {
        var list = folder.Write(
            "orders.csv",
            "Name,Email,Created at,Lineitem name,Note\n#1,anna@example.com,2026-06-03 10:14:00 +0100,Candle,\n"
                + "#2,ben@example.com,2026-06-03 10:14:00 +0100,Candle,please do not email\n#3,cara@example.com,someday,Candle,\n"
        );
        var aside = Path.Combine(folder.FullName, "aside.csv");
        (await ScreenAsync("--list", list)).Said.ShouldContain("`someday` is not a day or a time");
        var asked = await ScreenAsync("--list", list, "--set-aside", aside);
        asked.Status.ShouldBe(65);
        asked.Said.ShouldContain("1 row says `please do not email` in the column `Note`");
        var screened = await ScreenAsync("--list", list, "--set-aside", aside, "--stop-column", "Note=please do not email");
        screened.Status.ShouldBe(0, screened.Said);
        (People("refused.csv"), People("not-shown.csv")).ShouldBe((1, 1));
        (await File.ReadAllTextAsync(aside, TestContext.Current.CancellationToken)).ShouldContain("cara@example.com");
    }

    [Fact]
    public async Task A_list_of_domains_alone_is_one_and_a_list_without_rows_is_not()
    {
        var domains = await ScreenAsync("--list", folder.Write("refusals.csv", "address,id,when\n*@firm.example,,\n"));
        domains.Status.ShouldBe(0, domains.Said);
        domains.Said.ShouldContain("1 whole domain and no person");
        var empty = await ScreenAsync("--list", folder.Write("people.csv", "address,country\n"));
        empty.Status.ShouldBe(65, empty.Said);
    }

    int People(string file) => File.ReadLines(Path.Combine(folder.FullName, "out", file)).Count() - 1;

    Task<Ended> ScreenAsync(params string[] arguments) =>
        Maysend.RunAsync(
            ["screen", "--sender", Shop, "--campaign", "friday", "--out", Path.Combine(folder.FullName, "out"), .. arguments],
            null
        );
}
