namespace MaySend.Acceptance.Stores;

/// <summary>Before a new version takes the old one's place.</summary>
public class UpgradeCheckTests
{
    [Fact]
    public async Task A_new_version_says_beforehand_whose_answers_its_law_would_change_and_writes_nothing()
    {
        using var shell = await Shell.WithShopAsync();
        (await shell.RunAsync("upgrade-check --data store")).Said.ShouldContain("nothing was decided from it yet");
        (await shell.RunAsync("ask anna@example.com --data store --campaign spring")).Status.ShouldBe(0);
        var same = await shell.RunAsync("upgrade-check --data store");
        (same.Status, same.Said.Contains("the law is the same", StringComparison.Ordinal)).ShouldBe((0, true), same.Said);
        // A version whose law no longer counts a sale as the occasion of a soft opt-in.
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Shell.Root, "law"), "*", SearchOption.AllDirectories))
            shell.Write(Path.Combine("law", Path.GetRelativePath(Path.Combine(Shell.Root, "law"), path)), File.ReadAllText(path));
        var provision = shell["law/gb/pecr/reg-22.yaml"];
        var text = File.ReadAllText(provision);
        text.ShouldContain("with: [sale, service, quote]");
        File.WriteAllText(provision, text.Replace("with: [sale, service, quote]", "with: [quote]", StringComparison.Ordinal));
        var entries = (await shell.RunAsync("store status --data store")).Output;
        var changed = await shell.RunAsync("upgrade-check --data store --law law");
        changed.Status.ShouldBe(1, changed.Said);
        changed.Said.ShouldContain("differs in 1 file:");
        changed.Said.ShouldContain("law/gb/pecr/reg-22.yaml");
        changed.Said.ShouldContain("permitted becomes not-shown", customMessage: changed.Said);
        (await shell.RunAsync("store status --data store")).Output.ShouldBe(entries);
        (await shell.RunAsync("upgrade-check --data nowhere")).Status.ShouldBe(75);
    }
}
