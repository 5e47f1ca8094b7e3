using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MaySend.Cli.Commands;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Reading;
using MaySend.Stores;
using MaySend.Stores.Checkpoints;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend ledger</c>: checkpoint, places.</summary>
static class LedgerCheckpoints
{
    public static Command Checkpoint()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string?>("--out") { Description = "also write it to this file, to keep elsewhere" };
        var send = new Option<bool>("--send") { Description = "also send it to every place that checkpoints.json names" };
        var command = new Command("checkpoint", "Sign a statement of how far every chain has come. Keep it away from the store.")
        {
            data,
            keys,
            output,
            send,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var location = parsed.GetValue(data)!;
                await using var store = await OpenStore.OpenAsync(location, parsed.GetValue(keys));
                var leaving = parsed.GetValue(send) ? Of(location, parsed.GetValue(keys)) : null;
                if (leaving is { Places.All.Count: 0 })
                    throw new BadInputException(
                        new Place("--send"),
                        $"there is no {CheckpointPlaces.FileName} beside the key file",
                        "docs/ledger.md says what it holds"
                    );
                var checkpoint = await store.Evidence.Ledger.CheckpointAsync(cancellation);
                if (parsed.GetValue(output) is { } file)
                    await File.WriteAllTextAsync(file, checkpoint.Note, cancellation);
                else if (leaving is null)
                    Console.Write(checkpoint.Note);
                Console.Error.WriteLine($"verifier key: {EvidenceStores.VerifierKeys(location, parsed.GetValue(keys))[0]}");
                return leaving is null ? ExitCode.Done : Show(await leaving.SendAsync(checkpoint.Note, cancellation));
            }
        );
        return command;
    }

    public static Command Places()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command(
            "places",
            "Where checkpoints are sent, and when the last one reached each place. Exit status: 0 all up to date, 1 a place is behind."
        )
        {
            data,
            keys,
        };
        command.SetAction(parsed =>
        {
            var leaving = Of(parsed.GetValue(data)!, parsed.GetValue(keys));
            if (leaving.Places.All.Count > 0)
                return Show(leaving.Standing());
            Console.WriteLine(
                $"checkpoints are sent nowhere: there is no {CheckpointPlaces.FileName} beside the key file. Somebody with the store and "
                    + "its keys could rewrite the ledger unnoticed"
            );
            return ExitCode.CheckFailed;
        });
        return command;
    }

    /// <summary>The checkpoints of a store on their way.</summary>
    /// <exception cref="BadInputException">The settings are wrong.</exception>
    public static LeavingCheckpoints Of(string location, string? keys)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(EvidenceStores.KeyFileOf(location, keys)))!;
        return new(CheckpointPlaces.Read(folder), folder, TimeProvider.System);
    }

    /// <summary>The certificates of files besides those that are known; null where there are neither.</summary>
    /// <exception cref="BadInputException">A file holds none.</exception>
    public static X509Certificate2Collection? Authorities(IReadOnlyList<string> files, X509Certificate2Collection? known)
    {
        if (files.Count == 0)
            return known;
        X509Certificate2Collection all = [.. known ?? []];
        foreach (var file in files)
            try
            {
                all.ImportFromPemFile(file);
            }
            catch (CryptographicException fault)
            {
                throw new BadInputException(new Place(file), $"holds no certificate ({fault.Message})");
            }
        return all;
    }

    /// <summary>An erasure that was carried out leaves the machine as a checkpoint; where that fails the erasure stands, and it is
    /// said.</summary>
    public static async Task AfterErasureAsync(ILedger ledger, string location, string? keys, CancellationToken cancellation)
    {
        try
        {
            var leaving = Of(location, keys);
            if (leaving.Places.All.Count == 0)
                return;
            foreach (var one in await leaving.SendAsync((await ledger.CheckpointAsync(cancellation)).Note, cancellation))
                if (one.Fault is { } fault)
                    Console.Error.WriteLine($"no checkpoint reached {one.Place}: {fault}");
        }
        catch (Exception fault) when (fault is BadInputException or LedgerUnavailableException or LedgerKeyException or IOException)
        {
            Console.Error.WriteLine($"no checkpoint left the machine: {fault.Message}");
        }
    }

    static int Show(IReadOnlyList<CheckpointLeft> standing)
    {
        foreach (var one in standing)
        {
            var last = one.At is { } at
                ? string.Create(CultureInfo.InvariantCulture, $"the last one was sent at {at.UtcDateTime:yyyy-MM-dd HH:mm}Z")
                : "none has been sent yet";
            AnsiConsole.MarkupLineInterpolated($"{one.Place}: {last}");
            if (one.Fault is { } fault)
                AnsiConsole.MarkupLineInterpolated($"[red]  the last try failed: {fault}[/]");
        }
        return standing.All(one => one is { At: not null, Fault: null }) ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
