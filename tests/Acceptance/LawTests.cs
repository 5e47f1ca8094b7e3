namespace MaySend.Acceptance;

public sealed class LawTests
{
    [Fact]
    public async Task Every_case_of_the_law_passes_and_is_counted()
    {
        var ended = await Maysend.RunAsync("law", "test");
        ended.Status.ShouldBe(0, ended.Said);
        ended.Output.Trim().ShouldMatch(@"^\d{3,} passed, 0 failed$");
    }

    [Fact]
    public async Task The_law_is_sound()
    {
        var ended = await Maysend.RunAsync("law", "check");
        ended.Status.ShouldBe(0, ended.Said);
        ended.Output.ShouldStartWith("sound");
    }

    [Fact]
    public async Task The_law_is_compiled_into_a_file_and_a_law_with_a_fault_into_none()
    {
        using var folder = new Folder();
        var compiled = Path.Combine(folder.FullName, "law.compiled");
        var ended = await Maysend.RunAsync("law", "compile", "--out", compiled);
        ended.Status.ShouldBe(0, ended.Said);
        ended.Output.ShouldStartWith("compiled: law ");
        new FileInfo(compiled).Length.ShouldBeGreaterThan(100_000);
        var law = Path.GetDirectoryName(folder.Write("law/jurisdiction.yaml", "jurisdiction: zz\n"))!;
        ended = await Maysend.RunAsync("law", "compile", "--law", law, "--out", Path.Combine(folder.FullName, "none"));
        ended.Status.ShouldNotBe(0);
        ended.Said.ShouldContain("jurisdiction.yaml:1:1: `name` is missing");
        File.Exists(Path.Combine(folder.FullName, "none")).ShouldBeFalse();
    }
}
