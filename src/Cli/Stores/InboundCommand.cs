using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.OptOut;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Inbound;
using MaySend.Stores;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend inbound</c>: reads mails that came back and puts on record what they prove.</summary>
static class InboundCommand
{
    public static Command Make(TimeProvider clock)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "mails as they arrived (.eml), or folders of them",
            Arity = ArgumentArity.OneOrMore,
        };
        var (data, keys) = (StoreOptions.OptionalData(), StoreOptions.Keys());
        data.Description = "put what is proved on record in this store; without it the command only says what it reads";
        var server = new Option<string?>("--mail-server")
        {
            Description = "the name your own mail server writes into Authentication-Results; its word proves a sender",
            HelpName = "NAME",
        };
        var sender = new Option<string?>("--sender") { Description = "the sender whose messages these answer; all unless named" };
        var command = new Command("inbound", "Read mails that came back: requests to stop, complaints, bounces.")
        {
            files,
            data,
            keys,
            server,
            sender,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var location = parsed.GetValue(data);
                var ring = Ring(EvidenceStores.FolderBeside(location ?? EvidenceStores.DefaultFolder, parsed.GetValue(keys)), clock);
                var reader = new InboundMail(
                    new OwnTokens(ring, _ => null),
                    parsed.GetValue(server) is { } name ? new TrustedResults(name) : null
                );
                var read = Messages(parsed.GetRequiredValue(files))
                    .Select(path => (Path: path, Reading: reader.Read(File.ReadAllBytes(path), new(null, [], clock.GetUtcNow()))))
                    .ToList();
                foreach (var (path, reading) in read)
                    Write(path, reading);
                if (location is null)
                    return ExitCode.Done;
                await using var store = await OpenStore.OpenAsync(location, parsed.GetValue(keys));
                var options = new RecordsOptions { DataFolder = EvidenceStores.FolderBeside(location, parsed.GetValue(keys)) };
                var waiting = new Inbox(store.Evidence, new ServerRecords(store.Evidence), options);
                var intake = new SignalIntake(store.Evidence, waiting, options);
                // The mails come from no platform; the hook says only whose messages they answer.
                var hook = new InboundHook(
                    new(WebhookPlatform.Listmonk),
                    parsed.GetValue(sender),
                    ImmutableDictionary<string, string>.Empty
                );
                var counts = await intake.RecordAsync(hook, [.. read.SelectMany(mail => mail.Reading.Signals)], cancellation);
                Console.WriteLine(
                    $"{counts.Recorded} recorded, {counts.Repeated} on record already, "
                        + $"{counts.ForAPerson} for a person to read, {counts.Nothing} without effect"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static List<string> Messages(string[] paths)
    {
        var problems = new Problems();
        var found = new List<string>();
        foreach (var path in paths)
            if (Directory.Exists(path))
                found.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
            else if (File.Exists(path))
                found.Add(path);
            else
                problems.Add(new Place(path), "there is no such file or folder", "give the path of a saved mail or a maildir");
        problems.ThrowIfAny();
        return found;
    }

    // Without keys no link is ours, and none is made: a fresh key recognises nothing.
    static OptOutKeyRing Ring(string folder, TimeProvider clock)
    {
        var file = Path.Combine(folder, "opt-out-keys.txt");
        return File.Exists(file) ? OptOutKeyRing.Parse(File.ReadAllText(file)) : new OptOutKeyRing([OptOutKey.Create(1, clock)]);
    }

    static void Write(string path, InboundReading reading)
    {
        foreach (var signal in reading.Signals)
            Console.WriteLine(
                $"{path}: {Word(signal.Ignored is { } reason ? reason : signal.Kind)} {signal.Address} -> "
                    + $"{Word(SignalEffects.Of(signal))} (proof: {Word(signal.Proof)})"
            );
        foreach (var problem in reading.Problems)
            Console.WriteLine($"{path}: {problem.Place}: {problem.Says}");
    }

    static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
