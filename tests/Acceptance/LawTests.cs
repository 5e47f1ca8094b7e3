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
}
