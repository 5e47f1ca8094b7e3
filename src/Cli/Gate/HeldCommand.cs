using System.CommandLine;
using System.Globalization;
using MaySend.Gate.Hosting;
using MaySend.Reading;
using MaySend.Stores;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace MaySend.Cli.Gate;

/// <summary><c>maysend gate held</c>: messages that the gate took and set aside.</summary>
static class HeldCommand
{
    public static Command Make() =>
        new("held", "Messages that the gate accepted and set aside; it deletes each after 30 days.")
        {
            List(),
            Show(),
            Release(),
            Forget(),
        };

    static Command List()
    {
        var data = Data();
        var command = new Command("list", "List what is set aside, oldest first.") { data };
        command.SetAction(parsed =>
        {
            var table = new Table()
                .Border(TableBorder.Simple)
                .AddColumn("id")
                .AddColumn("since")
                .AddColumn("credential")
                .AddColumn("recipient")
                .AddColumn("why");
            var all = GateHost.Held(parsed.GetValue(data)!, TimeProvider.System).List();
            foreach (var message in all)
                table.AddRow(
                    message.Id,
                    message.At.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture),
                    message.Credential.EscapeMarkup(),
                    message.Recipient.EscapeMarkup(),
                    $"{message.Verdict}: {message.Reason}".EscapeMarkup()
                );
            AnsiConsole.Write(table);
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{Amount.Of(all.Count, "message is", "messages are")} set aside")
            );
            return ExitCode.Done;
        });
        return command;
    }

    static Command Show()
    {
        var (id, data) = (Id(), Data());
        var command = new Command("show", "Print the message itself, as it came.") { id, data };
        command.SetAction(parsed =>
        {
            var octets =
                GateHost.Held(parsed.GetValue(data)!, TimeProvider.System).Octets(parsed.GetValue(id)!) ?? throw None(parsed.GetValue(id)!);
            using var output = Console.OpenStandardOutput();
            output.Write(octets);
            return ExitCode.Done;
        });
        return command;
    }

    static Command Release()
    {
        var (id, where) = (Id(), new GateWhere());
        var command = new Command("release", "Ask again, and hand the message on if it may go now.")
        {
            id,
            where.Config,
            where.Data,
            where.Postgres,
            where.Law,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await where.OpenAsync(parsed);
                await using var gate = where.Build(parsed, store);
                if (await GateHost.ReleaseAsync(gate, parsed.GetValue(id)!, cancellation) is not { } released)
                    throw None(parsed.GetValue(id)!);
                Console.WriteLine(released.Reply);
                return released.Went ? ExitCode.Done : ExitCode.CheckFailed;
            }
        );
        return command;
    }

    static Command Forget()
    {
        var (id, data) = (Id(), Data());
        var command = new Command("forget", "Delete a message that was set aside.") { id, data };
        command.SetAction(parsed =>
            GateHost.Held(parsed.GetValue(data)!, TimeProvider.System).Forget(parsed.GetValue(id)!)
                ? ExitCode.Done
                : throw None(parsed.GetValue(id)!)
        );
        return command;
    }

    static BadInputException None(string id) =>
        new(new Place("--data"), $"no message `{id}` is set aside here", "`maysend gate held list` names them");

    static Argument<string> Id() => new("id") { Description = "the message's id" };

    static Option<string> Data() =>
        new("--data")
        {
            Description = "the gate's data folder",
            DefaultValueFactory = _ => EvidenceStores.DefaultFolder,
            HelpName = "DIR",
        };
}
