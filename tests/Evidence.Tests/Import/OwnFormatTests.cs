using MaySend.Evidence.Import;

namespace MaySend.Evidence.Tests.Import;

/// <summary>MaySend's own kinds of file are recognised by their columns, where these can be of one kind only, or by their name.</summary>
public sealed class OwnFormatTests
{
    [Theory]
    [InlineData("x.csv", "address,id,when,context,products", "orders")]
    [InlineData("x.csv", "address,when,act,channels,topics", "consents")]
    [InlineData("x.csv", "address,when,senders,channels", "refusals")]
    [InlineData("x.csv", "address,when,sender,channel", "sends")]
    [InlineData("x.csv", "address,when,register,listed", "checks")]
    [InlineData("x.csv", "address,country", "contacts")]
    [InlineData("refusals.csv", "address,when", "refusals")]
    [InlineData("Orders 2026.csv", "address,when,id", "orders")]
    [InlineData("people.csv", "address", "contacts")]
    public async Task A_file_of_our_own_kind_needs_no_format_to_be_named(string name, string header, string format)
    {
        await using var bench = await ImportBench.CreateAsync();
        ImportSource.Open(bench.Write(name, header + "\n"), ImportBench.London).Format.Name.ShouldBe(format);
    }

    [Theory]
    [InlineData("x.csv", "address,when")]
    [InlineData("x.csv", "address")]
    [InlineData("x.csv", "address,id")]
    [InlineData("x.csv", "address,when,context,act")]
    public async Task Where_two_kinds_could_have_written_the_header_none_is_guessed(string name, string header)
    {
        await using var bench = await ImportBench.CreateAsync();
        (await bench.ProblemsAsync(bench.Write(name, header + "\na@example.com,2026-01-01,,\n")))
            .ShouldHaveSingleItem()
            .Text.ShouldBe("the header matches no known export");
    }

    [Fact]
    public async Task A_whole_domain_in_a_recognised_register_is_a_rule_over_its_addresses()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(bench.Write("refusals.csv", "address,when,senders\n*@firm.example,,\nanna@example.com,,\n"));
        plan.Summary.Domains.ShouldBe(["firm.example"]);
        plan.Summary.ToAdd.ShouldBe(1);
    }
}
