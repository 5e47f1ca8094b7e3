using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Standards;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records.Auditing;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend evidence</c>, <c>export</c>, <c>erase</c>, <c>hold</c>: what is on record about one person, and its end.</summary>
static class PersonCommands
{
    public static Command Evidence()
    {
        var (address, data, keys) = (StoreOptions.Address(), StoreOptions.Data(), StoreOptions.Keys());
        var json = new Option<bool>("--json") { Description = "print everything as JSON" };
        var command = new Command(
            "evidence",
            "What is on record about a person: when it happened, when it was recorded, by whom, from which file and row."
        )
        {
            address,
            data,
            keys,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var export = await store.Evidence.ExportAsync(StoreOptions.ReadAddress(parsed.GetValue(address)!), cancellation);
                await store.ShownAsync(Viewed.Person, [.. export.Contacts()]);
                if (parsed.GetValue(json))
                    Console.WriteLine(export.ToJson());
                else
                {
                    PersonText.Write(export, await PersonText.FilesAsync(store, cancellation));
                    await PersonText.WriteScreeningsAsync(store, export, cancellation);
                }
                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Export()
    {
        var (address, data, keys) = (StoreOptions.Address(), StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string>("--out") { Description = "folder for the files", Required = true };
        var form = new Option<string>("--as")
        {
            Description = "person (person.json and person.html), or dpv (consents by ISO/IEC TS 27560 and the W3C vocabulary, as JSON-LD)",
            DefaultValueFactory = _ => "person",
        };
        form.AcceptOnlyFromAmong("person", "dpv");
        var law = Commands.Inputs.LawFolder();
        var command = new Command(
            "export",
            "Everything held about a person, for a request for access (GDPR Art 15) or portability (Art 20)."
        )
        {
            address,
            data,
            keys,
            output,
            form,
            law,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var export = await store.Evidence.ExportAsync(StoreOptions.ReadAddress(parsed.GetValue(address)!), cancellation);
                await store.ShownAsync(Viewed.Copy, [.. export.Contacts()]);
                if (parsed.GetValue(form) == "dpv")
                {
                    var controller = await store.Evidence.ControllerAsync(cancellation: cancellation);
                    var records = new PrivacyRecords(controller, Home.ReadLaw(parsed.GetValue(law)));
                    var target = Directory.CreateDirectory(parsed.GetValue(output)!).FullName;
                    DraftedText.Write(Path.Combine(target, "person.jsonld"), records.Of(export));
                    DraftedText.Write(Path.Combine(target, "vocabulary.jsonld"), PrivacyRecords.Vocabulary);
                    Console.WriteLine($"written to {Home.Shown(target)}/: person.jsonld, vocabulary.jsonld");
                    return ExitCode.Done;
                }
                var folder = Directory.CreateDirectory(parsed.GetValue(output)!).FullName;
                DraftedText.Write(Path.Combine(folder, "person.json"), export.ToJson());
                DraftedText.Write(Path.Combine(folder, "person.html"), export.ToHtml());
                Console.WriteLine($"written to {Home.Shown(folder)}/: person.json, person.html");
                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Erase()
    {
        var (address, data, keys) = (StoreOptions.Address(), StoreOptions.Data(), StoreOptions.Keys());
        var by = new Option<string>("--by") { Description = "who does this; kept on record", Required = true };
        var reason = new Option<string>("--reason")
        {
            Description = "the reason, without naming or describing the person: it stays on record",
            Required = true,
        };
        var yes = new Option<bool>("--yes") { Description = "really do it: this cannot be undone" };
        var alone = new Option<bool>("--this-address-only") { Description = "leave other addresses that are linked as the same person's" };
        var command = new Command(
            "erase",
            "Forget a person (GDPR Art 17). What stays is the request to stop, so that nobody writes to them again."
        )
        {
            address,
            by,
            reason,
            yes,
            alone,
            data,
            keys,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var whom = StoreOptions.ReadAddress(parsed.GetValue(address)!);
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                if (!parsed.GetValue(yes))
                {
                    var held = await store.Evidence.FindAsync(whom, cancellation: cancellation);
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"would erase {Amount.Of(held.Entries.Length, "entry", "entries")} about {whom}; nothing was erased. "
                                + $"--yes does it, and cannot be undone."
                        )
                    );
                    return ExitCode.Usage;
                }
                switch (
                    await store.Evidence.EraseAsync(
                        whom,
                        Actor.Runner(parsed.GetValue(by)!),
                        parsed.GetValue(reason)!,
                        !parsed.GetValue(alone),
                        cancellation
                    )
                )
                {
                    case ErasureOutcome.Erased erased:
                        Console.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"erased: {Amount.Of(erased.Contacts, "contact")}. The request to stop stays in force for the address."
                            )
                        );
                        await LedgerCheckpoints.AfterErasureAsync(
                            store.Evidence.Ledger,
                            parsed.GetValue(data)!,
                            parsed.GetValue(keys),
                            cancellation
                        );
                        if (!erased.ResidueCleared)
                            Console.WriteLine(
                                "a reader or the server still holds deleted bytes; `maysend ledger rotate-keys --destroy-old` makes them "
                                    + "unreadable now"
                            );
                        return ExitCode.Done;
                    case ErasureOutcome.Held held:
                        var holds = held.Holds.Select(hold => FormattableString.Invariant($"{hold.Number}: {hold.Reason}"));
                        return CommandFailures.NotDone($"nothing was erased: a legal hold is in force ({string.Join("; ", holds)})");
                    default:
                        return ExitCode.Fault;
                }
            }
        );
        return command;
    }

    public static Command Hold()
    {
        var (address, data, keys) = (StoreOptions.Address(), StoreOptions.Data(), StoreOptions.Keys());
        var reason = new Option<string?>("--reason") { Description = "place a hold, and why" };
        var lift = new Option<long?>("--lift") { Description = "lift the hold with this number" };
        var command = new Command(
            "hold",
            "Forbid erasing a person while a dispute or an inquiry lasts; lift it; or list the holds in force."
        )
        {
            address,
            reason,
            lift,
            data,
            keys,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var whom = StoreOptions.ReadAddress(parsed.GetValue(address)!);
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                if (parsed.GetValue(reason) is { } why && await store.Evidence.PlaceHoldAsync(whom, why, cancellation) is null)
                    return CommandFailures.NotDone("nobody is on record at this address");
                if (parsed.GetValue(lift) is { } number && !await store.Evidence.LiftHoldAsync(whom, number, cancellation))
                    return CommandFailures.NotDone(
                        string.Create(CultureInfo.InvariantCulture, $"there is no hold {number} at this address")
                    );
                var holds = await store.Evidence.HoldsAsync(whom, cancellation);
                foreach (var hold in holds)
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"hold {hold.Number} since {hold.PlacedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {hold.Reason}"
                        )
                    );
                if (holds.Count == 0)
                    Console.WriteLine("no hold is in force");
                return ExitCode.Done;
            }
        );
        return command;
    }
}
