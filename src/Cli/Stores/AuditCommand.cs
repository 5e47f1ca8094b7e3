using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using MaySend.Records.Auditing;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend audit</c>: who looked at whose data, and who was not let.</summary>
static class AuditCommand
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { WriteIndented = true };

    public static Command Make()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var about = new Option<string?>("--about") { Description = "only who looked at this person: an address, or the id of a contact" };
        var since = Inputs.Day("--since", "only from this day on (UTC)");
        var most = new Option<int>("--most") { Description = "how many lines, the newest first", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "everything as JSON" };
        var command = new Command(
            "audit",
            "Who looked at whose data, when and where (console, API, command line), and who was refused. Lines are kept for 400 days."
        )
        {
            about,
            since,
            most,
            data,
            keys,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(most) < 1)
                    throw new BadInputException(new Place("--most"), "at least one line");
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var whom = parsed.GetValue(about) is { } named ? await ContactAsync(store, named, cancellation) : null;
                var from = parsed.GetValue(since) is { } day
                    ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
                    : (DateTimeOffset?)null;
                var lines = store.Trail.Latest(whom, from, parsed.GetValue(most));
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(lines.Select(Shaped), Layout));
                    return ExitCode.Done;
                }
                var table = new Table().Border(TableBorder.Simple).AddColumns("when", "who", "what", "people", "contacts");
                foreach (var line in lines)
                    table.AddRow(
                        line.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                        $"{line.Who} ({line.Door})".EscapeMarkup(),
                        (line.IsDenied ? $"refused: {line.What}" : About(line)).EscapeMarkup(),
                        line.IsDenied ? "" : line.People.ToString(CultureInfo.InvariantCulture),
                        await ContactsAsync(store, line, cancellation)
                    );
                AnsiConsole.Write(table);
                Console.WriteLine($"{Amount.Of(lines.Count, "line")}, the newest first; times in UTC");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static async Task<ContactId?> ContactAsync(OpenStore store, string named, CancellationToken cancellation)
    {
        // Somebody erased has no address here any more, and still a contact's id.
        if (ContactId.TryParse(named, out var id))
            return id;
        var contact = (await store.Evidence.FindAsync(StoreOptions.ReadAddress(named), cancellation: cancellation)).Contact;
        await store.ShownAsync(Viewed.Search, contact);
        return contact
            ?? throw new BadInputException(
                new Place("--about"),
                "nobody is on record at this address",
                "if the person was erased, only the contact's id is left: --about ID"
            );
    }

    static string About(Viewing line) => line.About.Length > 0 ? $"{line.What}: {line.About}" : line.What;

    static async Task<string> ContactsAsync(OpenStore store, Viewing line, CancellationToken cancellation)
    {
        if (line.Contacts.Length > 1)
            return Amount.Of(line.Contacts.Length, "contact");
        return line.Contacts is not [var one] ? ""
            : await store.Evidence.Ledger.ContactAsync(one, cancellation) is null ? $"{Short(one)} (erased)"
            : Short(one);
    }

    /// <summary>For the eye, beside the rest on 80 columns; as JSON the id is whole.</summary>
    static string Short(ContactId contact) => contact.ToString()[..8];

    static object Shaped(Viewing line) =>
        new
        {
            line.At,
            line.Who,
            line.Door,
            line.From,
            Refused = line.IsDenied,
            line.What,
            line.About,
            line.People,
            Contacts = line.Contacts.Select(one => one.ToString()),
        };
}
