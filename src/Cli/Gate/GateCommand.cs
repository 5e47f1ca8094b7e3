using System.CommandLine;
using MaySend.Cli.Commands;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Store;
using MaySend.Gate.Hosting;
using MaySend.Law.Files;
using MaySend.Reading;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace MaySend.Cli.Gate;

/// <summary><c>maysend gate</c>: stands where mail leaves, asks about every recipient, and hands on what may go.</summary>
static class GateCommand
{
    public static Command Make()
    {
        var where = new GateWhere();
        var command = new Command("gate", "Run the gate where mail leaves: ask about every recipient, and hand on only what may be sent.")
        {
            where.Config,
            where.Data,
            where.Postgres,
            where.Law,
            Password(),
            HeldCommand.Make(),
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await where.OpenAsync(parsed);
                await using var gate = where.Build(parsed, store);
                await gate.StartAsync(cancellation);
                Console.WriteLine($"the gate listens on {Addresses(gate)}");
                await gate.WaitForShutdownAsync(cancellation);
                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>Where a running gate listens.</summary>
    public static string Addresses(WebApplication gate) =>
        string.Join(" ", gate.Urls.Select(url => url.Replace("http://", "", StringComparison.Ordinal)));

    static Command Password()
    {
        var command = new Command("password", "Read a password from standard input and print the line that gate.yaml keeps of it.");
        command.SetAction(_ =>
        {
            if (!Console.IsInputRedirected)
                Console.Error.Write("password (shown as you type): ");
            var password = Console.In.ReadLine() ?? "";
            if (password.Length < 12)
            {
                Console.Error.WriteLine("a password needs at least 12 characters");
                return ExitCode.BadInput;
            }
            Console.WriteLine(GateHost.HashOf(password));
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>Where a gate's configuration, store and law are: the options that its commands share.</summary>
sealed class GateWhere
{
    public Option<string> Config { get; } =
        new("--config")
        {
            Description = "the gate's configuration",
            DefaultValueFactory = _ => "gate.yaml",
            HelpName = "FILE",
        };

    public Option<string> Data { get; } =
        new("--data")
        {
            Description = "folder of the store, its keys and the spool",
            DefaultValueFactory = _ => EvidenceStores.DefaultFolder,
            HelpName = "DIR",
        };

    public Option<string?> Postgres { get; } =
        new("--postgres")
        {
            Description = "a PostgreSQL connection (postgres://... or Host=...); keys and spool stay in --data",
            HelpName = "CONNECTION",
        };

    public Option<string?> Law { get; } = Inputs.LawFolder();

    public async Task<EvidenceStore> OpenAsync(ParseResult parsed) => await EvidenceStores.OpenAsync(Location(parsed), KeyFile(parsed));

    public WebApplication Build(ParseResult parsed, EvidenceStore store)
    {
        var folder = parsed.GetValue(Law) ?? Home.Law;
        var book = Home.ReadLaw(folder);
        new LawArchive(Path.Combine(EvidenceStores.FolderBeside(Location(parsed), KeyFile(parsed)), LawArchive.Name)).Keep(
            folder,
            book.Digest
        );
        OwnerOnly.ForThisProcess();
        return GateHost.Build(new GateSettings { ConfigFile = parsed.GetValue(Config)!, DataFolder = parsed.GetValue(Data)! }, store, book);
    }

    string Location(ParseResult parsed) => parsed.GetValue(Postgres) ?? parsed.GetValue(Data)!;

    string KeyFile(ParseResult parsed) => Path.Combine(parsed.GetValue(Data)!, EvidenceStores.KeyFileName);
}
