using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MaySend.Ledger.Contract.Stores;
using MaySend.Monitoring;
using MaySend.Records;
using MaySend.Stores.Checkpoints;

namespace MaySend.Server.Tests;

/// <summary>What is watched of a server is there, bears the labels that it is asked by, and says what is so.</summary>
public sealed partial class MonitoringTests(PostgresCluster cluster)
{
    [Fact]
    public async Task The_dashboard_and_the_alerts_ask_for_what_the_server_measures_and_leave_nothing_out()
    {
        using var instruments = new Instruments();
        RuntimeHelpers.RunClassConstructor(typeof(Meters).TypeHandle);
        var folder = Directory.CreateTempSubdirectory("maysend-server-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, CheckpointPlaces.FileName),
            $$"""{"files": ["{{Path.Combine(folder, "elsewhere.txt")}}"]}"""
        );
        await using var server = await Running.StartAsync(folder);
        (await server.VerdictAsync()).ShouldBe("permitted");
        await HoldsAsync(async () => (await server.GetAsync("/health/ready")).Status == 200 && instruments.Names.Contains("maysend_ready"));

        var asked = Instruments.OfTheDashboard().SelectMany(Instruments.In).Where(IsOfTheServer).ToHashSet(StringComparer.Ordinal);
        asked.Except(instruments.Names).ShouldBeEmpty("the dashboard asks for what nobody measures");
        var alerts = Instruments.OfTheAlerts();
        alerts.Count.ShouldBeGreaterThan(10);
        alerts.SelectMany(Instruments.In).Where(IsOfTheServer).Except(instruments.Names).ShouldBeEmpty("an alert that never comes");
        instruments
            .Names.Where(name => name.StartsWith("maysend_", StringComparison.Ordinal) && IsOfTheServer(name))
            .Except(asked)
            .ShouldBeEmpty("measured, and shown nowhere");
    }

    [Fact]
    public void Whoever_is_woken_is_sent_to_a_section_that_there_is()
    {
        foreach (var runbook in Instruments.Runbooks().Distinct())
        {
            var (file, heading) = (runbook.Split('#')[0], runbook.Split('#')[1]);
            File.ReadLines(Path.Combine(Running.Root, file))
                .Where(line => line.StartsWith('#'))
                .Select(line => NoLetter().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "-"))
                .ShouldContain(heading, runbook);
        }
    }

    [Fact]
    public async Task A_server_of_the_store_that_is_away_is_told_with_its_partitions_and_the_machine_stays_ready_for_the_others()
    {
        var (location, databases) = await cluster.NewLedgerOnThreeAsync();
        using var instruments = new Instruments();
        await using var server = await Running.StartAsync(postgres: location);
        await ShowsAsync(server, away: 0);
        instruments.LabelsOf("maysend_shard_up").ShouldContain("server");
        instruments.LabelsOf("maysend_partition_entries").ShouldBeSubsetOf(["instance", "le", "server", "partition"]);
        instruments.LabelsOf("maysend_partition_entries").ShouldContain("partition");

        await cluster.AllowAsync(databases[2], false);
        server.Clock.Advance(TimeSpan.FromSeconds(15));
        var ready = await ShowsAsync(server, away: 1);
        // Of 256 partitions dealt round to three, the third has 85.
        ready.GetProperty("partitionsAway").GetInt32().ShouldBe(85);
        ready.ToString().ShouldNotContain("\"c\"", Case.Sensitive, "which one is nothing for whoever asks");

        await cluster.AllowAsync(databases[2], true);
        server.Clock.Advance(TimeSpan.FromSeconds(15));
        (await ShowsAsync(server, away: 0)).GetProperty("partitionsAway").GetInt32().ShouldBe(0);
    }

    static bool IsOfTheServer(string metric) => !metric.StartsWith("maysend_gate_", StringComparison.Ordinal);

    static async Task<System.Text.Json.JsonElement> ShowsAsync(Running server, int away)
    {
        System.Text.Json.JsonElement ready = default;
        await HoldsAsync(async () =>
        {
            (var status, ready) = await server.GetAsync("/health/ready");
            status.ShouldBe(200, ready.ToString());
            if (ready.TryGetProperty("serversAway", out var told) && told.GetInt32() == away)
                return true;
            // Whatever was asked while the database closed its doors is asked once more.
            server.Clock.Advance(TimeSpan.FromSeconds(15));
            return false;
        });
        return ready;
    }

    static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            if (await holds())
                return;
            await Task.Delay(50);
        }
        (await holds()).ShouldBeTrue();
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetter();
}
