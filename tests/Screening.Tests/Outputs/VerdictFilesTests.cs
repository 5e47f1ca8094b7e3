using MaySend.Decisions;
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
        using (var files = VerdictFiles.Create(folder, "address", ','))
        {
            files.Write(Verdict.Permitted, "anna@example.com", "a", "b", "c", "d");
            files.Add("report.html", "half");
        }
        Directory.GetFiles(folder).ShouldBe([before]);
        File.ReadAllText(before).ShouldBe("before");
    }

    [Fact]
    public void A_row_stands_as_it_stood_with_the_answer_after_it()
    {
        using (var files = VerdictFiles.Create(folder, "address;note", ';'))
        {
            files.Write(Verdict.NotShown, "anna@example.com;\"a;b\nc\"", "send", "process", "reason", "says \"so\"");
            files.Commit();
        }
        File.ReadAllText(Path.Combine(folder, "not-shown.csv"))
            .ShouldBe(
                "address;note;maysend_verdict;maysend_send;maysend_process;maysend_reason;maysend_says\nanna@example.com;\"a;b\nc\";not-shown;send;process;reason;\"says \"\"so\"\"\"\n"
            );
        Directory
            .GetFiles(folder)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["not-shown.csv", "permitted.csv", "refused.csv"]);
    }
}
