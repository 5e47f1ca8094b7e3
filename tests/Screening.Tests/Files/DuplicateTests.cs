using System.Globalization;
using MaySend.Decisions;
using MaySend.Reading;

namespace MaySend.Screening.Tests.Files;

public sealed class DuplicateTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Rows_of_one_address_are_one_person_and_counted()
    {
        bench.Write(
            "people.csv",
            "address,country,subscriber\nanna@example.com,gb,individual\nben@example.com,gb,individual\nAnna@Example.com,gb,individual\n"
        );
        var (summary, rows) = bench.Screen();
        rows.Count.ShouldBe(2);
        (summary.Rows, summary.Duplicates, summary.People).ShouldBe((3, 1, 2));
    }

    [Fact]
    public void Values_that_conflict_show_nothing()
    {
        bench.Write(
            "people.csv",
            "address,country,subscriber,register_number\nanna@example.com,gb,corporate,01234567\nanna@example.com,gb,individual,\n"
        );
        bench.Write("orders.csv", "address,when\n");
        bench.Screen().Only.Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void A_refusal_under_any_spelling_of_the_address_refuses()
    {
        bench.Write("refusals.csv", "address\nANNA@EXAMPLE.COM\n");
        bench.Screen().Only.Verdict.ShouldBe(Verdict.Refused);
    }

    [Theory]
    [InlineData("All", Verdict.Refused)]
    [InlineData("E-Mail", Verdict.Refused)]
    [InlineData("sms newsletter", Verdict.Refused)]
    [InlineData("EMAIL", Verdict.Refused)]
    [InlineData("sms", Verdict.Permitted)]
    public void A_channel_that_is_not_understood_makes_a_request_bind_every_channel(string channels, Verdict verdict)
    {
        bench.Write("refusals.csv", $"address,channels\nanna@example.com,{channels}\n");
        bench.Screen().Only.Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void A_withdrawn_consent_whose_channels_are_not_understood_stops_every_channel()
    {
        const string Header = "address,when,to,channels,topics,act,withdrawn\n";
        bench.Write("consents.csv", $"{Header}anna@example.com,2025-07-01,lantern-ltd,E-Mail,homeware,unticked-box,2025-10-01\n");
        bench.Screen().Only.Verdict.ShouldBe(Verdict.Refused);
        // The control: what is understood stops only what it names, and a consent that stands must name a channel that there is.
        bench.Write("consents.csv", $"{Header}anna@example.com,2025-07-01,lantern-ltd,sms,homeware,unticked-box,2025-10-01\n");
        bench.Screen().Only.Verdict.ShouldNotBe(Verdict.Refused);
        bench.Write("consents.csv", $"{Header}anna@example.com,2025-07-01,lantern-ltd,E-Mail,homeware,unticked-box,\n");
        Should.Throw<BadInputException>(() => bench.Screen()).Message.ShouldContain("E-Mail");
    }

    [Fact]
    public void No_list_of_addresses_to_mail_holds_a_telephone_number()
    {
        bench.Write("people.csv", "address,country,subscriber\n+447700900123,gb,individual\nanna@example.com,gb,individual\n");
        var summary = bench.ScreenFiles();
        (summary.People, summary.Counts[Verdict.Permitted]).ShouldBe((1, 1));
        summary.Notes.ShouldContain("1 telephone number of the list is left out: no email reaches it");
        // A text message reaches the number, and not the address for mail.
        bench.Plan("channel: sms", "-template");
        var texted = bench.ScreenFiles();
        texted.People.ShouldBe(1);
        texted.Notes.ShouldContain("1 email address of the list is left out: no call or text message reaches it");
        // The control: a letter goes to neither, and leaves nobody out.
        bench.Plan("channel: post", "-template");
        bench.ScreenFiles().People.ShouldBe(2);
    }

    [Fact]
    public void Many_shares_give_the_same_verdicts_as_one()
    {
        Fill(people: 400);
        var whole = bench.Screen();
        whole.Summary.Counts.Values.ShouldAllBe(count => count > 0);
        foreach (var bytes in new[] { 1L, 700, 5000 })
        {
            var shared = bench.Screen(shareBytes: bytes);
            Answers(shared).ShouldBe(Answers(whole));
            (shared.Summary.Rows, shared.Summary.Duplicates, shared.Summary.People).ShouldBe(
                (whole.Summary.Rows, whole.Summary.Duplicates, whole.Summary.People)
            );
        }
    }

    [Fact]
    public void Shares_leave_nothing_on_disk()
    {
        Fill(people: 50);
        var shares = Path.Combine(bench.Folder, "shares");
        Should.Throw<IOException>(
            () => bench.Screen(shareBytes: 100, shareFolder: Path.Combine(bench.Folder, "people.csv", "shares")),
            "they lie where they are told to"
        );
        bench.Screen(shareBytes: 100, shareFolder: shares);
        Directory.Exists(shares).ShouldBeFalse();
        bench.Write("refusals.csv", "address\nnobody\n");
        Should.Throw<BadInputException>(() => bench.Screen(shareBytes: 100, shareFolder: shares));
        Directory.Exists(shares).ShouldBeFalse();
    }

    static List<string> Answers(Outcome outcome) =>
        [
            .. outcome
                .Rows.Select(row => $"{row.Person.RawRow} {row.Verdict} {row.Send} {row.Process} {row.Reason} {row.Says}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Every third asked to stop, every fifth never bought, every seventh stands twice.</summary>
    void Fill(int people)
    {
        var all = Enumerable.Range(0, people).ToList();
        bench.Write(
            "people.csv",
            "address,country,subscriber\n" + string.Concat(all.Concat(all.Where(i => i % 7 == 0)).Select(i => Row(i, ",gb,individual")))
        );
        bench.Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,products,refused\n"
                + string.Concat(
                    all.Where(i => i % 5 != 0).Select(i => Row(i, $",order {i},2025-06-02,lantern-ltd,recipient,sale,checkout,C1,no"))
                )
        );
        bench.Write("refusals.csv", "address,id\n" + string.Concat(all.Where(i => i % 3 == 0).Select(i => Row(i, $",stop {i}"))));
    }

    static string Row(int i, string rest) => string.Create(CultureInfo.InvariantCulture, $"p{i}@example.com{rest}\n");
}
