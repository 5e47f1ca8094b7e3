using MaySend.Acceptance.Stores;

namespace MaySend.Acceptance;

/// <summary>
/// A file made to exhaust a reader is told with its place at every door that takes YAML, and the process ends as it should.
/// </summary>
public sealed class DeepFilesTests : IDisposable
{
    static readonly string Brackets = new('[', 100_000);
    static readonly string Braces = string.Concat(Enumerable.Repeat("{a: ", 20_000));

    readonly Shell shell = new();

    public DeepFilesTests() => shell.WriteShop();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("facts.yaml", "ask --facts facts.yaml")]
    [InlineData("shop/campaigns/spring.yaml", "ask anna@example.com --in shop --campaign spring")]
    [InlineData("shop/sender.yaml", "ask anna@example.com --in shop --campaign spring")]
    [InlineData("shop/templates.yaml", "ask anna@example.com --in shop --campaign spring")]
    [InlineData("shop/assessments/lia-1.yaml", "ask anna@example.com --in shop --campaign spring")]
    [InlineData("shop/assessments/lia-1.yaml", "assess check shop/assessments/lia-1.yaml")]
    [InlineData("law/gb/jurisdiction.yaml", "law check --law law")]
    [InlineData("law/gb/pecr/reg-22.yaml", "law check --law law")]
    [InlineData("law/gb/pecr/reg-22.cases.yaml", "law check --law law")]
    [InlineData("law/instruments.yaml", "law check --law law")]
    public async Task A_deep_file_is_an_error_with_its_place(string file, string command)
    {
        foreach (var text in new[] { Brackets, Braces })
        {
            shell.Write(file, text);
            var ran = await shell.RunAsync(command);
            ran.Status.ShouldBeInRange(1, 69, ran.Said);
            ran.Said.ShouldContain("64 deep", customMessage: ran.Said);
            ran.Said.ShouldContain($"{Path.GetFileName(file)}:1:");
        }
    }

    [Fact]
    public async Task A_deep_mapping_file_imports_nothing()
    {
        shell.Write("till.csv", "email\nanna@example.com\n");
        shell.Write("till.yaml", Brackets);
        (await shell.RunAsync("store init --data store")).Status.ShouldBe(0);
        var ran = await shell.RunAsync("import till.csv --mapping till.yaml --data store");
        ran.Status.ShouldBeInRange(1, 69, ran.Said);
        ran.Said.ShouldContain("till.yaml:1:");
    }
}
