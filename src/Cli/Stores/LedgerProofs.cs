using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Ledger.Verify;
using MaySend.Reading;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend ledger</c>: prove, check-proof.</summary>
static class LedgerProofs
{
    static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static Command Prove()
    {
        var data = StoreOptions.Data();
        var position = new Option<string?>("--position")
        {
            Description = "the place of an entry, such as 41:88213: prove that a checkpoint covers it",
        };
        var since = new Option<string?>("--since")
        {
            Description = "a checkpoint that somebody kept: prove that the latest one repeats everything in it and only adds to it",
            HelpName = "FILE",
        };
        var output = new Option<string>("--out") { Description = "where to write the proof, as JSON", Required = true };
        var command = new Command(
            "prove",
            "Prove an entry, or that nothing was changed since a checkpoint, to somebody who has no access here."
        )
        {
            data,
            position,
            since,
            output,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var location = parsed.GetValue(data)!;
                var (proof, whyNone) = (parsed.GetValue(position), parsed.GetValue(since)) switch
                {
                    ({ } place, null) => (
                        await EntryAsync(location, place),
                        $"there is no entry {place}, or no checkpoint covers it yet: `maysend ledger checkpoint` makes one"
                    ),
                    (null, { } kept) => (
                        await SinceAsync(location, kept, cancellation),
                        $"no checkpoint of this ledger continues the one in {kept}: it is another ledger's, or something was changed"
                    ),
                    _ => throw new BadInputException(new Place("ledger prove"), "give either --position or --since"),
                };
                if (proof is null)
                    return CommandFailures.NotDone(whyNone);
                await File.WriteAllTextAsync(parsed.GetValue(output)!, proof, cancellation);
                Console.WriteLine($"written to {Home.Shown(parsed.GetValue(output)!)}");
                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Check()
    {
        var file = new Argument<string>("proof") { Description = "a proof that `maysend ledger prove` wrote" };
        var keys = new Option<string[]>("--verifier-key")
        {
            Description = "the public key that you were given: the first of the ledger is enough",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
            HelpName = "KEY",
        };
        var command = new Command("check-proof", "Check a proof without the store. Exit status: 0 it holds, 1 it does not.") { file, keys };
        command.SetAction(parsed =>
        {
            var path = There(parsed.GetValue(file)!);
            string[] given = parsed.GetValue(keys)!;
            var problems = new Problems();
            foreach (var key in given.Where(key => !KeptCheckpoint.IsVerifierKey(key)))
                problems.Add(new Place("--verifier-key"), $"`{key}` is not a verifier key", "as `maysend ledger checkpoint` prints it");
            problems.ThrowIfAny();
            try
            {
                using var text = JsonDocument.Parse(File.ReadAllText(path));
                var (holds, what) =
                    text.RootElement.ValueKind == JsonValueKind.Object && text.RootElement.TryGetProperty("earlier", out _)
                        ? (
                            Read<ConsistencyProof>(text).Holds(given),
                            "the later checkpoint repeats everything in the earlier one and only adds to it"
                        )
                        : OfEntry(Read<ChainProof>(text), given);
                AnsiConsole.MarkupLineInterpolated(
                    holds ? (FormattableString)$"[green]holds[/]: {what}" : $"[red]does not hold[/] with the keys given"
                );
                return holds ? ExitCode.Done : ExitCode.CheckFailed;
            }
            catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException)
            {
                throw new BadInputException(new Place(path), $"is not a proof that MaySend can read ({fault.Message})");
            }
        });
        return command;
    }

    static T Read<T>(JsonDocument text) => text.Deserialize<T>(Layout) ?? throw new FormatException("it is empty");

    static (bool Holds, string What) OfEntry(ChainProof entry, string[] keys) =>
        entry.Steps is [{ } first, ..]
            ? (
                entry.Holds(keys),
                string.Create(CultureInfo.InvariantCulture, $"the checkpoint covers entry {entry.Chain}:{first.Seq} ({first.Kind})")
            )
            : throw new FormatException("it has no steps");

    static async Task<string?> EntryAsync(string location, string place) =>
        place.Split(':') is [var chain, var number]
        && int.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? await EvidenceStores.ProofAsync(location, partition, seq) is { } proof
                ? JsonSerializer.Serialize(proof, Layout)
                : null
            : throw new BadInputException(
                new Place("--position"),
                $"`{place}` is not the place of an entry",
                "such as 41:88213, as evidence shows it"
            );

    static async Task<string?> SinceAsync(string location, string kept, CancellationToken cancellation) =>
        KeptCheckpoint.Read(await File.ReadAllTextAsync(There(kept), cancellation)) is [{ IsCheckpoint: true, Note: var note }, ..]
            ? await EvidenceStores.ConsistencyAsync(location, note) is { } proof
                ? JsonSerializer.Serialize(proof, Layout)
                : null
            : throw new BadInputException(new Place(kept), "holds no checkpoint", "as `maysend ledger checkpoint` prints it");

    static string There(string path) => File.Exists(path) ? path : throw new BadInputException(new Place(path), "file not found");
}
