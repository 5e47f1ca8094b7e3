using MaySend.Decisions;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Tests.Files;

/// <summary>A domain in a folder's register of opt-outs stops every address of it, as the same rule does in a store.</summary>
public sealed class WholeDomainTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("*@example.com")]
    [InlineData("@example.com")]
    [InlineData("*@*.example.com")]
    public void Every_address_of_the_domain_and_of_its_subdomains_is_refused(string rule)
    {
        bench.Write("people.csv", "address,country\nanna@example.com,gb\nben@post.example.com,gb\ncara@example.org,gb\n");
        bench.Write("refusals.csv", $"address,id,when,how\n{rule},,2026-01-02,letter\n");
        var (people, _) = Read();
        people["anna@example.com"].ShouldBe(Verdict.Refused);
        people["ben@post.example.com"].ShouldBe(Verdict.Refused);
        people["cara@example.org"].ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void It_holds_where_the_files_are_dealt_into_shares_and_of_somebody_looked_up_alone()
    {
        bench.Write("refusals.csv", "address,id,when\n*@example.com,,\n");
        var (people, found) = Read(shareBytes: 64);
        people["anna@example.com"].ShouldBe(Verdict.Refused);
        found.ShouldBeTrue("whoever stands in no file is of the domain all the same");
    }

    [Theory]
    [InlineData("*@gmail.com", "gives mailboxes to the public")]
    [InlineData("*@nowhere", "address")]
    public void A_rule_that_nobody_may_make_is_a_problem_of_its_row(string rule, string says)
    {
        bench.Write("refusals.csv", $"address,id,when\n{rule},,\n");
        var problems = new Problems();
        Audience.Open(AudienceFiles.InFolder(bench.Folder, null), problems).ShouldBeNull();
        problems.Take().ShouldContain(problem => problem.Text.Contains(says, StringComparison.Ordinal) && problem.Place.Line == 2);
    }

    [Theory]
    [InlineData(48L << 20)]
    [InlineData(64)]
    public void A_list_of_domains_alone_is_taken_and_an_empty_list_beside_such_rules_is_not(long shareBytes)
    {
        bench.Write("people.csv", "address,country\n");
        bench.Write("orders.csv", "address,id,when\n");
        bench.Write("refusals.csv", "address,id,when\n*@example.com,,\n*@example.org,,\n");
        var problems = new Problems();
        var folder = AudienceFiles.InFolder(bench.Folder, null);
        Audience.Open(folder, problems, shareBytes: shareBytes).ShouldBeNull("an export that went wrong");
        problems.Take().ShouldHaveSingleItem().Text.ShouldBe("the file has no rows");

        using var audience = Audience.Open(folder with { NamesDomainsAlone = true }, problems, shareBytes: shareBytes);
        problems.IsEmpty.ShouldBeTrue();
        audience!.Notes.ShouldContain(note => note.StartsWith("the list names 2 whole domains and no person", StringComparison.Ordinal));
        audience.People().ShouldBeEmpty();
        audience.Find(Address.Read("zoe@example.com").Address!).ShouldNotBeNull("the rule refuses, though nobody stands in the list");
    }

    /// <summary>Everybody's verdict, and whether the files know somebody of the domain who stands in none of them.</summary>
    (Dictionary<string, Verdict> Verdicts, bool IsKnown) Read(long shareBytes = 48L << 20)
    {
        var verdicts = bench
            .Screen(shareBytes)
            .Rows.ToDictionary(screened => screened.Person.Address, screened => screened.Verdict, StringComparer.Ordinal);
        var problems = new Problems();
        using var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, null), problems, shareBytes: shareBytes);
        problems.ThrowIfAny();
        return (verdicts, audience!.Find(Address.Read("zoe@example.com").Address!) is { Count: > 0 });
    }
}
