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
using MaySend.Records.OptOuts;
using MaySend.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend inbound</c>: reads mails that came back and puts on record what they prove.</summary>
static class InboundCommand
{
    public static Command Make(TimeProvider clock)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "mails as they arrived (.eml), folders of them, or maildirs",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var (data, keys) = (StoreOptions.OptionalData(), StoreOptions.Keys());
        data.Description = "record what is proved in this store; if left out, the command only prints what it reads";
        var imap = new Option<string?>("--imap")
        {
            Description = "read a mailbox by IMAP: imaps://USER@HOST/FOLDER; imap:// needs STARTTLS, unless it is on this machine",
            HelpName = "URL",
        };
        var password = new Option<string?>("--password-file")
        {
            Description = "the file that holds the mailbox's password (with --imap)",
            HelpName = "FILE",
        };
        var token = new Option<string?>("--token-file")
        {
            Description = "the file that holds an OAuth access token for the mailbox, in the place of a password (with --imap)",
            HelpName = "FILE",
        };
        var moveTo = new Option<string?>("--move-to")
        {
            Description = "the folder of the mailbox to which mails go once they are on record (with --imap)",
            HelpName = "FOLDER",
        };
        var server = new Option<string?>("--mail-server")
        {
            Description = "the name your own mail server writes into Authentication-Results; its word proves a sender",
            HelpName = "NAME",
        };
        var sender = new Option<string?>("--sender") { Description = "the sender whose messages these answer; all senders if left out" };
        var watch = new Option<bool>("--watch")
        {
            Description = "keep running: read what arrives in the maildirs and the mailbox until stopped (with --data)",
        };
        var command = new Command("inbound", "Read mails that came back: requests to stop, complaints, bounces.")
        {
            files,
            data,
            keys,
            imap,
            password,
            token,
            moveTo,
            server,
            sender,
            watch,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(watch) && result.GetValue(data) is null)
                result.AddError("--watch needs --data: without a store, nothing would be put on record");
            if (result.GetValue(files) is not { Length: > 0 } && result.GetValue(imap) is null)
                result.AddError("name mails, folders or maildirs, or a mailbox (--imap)");
            if (
                result.GetValue(imap) is null
                && (result.GetValue(password) ?? result.GetValue(token) ?? result.GetValue(moveTo)) is not null
            )
                result.AddError("--password-file, --token-file and --move-to need --imap");
        });
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var (location, keyFile) = (parsed.GetValue(data), parsed.GetValue(keys));
                var folder = EvidenceStores.FolderBeside(location ?? EvidenceStores.DefaultFolder, keyFile);
                var given = new ReturnMail(parsed.GetValue(sender), parsed.GetValue(server), null);
                var paths = parsed.GetValue(files) ?? [];
                var secrets = new MailboxSecrets(parsed.GetValue(password), parsed.GetValue(token));
                var mailbox = Mailbox(parsed.GetValue(imap), secrets, parsed.GetValue(moveTo));
                var reader = mailbox is null ? null : new MailboxReader(mailbox, clock);
                if (location is null)
                {
                    var dns = new DnsTextRecords();
                    foreach (var mail in ArrivedMail.In(paths))
                        Write(mail.Path, MailIntake.Read(mail.Octets(), Unknown(clock.GetUtcNow()), Ring(folder, clock), given, dns));
                    if (reader is not null)
                        await reader.ReadAsync(
                            mail =>
                            {
                                Write(mail.Name, MailIntake.Read(mail.Octets, Unknown(mail.Arrived), Ring(folder, clock), given, dns));
                                return Task.CompletedTask;
                            },
                            isMarking: false,
                            cancellation
                        );
                    return ExitCode.Done;
                }
                await using var store = await OpenStore.OpenAsync(location, keyFile);
                await store.Evidence.ControllerAsync(cancellation: cancellation);
                var options = new RecordsOptions { DataFolder = folder };
                var records = new ServerRecords(store.Evidence);
                var hooks = new InboundHooks(store.Evidence, options);
                await hooks.CheckAsync(cancellation);
                // The links were issued by servers, whose keys the store has: those beside this store's folder may be older, or none.
                using var known = new OptOutKeys(options, clock, records, NullLogger<OptOutKeys>.Instance);
                await known.StartAsync(cancellation);
                var intake = new MailIntake(new SignalIntake(store.Evidence, records, new Inbox(store.Evidence, records, options), hooks));
                var counts = new IntakeCounts();
                async Task TakeAsync(MailboxMail mail)
                {
                    var said = hooks.Current.Mail;
                    var settings = said with { Sender = given.Sender ?? said.Sender, Server = given.Server ?? said.Server };
                    var reading = MailIntake.Read(
                        mail.Octets,
                        Unknown(mail.Arrived),
                        await known.AllAsync(cancellation),
                        settings,
                        options.Dns
                    );
                    Write(mail.Name, reading);
                    counts += await intake.RecordAsync(reading, Encoding.UTF8.GetString(mail.Octets.Span), settings, cancellation);
                }
                var isWatching = parsed.GetValue(watch);
                var next = DateTimeOffset.MinValue;
                var (onDisk, inMailbox) = (new Source(isWatching), new Source(isWatching));
                do
                {
                    await onDisk.FetchAsync(() => ArrivedMail.ReadAsync(paths, TakeAsync, clock));
                    if (reader is not null && clock.GetUtcNow() >= next)
                    {
                        await inMailbox.FetchAsync(() => reader.ReadAsync(TakeAsync, isMarking: true, cancellation));
                        next = clock.GetUtcNow() + MailboxUpkeep.Every;
                    }
                } while (isWatching && await Waited(clock, cancellation));
                Console.WriteLine(
                    $"{counts.Recorded} recorded, {counts.Repeated} on record already, "
                        + $"{counts.ForAPerson} for a person to read, {counts.Nothing} without effect"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static ReturnMailbox? Mailbox(string? url, MailboxSecrets secrets, string? moveTo)
    {
        var problems = new Problems();
        var mailbox = url is null ? null : ReturnMailbox.Read(url, secrets, moveTo, new Place("--imap"), problems);
        problems.ThrowIfAny();
        return mailbox;
    }

    /// <summary>Whoever watches goes on while the mailbox is away, and is told of each fault once; others are told, and end.</summary>
    sealed class Source(bool isWatching)
    {
        string? told;

        public async Task FetchAsync(Func<Task> read)
        {
            try
            {
                await read();
                told = null;
            }
            catch (MailboxUnavailableException fault) when (isWatching)
            {
                if (told != fault.Message)
                    await Console.Error.WriteLineAsync($"{fault.Message}; trying again");
                told = fault.Message;
            }
        }
    }

    // What lies on disk or in a mailbox says nothing sure of the envelope that it came in.
    static MailEnvelope Unknown(DateTimeOffset arrived) => new(null, [], arrived);

    static async Task<bool> Waited(TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(ArrivedMail.BetweenLooks, clock, cancellation);
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
