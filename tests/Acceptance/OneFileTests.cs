using MaySend.Acceptance.Stores;
using MaySend.Node;

namespace MaySend.Acceptance;

/// <summary>The program as it is released: one file, in a folder with nothing else, on a machine without SDK and repository.</summary>
public class OneFileTests
{
    [Fact]
    public async Task The_one_file_screens_the_demo_and_reads_the_law_it_carries_and_no_other()
    {
        var (built, path, errors) = await NodePackages.RunAsync(Shell.Root, "bash", "eng/release", "one-file", "built");
        built.ShouldBe(0, errors);
        var folder = Directory.CreateTempSubdirectory("maysend-one-file-");
        try
        {
            var home = folder.CreateSubdirectory("home").FullName;
            var program = Path.Combine(folder.CreateSubdirectory("bin").FullName, "maysend");
            File.Copy(path.Trim(), program);
            // Law that lies about in the folder one stands in decides nothing.
            var here = folder.CreateSubdirectory("here");
            here.CreateSubdirectory("law");
            File.WriteAllText(Path.Combine(here.FullName, "law", "instruments.yaml"), "none: of this counts");
            Task<(int Status, string Output, string Errors)> RunAsync(string home, params string[] arguments) =>
                NodePackages.RunAsync(
                    here.FullName,
                    "/usr/bin/env",
                    ["-i", $"HOME={home}", "PATH=/usr/bin:/bin", "DOTNET_ROOT=/nowhere", program, .. arguments],
                    []
                );
            var demo = await RunAsync(home, "demo");
            demo.Status.ShouldBe(0, demo.Errors);
            demo.Output.ShouldContain("may be mailed");
            var inRepository = (await Maysend.RunAsync("demo", "--out", folder.CreateSubdirectory("again").FullName)).Output;
            demo.Output.Split('\n')[4..20].ShouldBe(inRepository.Split('\n')[4..20]);
            File.ReadLines(Path.Combine(here.FullName, "demo-output", "permitted.csv")).Count().ShouldBeGreaterThan(1000);
            // A second run finds what the first unpacked; nobody but its user may read or change it.
            var carried = Directory.GetDirectories(Path.Combine(home, ".local", "share", "maysend")).ShouldHaveSingleItem();
            Path.GetFileName(carried).Length.ShouldBe(64);
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(Path.GetDirectoryName(carried)!)
                    .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            (await RunAsync(home, "law", "show", "gb/pecr/reg-22")).Status.ShouldBe(0);
            Directory.GetDirectories(Path.Combine(home, ".local", "share", "maysend")).ShouldBe([carried]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
