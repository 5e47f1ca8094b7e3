using System.CommandLine;
using System.Text;
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
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public static Command Make(TimeProvider clock)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "mails as they arrived (.eml), folders of them, or maildirs",
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
        var watch = new Option<bool>("--watch") { Description = "go on: read what arrives in the maildirs until stopped (with --data)" };
        var command = new Command("inbound", "Read mails that came back: requests to stop, complaints, bounces.")
        {
            files,
            data,
            keys,
            server,
            sender,
            watch,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(watch) && result.GetValue(data) is null)
                result.AddError("--watch: needs --data; without a store nothing would be put on record");
        });
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var (location, keyFile) = (parsed.GetValue(data), parsed.GetValue(keys));
                var folder = EvidenceStores.FolderBeside(location ?? EvidenceStores.DefaultFolder, keyFile);
                var given = new ReturnMail(parsed.GetValue(sender), parsed.GetValue(server), null);
                var paths = parsed.GetRequiredValue(files);
                if (location is null)
                {
                    foreach (var mail in ArrivedMail.In(paths))
                        Write(mail.Path, MailIntake.Read(mail.Octets(), Unknown(clock), Ring(folder, clock), given));
                    return ExitCode.Done;
                }
                await using var store = await OpenStore.OpenAsync(location, keyFile);
                await store.Evidence.ControllerAsync(cancellation: cancellation);
                var options = new RecordsOptions { DataFolder = folder };
                var records = new ServerRecords(store.Evidence);
                var hooks = new InboundHooks(store.Evidence, options);
                await hooks.CheckAsync(cancellation);
                var intake = new MailIntake(new SignalIntake(store.Evidence, records, new Inbox(store.Evidence, records, options), hooks));
                var counts = new IntakeCounts();
                do
                {
                    foreach (var mail in ArrivedMail.In(paths))
                    {
                        var known = hooks.Current.Mail;
                        var settings = known with { Sender = given.Sender ?? known.Sender, Server = given.Server ?? known.Server };
                        var octets = mail.Octets();
                        var reading = MailIntake.Read(octets, Unknown(clock), Ring(folder, clock), settings);
                        Write(mail.Path, reading);
                        counts += await intake.RecordAsync(reading, Encoding.UTF8.GetString(octets), settings, cancellation);
                        // Only what is on record is marked as seen: a mail that could not be recorded is read again.
                        mail.MarkSeen();
                    }
                } while (parsed.GetValue(watch) && await Waited(clock, cancellation));
                Console.WriteLine(
                    $"{counts.Recorded} recorded, {counts.Repeated} on record already, "
                        + $"{counts.ForAPerson} for a person to read, {counts.Nothing} without effect"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    // What lies on disk says nothing sure of the envelope that it came in.
    static MailEnvelope Unknown(TimeProvider clock) => new(null, [], clock.GetUtcNow());

    static async Task<bool> Waited(TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(BetweenLooks, clock, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
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
