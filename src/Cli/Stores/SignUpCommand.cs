using System.CommandLine;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.SignUps;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend sign-up</c>: the pages on which people sign up, or come back.</summary>
static class SignUpCommand
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { WriteIndented = true };

    public static Command Make(TimeProvider clock) =>
        new("sign-up", "The pages on which people sign up, or come back after an opt-out; `maysend serve` serves them.")
        {
            Open(clock),
            List(),
            Close(),
            Look(),
        };

    static Command Open(TimeProvider clock)
    {
        var (page, data, keys, by) = (PageName(), StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var sender = new Option<string>("--sender") { Description = "the sender that people say yes to", Required = true };
        var topics = new Option<string[]>("--topic")
        {
            Description = "a topic they may choose; may be repeated; if left out, everything the sender writes about",
        };
        var notice = new Option<string?>("--notice") { Description = "https address of the privacy notice" };
        var reason = new Option<string>("--reason")
        {
            Description = "the reason why this page may ask this way; kept on record",
            Required = true,
        };
        var publicUrl = PublicUrl();
        var command = new Command("open", "Open a page, or change what it asks for; print its address.")
        {
            page,
            sender,
            topics,
            notice,
            reason,
            publicUrl,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var actor = Actor.Runner(parsed.GetValue(by)!);
                var opened = new SignUpPageOpened(
                    parsed.GetValue(page)!,
                    parsed.GetValue(sender)!,
                    [.. parsed.GetValue(topics) ?? []],
                    parsed.GetValue(notice),
                    new(actor.Name, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), parsed.GetValue(reason)!)
                );
                var pages = Of(store);
                var problems = new Problems();
                foreach (var fault in await pages.FaultsAsync(opened, cancellation))
                    problems.Add(new Place(fault.Field), fault.Says, fault.Help);
                problems.ThrowIfAny();
                await pages.OpenAsync(opened, actor, cancellation);
                var start = parsed.GetValue(publicUrl)?.TrimEnd('/') ?? "";
                Console.WriteLine($"page: {start}/s/{opened.Id}");
                Console.WriteLine($"form for a page of your own: {start}/s/{opened.Id}/form");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command List()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var json = new Option<bool>("--json") { Description = "print everything as JSON" };
        var command = new Command("list", "The pages that are open.") { data, keys, json };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var pages = await Of(store).AllAsync(cancellation);
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(pages, Layout));
                    return ExitCode.Done;
                }
                var table = new Table()
                    .Border(TableBorder.Simple)
                    .AddColumn("page")
                    .AddColumn("sender")
                    .AddColumn("about")
                    .AddColumn("opened");
                foreach (var page in pages)
                    table.AddRow(
                        $"/s/{page.Id}",
                        page.Sender.EscapeMarkup(),
                        (page.Topics.IsEmpty ? "everything" : string.Join(", ", page.Topics)).EscapeMarkup(),
                        $"{page.Signature.On:d MMM yyyy} by {page.Signature.By}".EscapeMarkup()
                    );
                AnsiConsole.Write(table);
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Close()
    {
        var (page, data, keys, by) = (PageName(), StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var command = new Command(
            "close",
            "Close a page: it takes no more sign-ups, and links in confirmation mails already sent no longer confirm."
        )
        {
            page,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                return await Of(store).CloseAsync(parsed.GetValue(page)!, Actor.Runner(parsed.GetValue(by)!), cancellation)
                    ? ExitCode.Done
                    : CommandFailures.NotDone($"no page {parsed.GetValue(page)} is open");
            }
        );
        return command;
    }

    static Command Look()
    {
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var sender = new Argument<string>("sender") { Description = "the sender whose public pages to set" };
        var colour = new Option<string?>("--colour") { Description = "#rrggbb, for buttons and links where it can be read" };
        var logo = new Option<FileInfo?>("--logo") { Description = $"PNG, JPEG or WebP of at most {PageLook.GreatestLogo} bytes" };
        var command = new Command("look", "Set how a sender's public pages look; without options, they look as MaySend makes them.")
        {
            sender,
            colour,
            logo,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var (name, chosen, file) = (parsed.GetValue(sender)!, parsed.GetValue(colour), parsed.GetValue(logo));
                if (!(await store.Evidence.ControllerAsync(cancellation: cancellation)).Senders.ContainsKey(name))
                    throw new BadInputException(new Place("sender"), $"`{name}` is not a sender on record", "the id of a sender");
                byte[] picture = file is null ? [] : await File.ReadAllBytesAsync(file.FullName, cancellation);
                try
                {
                    await Of(store).LookAsync(name, chosen, picture, Actor.Runner(parsed.GetValue(by)!), cancellation);
                }
                catch (ArgumentException fault)
                {
                    throw new BadInputException(new Place(name), fault.Message.Split(" (Parameter")[0]);
                }
                if (chosen is not null)
                    Console.WriteLine(
                        (PageLook.FitsLight(chosen), PageLook.FitsDark(chosen)) switch
                        {
                            (true, true) => "the colour is used on light and dark pages",
                            (true, false) => "the colour is used on light pages; on dark ones it could not be read",
                            (false, true) => "the colour is used on dark pages; on light ones it could not be read",
                            _ => "the colour could not be read on the pages, and is not used",
                        }
                    );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static SignUpPages Of(OpenStore store) => new(store.Evidence, new ServerRecords(store.Evidence));

    static Argument<string> PageName() => new("page") { Description = "its name in the address: a-z, 0-9 and hyphen" };

    static Option<string?> PublicUrl() => new("--public-url") { Description = "the address at which recipients reach the server" };
}
