using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Auditing;
using MaySend.Records.Leaving;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend store export</c>: everything a store holds, in files that other programs read.</summary>
static class StoreExportCommand
{
    public static Command Make()
    {
        var (data, keys, law) = (StoreOptions.Data(), StoreOptions.Keys(), Inputs.LawFolder());
        var output = new Option<string>("--out") { Description = "an empty or new folder", Required = true };
        var command = new Command("export", "Write everything the store holds as JSON, CSV and JSON-LD, for another program to read.")
        {
            data,
            keys,
            output,
            law,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var records = new ServerRecords(store.Evidence);
                var export = new StoreExport(
                    store.Evidence,
                    records,
                    new CampaignsOnRecord(records, store.Evidence),
                    Home.ReadLaw(parsed.GetValue(law))
                );
                var folder = parsed.GetValue(output)!;
                await store.ShownAsync(
                    Viewed.Store,
                    people: (int)Math.Min(int.MaxValue, await store.Evidence.Ledger.CountContactsAsync(cancellation))
                );
                var written = await export.WriteAsync(folder, cancellation);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"written to {Home.Shown(folder)}/: {Amount.Of(written.Addresses, "address", "addresses")} with "
                            + $"{Amount.Of(written.Entries, "entry", "entries")}, "
                            + $"{Amount.Of(written.ControllerEntries, "entry", "entries")} about the sender"
                    )
                );
                Console.WriteLine(
                    "It is personal data, and no later request to stop reaches it: delete it once the other program has read it."
                );
                return ExitCode.Done;
            }
        );
        return command;
    }
}
