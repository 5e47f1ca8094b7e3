using MaySend.Records.Auditing;
using MaySend.Screening;
using MaySend.Warehouse.Runs;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend screen --on</c>: the same screening where the tables are.</summary>
static class ScreenOn
{
    public static async Task RunAsync(
        string database,
        string? tables,
        string? senderFolder,
        string campaign,
        (string? Data, string? Keys) record,
        DateOnly? knownAt,
        string? law,
        string output,
        CancellationToken cancellation
    )
    {
        var prefix = WarehouseInputs.ReadPrefix(tables);
        await using var store = record.Data is { } location ? await OpenStore.OpenAsync(location, record.Keys) : null;
        using var warehouse = WarehouseCommand.OpenToRead(database);
        // Facts are as of one day, and the tables say which: of a campaign of several days it is that one.
        var day = new Conformance(warehouse, prefix).ReadManifest().Day;
        var asked = await WarehouseInputs.AskedAsync(senderFolder, campaign, store, (day, knownAt), law, cancellation);
        var screening = new WarehouseScreening(warehouse, asked.Decider, WarehouseInputs.Cases(law), prefix);
        if (store is not null)
            await store.ShownAsync(
                Viewed.ListFile,
                people: (int)Math.Min(int.MaxValue, await store.Evidence.Ledger.CountContactsAsync(cancellation)),
                about: $"screening of {campaign} where the tables are"
            );
        ScreeningSummary? summary = null;
        ProgressDisplay.Run(
            "checking",
            advance => summary = screening.Run(asked.Controller, asked.State, asked.Campaign, asked.KnownAt, output, advance)
        );
        ScreeningText.Write(summary!, output);
    }
}
