using System.Text.RegularExpressions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;

namespace MaySend.Evidence.Tests.Import;

public sealed class DocumentTests
{
    static readonly string Page = File.ReadAllText(ImportBench.Sample("../../docs/imports.md"));

    [Fact]
    public async Task The_mapping_file_of_the_page_can_be_read()
    {
        await using var bench = await ImportBench.CreateAsync();
        var yaml = Regex.Match(Page, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var options = MappingFile.Read(bench.Write("page.yaml", yaml));
        (options.Format, options.Sender, options.Zone!.Id, options.Layout.Values["refused"]["ja"]).ShouldBe(
            ("orders", "lantern-ltd", "Europe/London", "yes")
        );
    }

    [Fact]
    public void The_page_names_every_format_there_is() =>
        ImportFormats.All.Select(format => format.Name).ShouldAllBe(name => Page.Contains($"`{name}`", StringComparison.Ordinal));

    [Fact]
    public async Task Every_sample_is_recognised_and_imports()
    {
        await using var bench = await ImportBench.CreateAsync();
        foreach (var path in Directory.GetFiles(ImportBench.Sample(""), "*.csv", SearchOption.AllDirectories))
        {
            var mapping = Path.ChangeExtension(path, ".yaml");
            var plan = await bench.PlanAsync(path, File.Exists(mapping) ? MappingFile.Read(mapping) : ImportBench.London);
            plan.Summary.Revived.ShouldBe(0);
            await plan.ApplyAsync(Actor.Runner("clerk"));
        }
    }
}
