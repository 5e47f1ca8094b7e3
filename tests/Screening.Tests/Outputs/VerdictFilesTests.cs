using MaySend.Decisions;
using MaySend.Evidence.Fold;
using MaySend.Screening.Audiences;
using MaySend.Screening.Outputs;

namespace MaySend.Screening.Tests.Outputs;

public sealed class VerdictFilesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("maysend-out-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_error_leaves_what_was_there_before_and_nothing_half_written()
    {
        var before = Path.Combine(folder, "permitted.csv");
        File.WriteAllText(before, "before");
        using (var files = VerdictFiles.Create(folder, "address", ',', "10 Mar 2026"))
        {
            files.Write(Row(Verdict.Permitted, "anna@example.com", "d"), "");
            files.Add("report.html", "half");
        }
        Directory.GetFiles(folder).ShouldBe([before]);
        File.ReadAllText(before).ShouldBe("before");
    }

    [Theory]
    [InlineData("permitted.csv")]
    [InlineData("report.html")]
    public void A_full_disk_leaves_what_was_there_before_and_nothing_half_written(string full)
    {
        var before = Path.Combine(folder, full);
        File.WriteAllText(before, "before");
        // Whatever is written here meets a disk without room.
        File.CreateSymbolicLink($"{before}.partial", "/dev/full");
        Should.Throw<IOException>(() =>
        {
            using var files = VerdictFiles.Create(folder, "address", ',', "10 Mar 2026");
            files.Write(Row(Verdict.Permitted, "anna@example.com", "d"), "");
            files.Add("report.html", "half");
            files.Commit();
        });
        Directory.GetFiles(folder).ShouldBe([before]);
        File.ReadAllText(before).ShouldBe("before");
    }

    [Fact]
    public void What_an_earlier_screening_wrote_and_this_one_does_not_goes_with_the_lists_and_not_before()
    {
        var times = Path.Combine(folder, "call-times.csv");
        File.WriteAllText(times, "of an earlier campaign");
        using (var files = VerdictFiles.Create(folder, "address", ',', "10 Mar 2026"))
            files.Add("report.html", "half");
        File.Exists(times).ShouldBeTrue();
        using (var files = VerdictFiles.Create(folder, "address", ',', "10 Mar 2026"))
            files.Commit();
        File.Exists(times).ShouldBeFalse();
        using (var files = VerdictFiles.Create(folder, "number", ',', "11 Mar 2026"))
        {
            files.Add("call-times.csv", "of this one");
            files.Commit();
        }
        File.ReadAllText(times).ShouldBe("of this one");
    }

    [Fact]
    public void A_row_stands_as_it_stood_with_the_answer_after_it()
    {
        using (var files = VerdictFiles.Create(folder, "address;note", ';', "what-if for 10 Mar 2026"))
        {
            files.Write(Row(Verdict.NotShown, "anna@example.com;\"a;b\nc\"", "says \"so\""), "id");
            files.Commit();
        }
        File.ReadAllText(Path.Combine(folder, "not-shown.csv"))
            .ShouldBe(
                "address;note;maysend_verdict;maysend_send;maysend_process;maysend_reason;maysend_says;maysend_deliverable;"
                    + "maysend_decision;maysend_day\n"
                    + "anna@example.com;\"a;b\nc\";not-shown;send;process;reason;\"says \"\"so\"\"\";unknown;id;what-if for 10 Mar 2026\n"
            );
        Directory
            .GetFiles(folder)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["not-shown.csv", "permitted.csv", "refused.csv"]);
    }

    [Fact]
    public void Somebody_whom_mail_does_not_reach_is_permitted_but_not_in_the_list_to_send()
    {
        using (var files = VerdictFiles.Create(folder, "address", ',', "10 Mar 2026"))
        {
            files.Write(Row(Verdict.Permitted, "anna@example.com", "both keys turn"), "");
            files.Write(
                Row(Verdict.Permitted, "bea@example.com", "both keys turn") with
                {
                    Deliverable = new(Deliverable.No, new DateOnly(2026, 2, 3), "5.1.1"),
                },
                ""
            );
            files.LeftOut.ShouldBe(1);
            files.Commit();
        }
        File.ReadAllText(Path.Combine(folder, "permitted.csv")).ShouldNotContain("bea@example.com");
        File.ReadAllText(Path.Combine(folder, VerdictFiles.Undeliverable)).ShouldContain("bea@example.com,permitted");
    }

    static Screened Row(Verdict verdict, string raw, string says) =>
        new(new Person("anna@example.com", raw, []), verdict, "send", "process", "reason", says, default);
}
