using System.Text.Json;

namespace MaySend.Acceptance;

public sealed class AskTests
{
    [Theory]
    [InlineData("customer-13037@mail.example", 0, "PERMITTED - may be sent", "permitted")]
    [InlineData("customer-13248@example.org", 2, "REFUSED - do not send", "refused")]
    [InlineData("customer-13328@example.org", 3, "NOT SHOWN - do not send", "not-shown")]
    public async Task A_persons_answer_is_said_in_words_as_JSON_and_by_the_exit_status(
        string address,
        int status,
        string words,
        string verdict
    )
    {
        string[] question = ["ask", address, "--in", Maysend.Sample, "--campaign", "spring-2026"];
        var text = await Maysend.RunAsync(question);
        text.Status.ShouldBe(status, text.Errors);
        text.Output.ShouldStartWith(words);
        text.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
        text.Said.ShouldEndWith("This is not legal advice.");
        var json = await Maysend.RunAsync([.. question, "--json"]);
        json.Status.ShouldBe(status);
        using var document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("verdict").GetString().ShouldBe(verdict);
    }

    [Fact]
    public async Task A_mix_of_records_is_not_a_ground()
    {
        var mixed = await Maysend.RunAsync("ask", "--facts", "samples/facts/mix-of-records.yaml");
        mixed.Status.ShouldBe(3, mixed.Errors);
        var whole = await Maysend.RunAsync("ask", "--facts", "samples/facts/soft-opt-in.yaml");
        whole.Status.ShouldBe(0, whole.Errors);
    }

    [Theory]
    [InlineData("nobody@example.com", "`nobody@example.com` is not in the people file")]
    [InlineData("not an address", "`not an address` is not an address")]
    public async Task An_unknown_address_is_an_error(string address, string says)
    {
        var ended = await Maysend.RunAsync("ask", address, "--in", Maysend.Sample, "--campaign", "spring-2026");
        ended.Status.ShouldBe(65);
        ended.Output.ShouldBeEmpty();
        ended.Said.ShouldContain(says);
    }

    [Fact]
    public async Task Every_problem_of_a_file_of_facts_is_said_with_its_place()
    {
        using var folder = new Folder();
        var path = folder.Write("facts.yaml", "message: {day: 10 March, channel: pigeon}\nrecipient: {countries: [gb], colour: red}\n");
        var ended = await Maysend.RunAsync("ask", "--facts", path);
        ended.Status.ShouldBe(65);
        foreach (var place in new[] { ":1:", ":2:" })
            ended.Said.ShouldContain($"facts.yaml{place}");
        foreach (var word in new[] { "10 March", "pigeon", "colour" })
            ended.Said.ShouldContain(word);
    }

    [Theory]
    [InlineData("ask", 4)]
    [InlineData("ask anna@example.com", 3)]
    [InlineData("ask anna@example.com --in samples/online-retail", 1)]
    public async Task All_that_is_missing_from_a_question_is_said_at_once(string command, int missing)
    {
        var ended = await Maysend.RunAsync(command.Split(' ').AsEnumerable());
        ended.Status.ShouldBe(65);
        ended.Said.Split("is missing").Length.ShouldBe(missing + 1);
    }

    [Fact]
    public async Task An_address_and_a_campaign_that_are_both_wrong_are_named_together()
    {
        var ended = await Maysend.RunAsync("ask", "anna at example.com", "--in", Maysend.Sample, "--campaign", "sumer-2026");
        ended.Status.ShouldBe(65);
        ended.Said.ShouldContain("`anna at example.com` is not an address");
        ended.Said.ShouldContain("`sumer-2026` is neither a file nor a campaign");
    }
}
