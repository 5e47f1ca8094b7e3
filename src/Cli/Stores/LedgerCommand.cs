using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Reading;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend ledger</c>: verify, checkpoint, upgrade, rotate-keys; what makes copies is in <see cref="LedgerCopies"/>.</summary>
static class LedgerCommand
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Make() =>
        new("ledger", "Verify the ledger, sign a checkpoint, back up, restore, keep the erasure list twice, upgrade, rotate keys.")
        {
            Verify(),
            Checkpoint(),
            LedgerCopies.Backup(),
            LedgerCopies.Restore(),
            LedgerCopies.Drill(),
            LedgerCopies.Erasures(),
            Upgrade(),
            RotateKeys(),
        };

    static Command Verify()
    {
        var data = StoreOptions.Data();
        var keys = new Option<string?>("--keys")
        {
            Description =
                "open every entry with the key file and walk every table: names rows that were exchanged, deleted or invented. "
                + "The key file in the store's folder unless another is named",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var kept = new Option<string[]>("--checkpoint")
        {
            Description = "a checkpoint kept elsewhere: proves that nothing before it was cut off or written again",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        };
        var verifiers = new Option<string[]>("--verifier-key")
        {
            Description = "the public key that signs checkpoints, kept elsewhere; the key file's unless named",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "KEY",
        };
        var json = new Option<bool>("--json") { Description = "the report as JSON" };
        var command = new Command(
            "verify",
            "Derive every hash again from outside. Names the first bad entry of each chain. Exit status: 0 sound, 1 not."
        )
        {
            data,
            keys,
            kept,
            verifiers,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var location = parsed.GetValue(data)!;
                string[] given = parsed.GetValue(verifiers) ?? [];
                string[] trusted =
                    given.Length > 0 ? given
                    : EvidenceStores.VerifierKey(location, parsed.GetValue(keys)) is { } own ? [own]
                    : [];
                var keyed = parsed.GetResult(keys) is null ? null : EvidenceStores.KeyFileOf(location, parsed.GetValue(keys));
                var report = await VerifyAsync(location, trusted, [.. (parsed.GetValue(kept) ?? []).Select(File.ReadAllText)], keyed);
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(report, Indented));
                    return report.IsSound ? ExitCode.Done : ExitCode.CheckFailed;
                }
                foreach (var finding in report.Findings)
                    AnsiConsole.MarkupLineInterpolated($"[red]{finding}[/]");
                var counts = FormattableString.Invariant(
                    $"{report.Entries:N0} entries, {report.Suppressions:N0} suppressions, {report.Checkpoints} checkpoints"
                );
                AnsiConsole.MarkupLineInterpolated(
                    report.IsSound
                        ? (FormattableString)$"[green]sound[/]: {counts}; ledger {report.StoreId}"
                        : $"[red]not sound[/]: {counts}; ledger {report.StoreId}"
                );
                if (!report.SignaturesChecked)
                    AnsiConsole.MarkupLine("[grey]no verifier key was given, so signatures were not checked[/]");
                foreach (var blind in report.CannotSee)
                    AnsiConsole.MarkupLineInterpolated($"[grey]not seen {blind}[/]");
                return report.IsSound ? ExitCode.Done : ExitCode.CheckFailed;
            }
        );
        return command;
    }

    static async Task<Ledger.Verify.VerificationReport> VerifyAsync(string location, string[] trusted, string[] kept, string? keyed)
    {
        try
        {
            return await EvidenceStores.VerifyAsync(location, trusted, kept, keyed);
        }
        catch (FormatException wrong)
        {
            throw new BadInputException(new Place("--verifier-key"), wrong.Message);
        }
    }

    static Command Checkpoint()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string?>("--out") { Description = "also write it to this file, to keep elsewhere" };
        var command = new Command("checkpoint", "Sign a statement of how far every chain has come. Keep it away from the store.")
        {
            data,
            keys,
            output,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var checkpoint = await store.Evidence.Ledger.CheckpointAsync(cancellation);
                if (parsed.GetValue(output) is { } file)
                    await File.WriteAllTextAsync(file, checkpoint.Note, cancellation);
                else
                    Console.Write(checkpoint.Note);
                Console.Error.WriteLine($"verifier key: {EvidenceStores.VerifierKey(parsed.GetValue(data)!, parsed.GetValue(keys))}");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Upgrade()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command("upgrade", "Take a store of an older build to this one's layout. Nothing else may use it meanwhile.")
        {
            data,
            keys,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var bound = await EvidenceStores.UpgradeAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                Console.WriteLine(
                    bound is 0 ? "done: the store has the layout of this build"
                    : bound is { } contacts
                        ? string.Create(CultureInfo.InvariantCulture, $"done (bind-the-index): {contacts:N0} contacts bound to the chain")
                    : "nothing to do: the store has the layout of this build"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command RotateKeys()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var destroy = new Option<bool>("--destroy-old")
        {
            Description = "then destroy the older wrapping keys: older backups need the key file saved with them",
        };
        var command = new Command("rotate-keys", "Move every contact to a new generation of keys.") { data, keys, destroy };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                await store.Evidence.Ledger.RotateKeysAsync(parsed.GetValue(destroy), cancellation);
                Console.WriteLine("every contact uses the new keys. Make a new copy of the key file.");
                return ExitCode.Done;
            }
        );
        return command;
    }
}
