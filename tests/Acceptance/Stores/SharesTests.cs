using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MaySend.Ledger.Contract.Stores;
using Npgsql;

namespace MaySend.Acceptance.Stores;

/// <summary>One screening by several machines: each screens a share of everybody on record, and one of them joins the shares.</summary>
public sealed class SharesTests(PostgresCluster cluster)
{
    const string Screen = "screen --campaign december-2025";
    static readonly string[] Lists = ["permitted.csv", "refused.csv", "not-shown.csv", "report.html"];

    [Fact]
    public async Task Shares_that_three_machines_screen_are_joined_into_what_one_machine_writes_byte_for_byte()
    {
        using var shell = new Shell();
        var servers = new[] { await NewDatabaseAsync("a"), await NewDatabaseAsync("b"), await NewDatabaseAsync("c") };
        shell.Write("cluster.yaml", $"servers:\n{string.Concat(servers)}");
        var store = $"--data postgres-cluster:{shell["cluster.yaml"]} --keys {shell["keys.json"]}";
        await DoneAsync(shell, $"store init {store}");
        await DoneAsync(shell, $"store load --in {Shell.Root}/samples/europe {store}");
        var machines = await Task.WhenAll(
            Enumerable.Range(1, 3).Select(number => shell.RunAsync($"{Screen} --share {number}/3 --out share{number} {store}"))
        );
        machines.ShouldAllBe(ran => ran.Status == 0, string.Join('\n', machines.Select(ran => ran.Said)));

        // In any order; the sender may go on with something else meanwhile.
        await DoneAsync(shell, $"{Screen} --out whole {store}");
        var joined = await DoneAsync(shell, $"join share3 share1 share2 --out joined {store}");
        joined.Said.ShouldContain("kept on record");
        foreach (var list in Lists)
            (await File.ReadAllTextAsync(shell[$"joined/{list}"])).ShouldBe(await File.ReadAllTextAsync(shell[$"whole/{list}"]), list);
        (await DoneAsync(shell, $"list check share2/permitted.csv {store}")).Said.ShouldContain("a what-if, nothing is sent by it");
        File.ReadLines(shell["joined/permitted.csv"]).Count().ShouldBeGreaterThan(10, "samples/europe permits more");
        (await File.ReadAllTextAsync(shell["share2/permitted.csv"])).ShouldContain("what-if for 10 Dec 2025: share 2/3 is not joined yet");

        // Whoever is on the list finds the decision, as after any screening.
        var address = File.ReadLines(shell["joined/permitted.csv"]).Skip(1).First().Split(',')[0];
        var decision = File.ReadLines(shell["joined/permitted.csv"]).Skip(1).First().Split(',')[^2];
        (await DoneAsync(shell, $"replay {decision} {store}")).Said.ShouldContain("same");
        (await DoneAsync(shell, $"evidence {address} {store}")).Said.ShouldContain(decision);
    }

