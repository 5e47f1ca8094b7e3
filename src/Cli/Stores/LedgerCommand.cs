using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
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
        new("ledger", "Verify the ledger, sign checkpoints, prove, back up, restore, keep the erasure list twice, upgrade, rotate keys.")
        {
            Verify(),
            LedgerCheckpoints.Checkpoint(),
            LedgerCheckpoints.Places(),
            LedgerProofs.Prove(),
            LedgerProofs.Check(),
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
                "open every entry with the key file and read every table: names rows that were swapped, deleted or made up. "
                + "Uses the key file in the store's folder unless you name another",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var kept = new Option<string[]>("--checkpoint")
        {
            Description =
                "checkpoints kept elsewhere: prove that nothing before them was cut off or rewritten. What the places in "
                + "checkpoints.json keep is always read",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        };
        var verifiers = new Option<string[]>("--verifier-key")
        {
            Description = "the public key that signs checkpoints, kept elsewhere; the key file's unless named",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "KEY",
        };
        var vouching = new Option<string[]>("--authority")
        {
            Description = "a PEM file with certificates that time stamps are trusted by, besides those of checkpoints.json",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "the report as JSON" };
        var command = new Command(
            "verify",
            "Compute every hash again. Names the first bad entry of each chain. Exit status: 0 sound, 1 not."
        )
        {
            data,
            keys,
            kept,
            verifiers,
            vouching,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var location = parsed.GetValue(data)!;
                string[] given = parsed.GetValue(verifiers) ?? [];
                string[] trusted = given.Length > 0 ? given : [.. EvidenceStores.VerifierKeys(location, parsed.GetValue(keys))];
                var keyed = parsed.GetResult(keys) is null ? null : EvidenceStores.KeyFileOf(location, parsed.GetValue(keys));
                var leaving = LedgerCheckpoints.Of(location, parsed.GetValue(keys));
                var (there, notRead) = await leaving.ReadBackAsync(cancellation);
                string[] elsewhere = [.. (parsed.GetValue(kept) ?? []).Select(File.ReadAllText), .. there];
                var authorities = LedgerCheckpoints.Authorities(parsed.GetValue(vouching) ?? [], leaving.Places.Authorities);
                var report = (await VerifyAsync(location, trusted, elsewhere, keyed, authorities)) with { NotRead = notRead };
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(report, Indented));
                    return report.IsSound ? ExitCode.Done : ExitCode.CheckFailed;
                }
                foreach (var finding in report.Findings)
                    AnsiConsole.MarkupLineInterpolated($"[red]{finding}[/]");
                var counts = string.Join(
                    ", ",
                    Amount.Of(report.Entries, "entry", "entries"),
                    Amount.Of(report.Suppressions, "suppression"),
                    Amount.Of(report.Checkpoints, "checkpoint")
                );
                AnsiConsole.MarkupLineInterpolated(
                    report.IsSound
                        ? (FormattableString)$"[green]sound[/]: {counts}; ledger {report.StoreId}"
                        : $"[red]not sound[/]: {counts}; ledger {report.StoreId}"
                );
                var outside = Amount.Of(report.KeptCheckpoints, "checkpoint");
                if (report.KeptCheckpoints > 0)
                    AnsiConsole.MarkupLineInterpolated($"kept elsewhere: {outside}, {report.TimeStamps} with a time stamp{LastOf(report)}");
                if (!report.SignaturesChecked)
                    AnsiConsole.MarkupLine("[grey]no verifier key was given, so signatures were not checked[/]");
                foreach (var blind in report.CannotSee)
                    AnsiConsole.MarkupLineInterpolated($"[grey]not seen {blind}[/]");
                return report.IsSound ? ExitCode.Done : ExitCode.CheckFailed;
            }
        );
        return command;
    }

    static string LastOf(Ledger.Verify.VerificationReport report) =>
        report.LastStamp is { } last ? FormattableString.Invariant($", the last of {last.At:yyyy-MM-dd HH:mm}Z by {last.By}") : "";

    static async Task<Ledger.Verify.VerificationReport> VerifyAsync(
        string location,
        string[] trusted,
        string[] kept,
        string? keyed,
        X509Certificate2Collection? authorities
    )
    {
        try
        {
            return await EvidenceStores.VerifyAsync(location, trusted, kept, keyed, authorities);
        }
        catch (FormatException wrong)
        {
            throw new BadInputException(new Place("--verifier-key"), wrong.Message);
        }
    }

    static Command Upgrade()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command(
            "upgrade",
            "Upgrade the store of an older build to this build's layout. Nothing else may use the store while this runs."
        )
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
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"done (bind-the-index): {Amount.Of(contacts, "contact")} bound to the chain"
                        )
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
        var checkpoints = new Option<bool>("--checkpoint-key")
        {
            Description = "change only the key that signs checkpoints; the old key signs a last checkpoint that names the new key",
        };
        var command = new Command(
            "rotate-keys",
            "Move every contact to a new generation of keys, or change the key that signs checkpoints."
        )
        {
            data,
            keys,
            destroy,
            checkpoints,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                if (parsed.GetValue(checkpoints))
                {
                    await store.Evidence.Ledger.RotateCheckpointKeyAsync(cancellation);
                    Console.WriteLine(
                        $"checkpoints are now signed with a new key: "
                            + $"{EvidenceStores.VerifierKeys(parsed.GetValue(data)!, parsed.GetValue(keys))[0]}. "
                            + "Make a new copy of the key file."
                    );
                    return ExitCode.Done;
                }
                await store.Evidence.Ledger.RotateKeysAsync(parsed.GetValue(destroy), cancellation);
                Console.WriteLine("every contact uses the new keys. Make a new copy of the key file.");
                return ExitCode.Done;
            }
        );
        return command;
    }
}
