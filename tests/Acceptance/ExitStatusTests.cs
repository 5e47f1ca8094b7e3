namespace MaySend.Acceptance;

public sealed class ExitStatusTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("law")]
    [InlineData("law nonsense")]
    [InlineData("screen --in samples/online-retail")]
    [InlineData("ask anna@example.com --colour red")]
    [InlineData("ask anna@example.com ben@example.com")]
    [InlineData("ask --facts samples/facts/soft-opt-in.yaml --known-at yesterday")]
    public async Task A_wrong_command_line_ends_with_64_and_a_word_of_help(string command)
    {
        var ended = await Maysend.RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries).AsEnumerable());
        ended.Status.ShouldBe(64);
        ended.Output.ShouldBeEmpty();
        (
            ended.Errors.Contains("--help", StringComparison.Ordinal) || ended.Errors.Contains("commands of", StringComparison.Ordinal)
        ).ShouldBeTrue(ended.Errors);
    }

    [Theory]
    [InlineData("screen --in samples/no-such-folder --campaign spring-2026 --out OUT", "folder not found")]
    [InlineData(
        "screen --in samples/online-retail --campaign no-such-campaign --out OUT",
        "there are: garden-sms-2026, partner-2026, spring-2026"
    )]
    [InlineData(
        "screen --in samples/online-retail --campaign spring-2026 --zone Mars/Olympus --out OUT",
        "`Mars/Olympus` is not a time zone"
    )]
    [InlineData("ask --facts samples/facts/no-such-file.yaml", "no-such-file.yaml")]
    [InlineData("ask --facts samples/facts/soft-opt-in.yaml --law samples/no-such-law", "no-such-law")]
    public async Task A_bad_input_ends_with_65_and_writes_nothing(string command, string says)
    {
        using var folder = new Folder();
        var ended = await Maysend.RunAsync(
            command.Replace("OUT", Path.Combine(folder.FullName, "out"), StringComparison.Ordinal).Split(' ').AsEnumerable()
        );
        ended.Status.ShouldBe(65, ended.Said);
        ended.Said.ShouldContain(says);
        ended.Said.ShouldContain("nothing was written");
        Directory.Exists(Path.Combine(folder.FullName, "out")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unreadable_register_of_refusals_permits_nobody_and_leaves_earlier_files_alone()
    {
        using var folder = new Folder();
        foreach (var file in Directory.GetFiles(Maysend.Sample))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "campaigns"));
        File.Copy(
            Path.Combine(Maysend.Sample, "campaigns", "spring-2026.yaml"),
            Path.Combine(folder.FullName, "campaigns", "spring-2026.yaml")
        );
        File.AppendAllText(
            Path.Combine(folder.FullName, "refusals.csv"),
            "customer-13037@mail.example,stop,2026-03-01,harbour-gifts-ltd,email,all,refusal,\"by lett"
        );
        var output = Path.Combine(folder.FullName, "out");
        Directory.CreateDirectory(output);
        var before = folder.Write("out/permitted.csv", "before\n");
        var ended = await Maysend.RunAsync("screen", "--in", folder.FullName, "--campaign", "spring-2026", "--out", output);
        ended.Status.ShouldBe(65);
        ended.Said.ShouldContain("refusals.csv:");
        Directory.GetFiles(output).ShouldBe([before]);
        (await File.ReadAllTextAsync(before, TestContext.Current.CancellationToken)).ShouldBe("before\n");
    }

    [Fact]
    public async Task Without_a_register_of_refusals_nobody_is_permitted_and_a_note_says_why()
    {
        using var folder = new Folder();
        foreach (var file in Directory.GetFiles(Maysend.Sample).Where(file => !file.EndsWith("refusals.csv", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        var output = Path.Combine(folder.FullName, "out");
        var ended = await Maysend.RunAsync(
            "screen",
            "--in",
            folder.FullName,
            "--campaign",
            Path.Combine(Maysend.Sample, "campaigns", "spring-2026.yaml"),
            "--out",
            output
        );
        ended.Status.ShouldBe(0, ended.Errors);
        File.ReadLines(Path.Combine(output, "permitted.csv")).Count().ShouldBe(1);
        ended.Said.ShouldContain("no register of refusals (refusals.csv) was attached");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_ends_with_75()
    {
        using var folder = new Folder();
        var file = folder.Write("taken", "");
        var ended = await Maysend.RunAsync("demo", "--out", file);
        ended.Status.ShouldBe(75, ended.Said);
        ended.Errors.ShouldStartWith("error: ");
    }

    [Fact]
    public async Task A_law_that_fails_its_check_ends_with_1()
    {
        using var folder = new Folder();
        foreach (
            var file in Directory
                .GetFiles(Path.Combine(Maysend.Root, "law", "gb"), "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".cases.yaml", StringComparison.Ordinal))
        )
        {
            var copy = Path.Combine(folder.FullName, "gb", Path.GetRelativePath(Path.Combine(Maysend.Root, "law", "gb"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var ended = await Maysend.RunAsync("law", "check", "--law", folder.FullName);
        ended.Status.ShouldBe(1);
        ended.Said.ShouldContain("problems");
    }
}