    [Fact]
    public async Task Shares_that_are_no_whole_screening_of_this_store_are_all_named_and_nothing_is_written()
    {
        using var shell = await Shell.WithShopAsync();
        const string Store = "--data store";
        foreach (var (number, folder) in new[] { (1, "one"), (2, "two"), (2, "again") })
            await DoneAsync(shell, $"screen --campaign spring --share {number}/3 --out {folder} {Store}");
        await DoneAsync(shell, $"screen --campaign spring --share 3/4 --out of-four {Store}");
        await RefusedAsync(shell, $"join one two --out joined {Store}", "share 3/3 is missing");
        await RefusedAsync(shell, $"join one two again --out joined {Store}", "share 2/3 is named twice", "share 3/3 is missing");
        await RefusedAsync(shell, $"join one two of-four --out joined {Store}", "this is share 3/4, and the first is 1/3");
        await RefusedAsync(shell, $"join one nowhere --out joined {Store}", "nowhere");

        await File.AppendAllTextAsync(shell["two/permitted.csv"], "eve@example.com,permitted,x,x,x,x,yes,,today\n");
        await RefusedAsync(shell, $"join one two --out joined {Store}", "permitted.csv", "not as the screening wrote it");

        using var other = await Shell.WithShopAsync();
        await RefusedAsync(other, $"join {shell["one"]} --out {shell["joined"]} {Store}", "another store");
        Directory.Exists(shell["joined"]).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_signed_between_two_shares_is_noticed()
    {
        using var shell = await Shell.WithShopAsync();
        await DoneAsync(shell, "screen --campaign spring --share 1/2 --out one --data store");
        await DoneAsync(shell, "screen --campaign spring --share 2/2 --out two --data store");
        await DoneAsync(shell, "join one two --out joined --data store");
        shell.WriteAssessment(endedOn: "2026-02-01");
        await DoneAsync(shell, "store load --in shop --data store");
        await DoneAsync(shell, "screen --campaign spring --share 2/2 --out later --data store");
        await RefusedAsync(shell, "join one later --out again --data store", "the sender's record changed between the shares");
        await File.AppendAllTextAsync(shell["two/share.json"], "}");
        await RefusedAsync(shell, "join one two --out again --data store", "this is not the file of a share");
    }

    [Fact]
    public async Task Whoever_can_write_to_a_share_gets_no_file_elsewhere_and_no_row_beside_what_was_counted()
    {
        using var shell = await Shell.WithShopAsync();
        await DoneAsync(shell, "screen --campaign spring --share 1/2 --out one --data store");
        await DoneAsync(shell, "screen --campaign spring --share 2/2 --out two --data store");
        var written = await File.ReadAllTextAsync(shell["two/share.json"]);
        await RefusedAsync(shell, "join one two --out two/ --data store", "two holds a share");

        File.Copy(shell["two/permitted.csv"], shell["permitted.csv"]);
        await File.WriteAllTextAsync(
            shell["two/share.json"],
            written.Replace("\"permitted.csv\"", "\"../permitted.csv\"", StringComparison.Ordinal)
        );
        await RefusedAsync(shell, "join one two --out joined/deep --data store", "not the file of a share that this build can join");
        await File.WriteAllTextAsync(
            shell["two/share.json"],
            """{"store": null, "number": 2, "of": 2, "manifest": null, "mark": null, "counts": null, "leftOut": 0}"""
        );
        await RefusedAsync(shell, "join one two --out joined --data store", "not the file of a share that this build can join");

        var before = FileDigestOf(shell["two/permitted.csv"]);
        await File.AppendAllTextAsync(shell["two/permitted.csv"], "eve@example.com,permitted,x,x,x,x,yes,,today\n");
        await File.WriteAllTextAsync(
            shell["two/share.json"],
            Regex.Replace(written, $"(\"permitted.csv\": ?\"){before}", $"${{1}}{FileDigestOf(shell["two/permitted.csv"])}")
        );
        await RefusedAsync(shell, "join one two --out joined --data store", "the run is void");
        Directory.EnumerateFiles(shell["joined"]).ShouldBeEmpty("nothing is written, and nothing half");
    }

    static string FileDigestOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    [Theory]
    [InlineData("--share 0/3", "\"0/3\" is not a share")]
    [InlineData("--share 4/3", "\"4/3\" is not a share")]
    [InlineData("--share 1/300", "\"1/300\" is not a share")]
    [InlineData("--share two", "\"two\" is not a share")]
    [InlineData("--share 1/2 --known-at 2026-01-01", "leave out the list, --sender and --known-at")]
    [InlineData("--share 1/2 --sender shop", "each machine has to see the same sender")]
    public async Task A_share_that_cannot_be_is_refused_before_anything_is_read(string options, string says)
    {
        using var shell = await Shell.WithShopAsync();
        await RefusedAsync(shell, $"screen --campaign spring {options} --out out --data store", says);
        Directory.Exists(shell["out"]).ShouldBeFalse();
    }

    static async Task<Ran> DoneAsync(Shell shell, string command)
    {
        var ran = await shell.RunAsync(command);
        ran.Status.ShouldBe(0, $"{command}: {ran.Said}");
        return ran;
    }

    static async Task RefusedAsync(Shell shell, string command, params string[] says)
    {
        var ran = await shell.RunAsync(command);
        ran.Status.ShouldBe(65, $"{command}: {ran.Said}");
        foreach (var text in says)
            ran.Said.ShouldContain(text);
    }

    async Task<string> NewDatabaseAsync(string server)
    {
        var name = $"shares_{server}";
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names of databases cannot be parameters; these are made here.
        await using var command = new NpgsqlCommand($"create database {name}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return $"  {server}: \"{new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name }.ConnectionString}\"\n";
    }
}
