namespace MaySend.Gate.Tests.Running;

/// <summary>docs/operating.md, whose configuration these tests run.</summary>
static class Guide
{
    public static string Text => File.ReadAllText(Path.Combine(RunningGate.Root, "docs", "operating.md"));

    /// <summary>The first block of code behind these words.</summary>
    public static string Block(string behind)
    {
        var text = Text;
        var at = text.IndexOf(behind, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0, behind);
        var start = text.IndexOf('\n', text.IndexOf("```", at, StringComparison.Ordinal)) + 1;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
