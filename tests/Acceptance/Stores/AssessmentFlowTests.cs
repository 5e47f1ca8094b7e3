namespace MaySend.Acceptance.Stores;

/// <summary>
/// A data protection officer's way: a draft, a second person, a signature, a store that stands on it, and its end. All through the program.
/// </summary>
public sealed class AssessmentFlowTests
{
    const string File = "shop/assessments/LIA-10.v1.yaml";
    const string Ask = "ask anna@example.com --data store --campaign spring";

    [Fact]
    public async Task Nothing_goes_out_on_a_draft_it_does_on_a_signature_and_no_longer_once_it_is_withdrawn()
    {
        using var shell = await ShellAsync();
        (await shell.RunAsync("store load --data store --in shop")).Status.ShouldBe(0);
        (await shell.RunAsync(Ask)).Status.ShouldBe(3, "a draft carries nothing");

        await SignAsync(shell);
        (await shell.RunAsync("store load --data store --in shop")).Said.ShouldContain("1 entry added");
        var permitted = await shell.RunAsync(Ask);
        permitted.Status.ShouldBe(0, permitted.Said);
        permitted.Said.ShouldContain("LIA-10.v1");

        (
            await shell.RunAsync(
                $"assess withdraw {File} --on 2026-03-05",
                "--by",
                "managing director",
                "--reason",
                "a complaint shows that people do not expect it"
            )
        ).Status.ShouldBe(0);
        (await shell.RunAsync("store load --data store --in shop")).Status.ShouldBe(0);
        var withdrawn = await shell.RunAsync(Ask);
        withdrawn.Status.ShouldBe(3, withdrawn.Said);
    }

    [Fact]
    public async Task Whoever_wrote_it_cannot_approve_it()
    {
        using var shell = await ShellAsync();
        (await shell.RunAsync($"assess submit {File} --on 2026-02-03", "--by", "privacy lead", "--reason", "ready")).Status.ShouldBe(0);
        var own = await shell.RunAsync($"assess review {File} --on 2026-02-05", "--by", "privacy lead", "--reason", "looks fine to me");
        own.Status.ShouldBe(65, own.Said);
        (await shell.RunAsync($"assess sign {File} --on 2026-02-06", "--by", "managing director", "--reason", "fair")).Status.ShouldBe(
            65,
            "nobody else has approved it"
        );
    }

    [Fact]
    public async Task Editing_opens_the_editor_and_says_what_is_missing_but_never_opens_what_is_signed()
    {
        using var shell = await ShellAsync();
        shell.Write("shop/editor.sh", "sed -i 's/^title: .*/title: \"\"/' \"$1\"\n");
        Environment.SetEnvironmentVariable("VISUAL", $"sh {shell["shop/editor.sh"]}");
        try
        {
            var edited = await shell.RunAsync($"assess edit {File} --on 2026-02-03");
            edited.Status.ShouldBe(0, edited.Said);
            edited.Said.ShouldContain("not ready");
            shell.Write("shop/editor.sh", "sed -i 's/^title: .*/title: Email to customers/' \"$1\"\n");
            (await shell.RunAsync($"assess edit {File} --on 2026-02-03")).Said.ShouldContain("ready: 0 in the way");
            await SignAsync(shell);
            var signed = await shell.RunAsync($"assess edit {File}");
            signed.Status.ShouldBe(65, signed.Said);
            signed.Said.ShouldContain("can't be");
        }
        finally
        {
            Environment.SetEnvironmentVariable("VISUAL", null);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_assessment_is_named_with_its_place_and_the_command_that_makes_one()
    {
        using var shell = new Shell();
        shell.Write("notes.md", "# Notes\n\nWhat the team\nhas to read: this\n");
        var ran = await shell.RunAsync("assess check notes.md");
        ran.Status.ShouldBe(65, ran.Said);
        ran.Said.ShouldContain("notes.md:4:12: not YAML");
        ran.Said.ShouldContain("an assessment document begins with");
        ran.Said.ShouldContain("maysend assess new");
    }

    static async Task SignAsync(Shell shell)
    {
        foreach (
            var (step, day, by) in new[]
            {
                ("submit", "2026-02-03", "privacy lead"),
                ("review", "2026-02-05", "head of service"),
                ("sign", "2026-02-06", "managing director"),
            }
        )
        {
            var ran = await shell.RunAsync($"assess {step} {File} --on {day}", "--by", by, "--reason", "as it should be");
            ran.Status.ShouldBe(0, ran.Said);
        }
    }

    /// <summary>A shop without any assessment but the worked example, as a draft of its own; and an empty store.</summary>
    static async Task<Shell> ShellAsync()
    {
        var shell = new Shell();
        shell.WriteShop();
        System.IO.File.Delete(shell["shop/assessments.yaml"]);
        var example = await System.IO.File.ReadAllTextAsync(Path.Combine(Shell.Root, "samples", "assessments", "LIA-10.v1.yaml"));
        var content = example[..example.IndexOf("history:", StringComparison.Ordinal)]
            .Replace("harbour-gifts-ltd", "lantern-ltd", StringComparison.Ordinal);
        shell.Write(File, content + "history:\n- event: drafted\n  by: privacy lead\n  on: 2026-02-02\n  reason: begun\n");
        (await shell.RunAsync("store init --data store")).Status.ShouldBe(0);
        return shell;
    }
}
