using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Tests.Files;

public sealed class RegisterTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Without_a_register_of_refusals_nobody_is_permitted_whatever_was_signed()
    {
        bench.Delete("refusals.csv");
        var row = bench.Screen().Only;
        row.Verdict.ShouldBe(Verdict.NotShown);
        row.Says.ShouldStartWith("We can't show that they never asked you to stop");
    }

    [Theory]
    [InlineData(128L << 20)]
    [InlineData(100L)]
    public void What_stands_for_a_number_of_a_company_and_is_none_is_told_with_its_place(long shareBytes)
    {
        bench.Write(
            "people.csv",
            "address,country,subscriber,register_number\na@example.com,gb,corporate,SC123456\nb@example.com,gb,corporate,n/a\n"
                + "c@example.com,gb,corporate,n/a\nd@example.com,gb,individual,-\ne@example.com,gb,corporate,\n"
        );
        var problems = new Problems();
        using var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, TimeZoneInfo.Utc), problems, shareBytes: shareBytes)!;
        problems.IsEmpty.ShouldBeTrue();
        audience
            .AboutRequests(new ControllerRecord([]), new Campaign("spring", "lantern-ltd", "email", new DateOnly(2026, 3, 10)))
            .Select(says => says.Replace(bench.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))
            .ShouldBe([
                "`n/a` under `register_number` is no number in a register and is read as blank: it shows no company, so who holds the "
                    + "address is not known (2 rows, the first at people.csv:3)",
            ]);
    }

    [Fact]
    public void Without_a_signed_statement_that_it_is_complete_a_register_shows_nobody()
    {
        var signed = File.ReadAllText(Path.Combine(bench.Folder, "sender.yaml"));
        bench.Write(
            "sender.yaml",
            string.Join('\n', signed.Split('\n').Where(line => !line.Contains("refusals-complete", StringComparison.Ordinal)))
        );
        bench.Screen().Only.Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void Both_a_plain_and_a_packed_register_count()
    {
        bench.Write("people.csv", "address,country,subscriber\nanna@example.com,gb,individual\nben@example.com,gb,individual\n");
        bench.Write("refusals.csv", "address\nanna@example.com\n");
        bench.WriteBytes("refusals.csv.gz", AudienceBench.Packed("address\nben@example.com\n"));
        bench.Screen().Rows.ShouldAllBe(row => row.Verdict == Verdict.Refused);
    }

    [Theory]
    [InlineData("", "signed")]
    [InlineData("review_due: 2027-01-05", "signed")]
    [InlineData("signed: {by: officer, on: 2025-01-05, reason: expected}, review_due: 2026-03-10", "review")]
    public void An_assessment_that_is_unsigned_or_lapsed_turns_no_key_and_the_reason_says_so(string life, string says)
    {
        bench.Assess(life);
        var row = bench.Screen().Only;
        row.Verdict.ShouldBe(Verdict.NotShown);
        row.Reason.ShouldContain("#legitimate-interests/assessment.");
        row.Says.ShouldContain(says);
    }

    [Theory]
    [InlineData("signed: {by: officer, on: 2026-03-11, reason: expected}, review_due: 2027-01-05")]
    [InlineData("signed: {by: officer, on: 2025-01-05, reason: expected}, review_due: 2027-01-05, ended_on: 2026-03-01")]
    public void An_assessment_signed_afterwards_or_ended_turns_no_key(string life)
    {
        bench.Assess(life);
        bench.Screen().Only.Verdict.ShouldBe(Verdict.NotShown);
    }
}
