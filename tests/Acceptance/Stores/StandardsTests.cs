using System.Text.Json;
using MaySend.Node;

namespace MaySend.Acceptance.Stores;

/// <summary>What goes out: consents in the words of standards, proven entries, everything for who leaves.</summary>
public class StandardsTests
{
    const string Consents = """
        address,id,when,to,channels,topics,act,point
        ben@example.com,yes-1,2025-09-05T10:00+01:00,lantern-ltd,email,all,unticked-box,checkout
        """;

    [Fact]
    public async Task A_person_goes_out_as_linked_data_that_another_makers_processor_understands()
    {
        using var shell = new Shell();
        shell.WriteShop();
        shell.Write("shop/consents.csv", Consents);
        (await shell.RunAsync("store init --data store")).Status.ShouldBe(0);
        var loaded = await shell.RunAsync("store load --data store --in shop");
        loaded.Status.ShouldBe(0, loaded.Said);
        var exported = await shell.RunAsync("export ben@example.com --data store --as dpv --out ben");
        exported.Status.ShouldBe(0, exported.Said);
        var triples = await TriplesAsync(shell["ben/person.jsonld"]);
        triples.ShouldContain(triple =>
            triple.EndsWith("22-rdf-syntax-ns#type> <https://w3id.org/dpv#ConsentRecord> .", StringComparison.Ordinal)
        );
        triples.ShouldContain(triple =>
            triple.Contains("<https://w3id.org/dpv#hasPurpose> <https://w3id.org/dpv#DirectMarketing>", StringComparison.Ordinal)
        );
        triples.ShouldContain(triple => triple.EndsWith("<urn:maysend:vocabulary#SoftOptInCircumstances> .", StringComparison.Ordinal));
        triples.ShouldContain(triple => triple.Contains("urn:maysend:vocabulary#refusalOffered> \"true\"^^", StringComparison.Ordinal));
        (await TriplesAsync(shell["ben/vocabulary.jsonld"])).Count.ShouldBeGreaterThan(30);
    }

    /// <summary>As N-Quads, with everything refused that the processor would have to leave out.</summary>
    static async Task<IReadOnlyList<string>> TriplesAsync(string path)
    {
        var modules = await NodePackages.FolderAsync(Shell.Root);
        var script =
            $"const j = require('{modules}/jsonld'); const d = JSON.parse(require('fs').readFileSync('{path}'));"
            + "j.toRDF(d, {format: 'application/n-quads', safe: true}).then(t => console.log(t), e => { console.error(e); "
            + "process.exit(1); })";
        var (status, output, errors) = await NodePackages.RunAsync(Shell.Root, "node", "-e", script);
        status.ShouldBe(0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Every_entry_of_a_pack_is_proven_by_the_checkpoint_and_none_that_was_changed()
    {
        using var shell = await Shell.WithShopAsync();
        var key = (await shell.RunAsync("ledger checkpoint --data store"))
            .Errors.Split('\n')
            .Single(line => line.StartsWith("verifier key: ", StringComparison.Ordinal))["verifier key: ".Length..]
            .Trim();
        var packed = await shell.RunAsync("evidence-pack anna@example.com --data store --out pack");
        packed.Status.ShouldBe(0, packed.Said);
        Directory.Delete(shell["store"], recursive: true);
        var sound = await shell.RunAsync("evidence-pack check pack --verifier-key", key);
        (sound.Status, sound.Said.Contains("proven by kind and time", StringComparison.Ordinal)).ShouldBe((0, true), sound.Said);
        // Somebody else's key, an entry with another hash, a proof that was taken out: each is named, although the manifest was made anew.
        (await shell.RunAsync("evidence-pack check pack --verifier-key", key[..^6] + "AAAAA=")).Status.ShouldBe(1);
        var pack = await File.ReadAllTextAsync(shell["pack/pack.json"]);
        var hash = JsonDocument.Parse(pack).RootElement.GetProperty("entries")[0].GetProperty("hash").GetString()!;
        await File.WriteAllTextAsync(shell["pack/pack.json"], pack.Replace(hash, new string('0', 64), StringComparison.Ordinal));
        Remake(shell["pack"]);
        (await shell.RunAsync("evidence-pack check pack --verifier-key", key)).Said.ShouldContain("has another hash in the ledger");
        // The words of an entry are the pack's, but neither when it was recorded nor of what kind it is.
        var at = JsonDocument.Parse(pack).RootElement.GetProperty("entries")[0].GetProperty("recordedAt").GetString()!;
        await File.WriteAllTextAsync(shell["pack/pack.json"], pack.Replace(at, "2019-01-01T00:00:00+00:00", StringComparison.Ordinal));
        Remake(shell["pack"]);
        (await shell.RunAsync("evidence-pack check pack --verifier-key", key)).Said.ShouldContain("was recorded at another time");
        await File.WriteAllTextAsync(shell["pack/pack.json"], pack);
        await File.WriteAllTextAsync(shell["pack/proofs/256.json"], "null");
        Remake(shell["pack"]);
        (await shell.RunAsync("evidence-pack check pack --verifier-key", key)).Said.ShouldContain("proofs/256.json is not a proof");
        File.Delete(shell["pack/proofs/256.json"]);
        Remake(shell["pack"]);
        (await shell.RunAsync("evidence-pack check pack --verifier-key", key)).Said.ShouldContain("entry 256:1 is not proven");
        (await shell.RunAsync("evidence-pack check pack")).Status.ShouldBe(0);
    }

    static void Remake(string pack) =>
        File.WriteAllLines(
            Path.Combine(pack, "manifest.sha256"),
            Directory
                .EnumerateFiles(pack, "*", SearchOption.AllDirectories)
                .Select(path => (Path: path, Name: Path.GetRelativePath(pack, path)))
                .Where(file => file.Name != "manifest.sha256")
                .Select(file =>
                    $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.Path)))}  {file.Name}"
                )
        );

    [Fact]
    public async Task Who_leaves_takes_everything_along_but_the_secrets()
    {
        using var shell = await Shell.WithShopAsync();
        await using (var server = await Served.StartAsync(shell))
            server.Key.ShouldStartWith("ms_");
        var gone = await shell.RunAsync("store export --data store --out all");
        gone.Status.ShouldBe(0, gone.Said);
        var people = File.ReadLines(shell["all/people.ndjson"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        people
            .Select(person => person.GetProperty("address").GetString())
            .Order(StringComparer.Ordinal)
            .ShouldBe(["anna@example.com", "ben@example.com", "cleo@example.com"]);
        var entries = people.Sum(person => person.GetProperty("entries").GetArrayLength());
        File.ReadLines(shell["all/entries.csv"]).Count().ShouldBe(entries + 1);
        File.ReadLines(shell["all/people.jsonld.ndjson"]).Count().ShouldBe(3);
        (await File.ReadAllTextAsync(shell["all/sender.ndjson"])).ShouldContain("collection-point-version");
        (await File.ReadAllTextAsync(shell["all/campaigns.ndjson"])).ShouldContain("\"spring\"");
        foreach (var file in Directory.EnumerateFiles(shell["all"], "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file);
            (
                text.Contains("secretDigest", StringComparison.Ordinal),
                text.Contains("opt-out-key-added", StringComparison.Ordinal)
            ).ShouldBe((false, false), file);
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        // A second one goes nowhere near the first.
        (await shell.RunAsync("store export --data store --out all")).Status.ShouldNotBe(0);
    }
}
