using MaySend.Decisions;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Screening.Tests.Files;

/// <summary>A list that is only screened, with a column that says who asked to stop: nobody reads it, and nobody passes it over.</summary>
public sealed class ListedStateTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("Status", "unsubscribed")]
    [InlineData("Unsubscribed", "yes")]
    [InlineData("Unsubscribed At", "2026-01-05")]
    [InlineData("Zustand", "abgemeldet")]
    [InlineData("Accepts Marketing", "no")]
    [InlineData("Tags", "vip; blacklisted")]
    public void A_row_that_says_it_asked_to_stop_is_refused_with_the_column_as_the_reason(string column, string says)
    {
        bench.Write("people.csv", $"address,country,subscriber,{column}\nanna@example.com,gb,individual,{says}\n");
        foreach (var shareBytes in new[] { 128L << 20, 1L })
        {
            var outcome = bench.Screen(shareBytes);
            outcome.Only.Verdict.ShouldBe(Verdict.Refused);
            outcome.Summary.Notes.ShouldContain(note => note.Contains($"1 row says {says} in `{column}`", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Status", "subscribed")]
    [InlineData("Unsubscribed", "no")]
    [InlineData("Unsubscribed At", "")]
    [InlineData("First name", "Anna")]
    public void A_row_that_says_nothing_of_the_kind_is_decided_as_before(string column, string says)
    {
        bench.Write("people.csv", $"address,country,subscriber,{column}\nanna@example.com,gb,individual,{says}\n");
        bench.Screen().Only.Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_column_can_be_waived_and_is_listed_all_the_same()
    {
        bench.Write("people.csv", "address,country,subscriber,Notes\nanna@example.com,gb,individual,asked how to unsubscribe\n");
        bench.Screen().Only.Verdict.ShouldBe(Verdict.Refused);
        var waived = bench.Screen(with: files => files with { Ignored = new HashSet<string> { "Notes" } });
        waived.Only.Verdict.ShouldBe(Verdict.Permitted);
        waived.Summary.Notes.ShouldHaveSingleItem().ShouldBe("people.csv: columns not read: Notes: asked how to unsubscribe (1) (waived)");
    }

    [Fact]
    public void A_column_for_text_messages_stops_no_email()
    {
        bench.Write("people.csv", "address,country,subscriber,SMS opt-out\nanna@example.com,gb,individual,yes\n");
        bench.Screen().Only.Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_column_in_a_file_of_orders_counts_as_one_in_the_list()
    {
        bench.Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,products,refused,Customer state\n"
                + "anna@example.com,order 1,2025-06-02T10:00:00+01:00,lantern-ltd,recipient,sale,checkout,C1,no,Unsubscribed\n"
        );
        bench.Screen().Only.Verdict.ShouldBe(Verdict.Refused);
        bench.Screen(shareBytes: 1).Only.Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_list_whose_name_says_unsubscribed_is_not_screened_before_somebody_says_what_it_is()
    {
        var path = Path.Combine(bench.Folder, "unsubscribed_members_export.csv");
        File.Move(Path.Combine(bench.Folder, "people.csv"), path);
        Should
            .Throw<BadInputException>(() => bench.Screen(with: files => files with { People = path }))
            .Problems.ShouldHaveSingleItem()
            .Text.ShouldContain("did everybody in this list ask to stop?");
        bench.Screen(with: files => files with { People = path, FileIs = NamedFile.List }).Only.Verdict.ShouldBe(Verdict.Permitted);
        bench.Screen(with: files => files with { People = path, FileIs = NamedFile.OptOuts }).Only.Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void Bad_rows_can_be_set_aside_with_everybody_they_are_about()
    {
        bench.Write(
            "people.csv",
            "address,country,subscriber\nanna@example.com,gb,individual\nben@example.com,Atlantis,individual\n"
                + "cara@example.com,gb,individual\nnobody,gb,individual\n"
        );
        const string Order = ",2025-06-02T10:00:00+01:00,lantern-ltd,recipient,sale,checkout,C1,no\n";
        bench.Write(
            "orders.csv",
            $"address,id,when,obtained_by,from,context,point,products,refused\nanna@example.com,1{Order}cara@example.com,2{Order}"
                + "cara@example.com,3,long ago,lantern-ltd,recipient,sale,checkout,C1,no\n"
        );
        Should.Throw<BadInputException>(() => bench.Screen()).Problems.Count.ShouldBe(3);
        var aside = Path.Combine(bench.Folder, "aside.csv");
        foreach (var shareBytes in new[] { 128L << 20, 1L })
        {
            var outcome = bench.Screen(shareBytes, with: files => files with { SetAside = aside });
            // An order of Cara's that nobody could read may be an earlier one without a chance to refuse: she is left out whole.
            outcome.Only.Person.Address.ShouldBe("anna@example.com");
            (outcome.Only.Verdict, outcome.Summary.Rows).ShouldBe((Verdict.Permitted, 1));
        }
        File.ReadAllLines(aside).Length.ShouldBe(4);
        File.ReadAllText(aside).ShouldContain("`Atlantis` is not a country");
    }

    [Fact]
    public void A_bad_row_of_the_register_of_which_nobody_knows_whose_it_is_ends_the_run()
    {
        bench.Write("refusals.csv", "address,when\nan@na@example.com,2025-01-01\n");
        Should
            .Throw<BadInputException>(() => bench.Screen(with: files => files with { SetAside = Path.Combine(bench.Folder, "aside.csv") }))
            .Problems.Count.ShouldBe(1);
    }
}
