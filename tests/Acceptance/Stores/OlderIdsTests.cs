using MaySend.Decisions.Replay;
using MaySend.Law.Files;
using MaySend.Reading;

namespace MaySend.Acceptance.Stores;

/// <summary>
/// Identity is SHA-256 at full length; what was recorded under twelve digits is still found, where only one thing has them.
/// </summary>
public sealed class OlderIdsTests
{
    [Fact]
    public async Task A_decision_is_replayed_by_its_full_id_and_by_the_short_one_of_older_builds()
    {
        using var shell = await Shell.WithShopAsync();
        var asked = await shell.RunAsync("ask anna@example.com --data store --campaign spring");
        var parts = asked.DecisionId.Split('.');
        parts.Where(part => part.Length == 64).Count().ShouldBe(3);
        var older = string.Join('.', parts.Select(part => part.Length == 64 ? part[..12] : part));

        (await shell.RunAsync("replay", asked.DecisionId, "--data", "store")).Status.ShouldBe(0);
        var replayed = await shell.RunAsync("replay", older, "--data", "store");
        replayed.Status.ShouldBe(0, replayed.Said);
    }

    [Fact]
    public void An_archive_of_an_older_build_is_read_by_short_and_by_full_digest()
    {
        using var shell = new Shell();
        var law = LawReader.Read(Path.Combine(Shell.Root, "law"));
        var archive = new LawArchive(shell["archive"]);
        archive.Keep(Path.Combine(Shell.Root, "law"), law.Digest);
        archive.Read(law.Digest.Short).Digest.ShouldBe(law.Digest);

        Directory.Move(archive.FolderOf(law.Digest), Path.Combine(archive.Folder, law.Digest.Short));
        archive.Read(law.Digest).Digest.ShouldBe(law.Digest);
        archive.Read(law.Digest.Short).Digest.ShouldBe(law.Digest);
    }

    [Fact]
    public void Twelve_digits_that_two_laws_share_find_neither()
    {
        using var shell = new Shell();
        var archive = new LawArchive(shell["archive"]);
        foreach (var end in new[] { 'a', 'b' })
            Directory.CreateDirectory(Path.Combine(archive.Folder, "0123456789ab" + new string(end, 52)));
        archive.Find("0123456789ab").ShouldBeNull();
        Should.Throw<BadInputException>(() => archive.Read("0123456789ab")).Message.ShouldContain("2 laws");
        archive.Find("../../../../etc").ShouldBeNull();
    }
}
