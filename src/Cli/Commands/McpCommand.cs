using System.CommandLine;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Store;
using MaySend.Mcp;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Inbound;
using MaySend.Records.Keys;
using MaySend.Records.Links;
using MaySend.Records.OptOuts;
using MaySend.Records.Screenings;
using MaySend.Screening.Runs;
using MaySend.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend mcp</c>: an assistant on this machine asks over standard input and output (Model Context Protocol).</summary>
static class McpCommand
{
    /// <summary>What the command was given.</summary>
    sealed record Given(string Data, string? Postgres, string? Law, Uri? PublicUrl, bool MayRecordObjections, string By)
    {
        public string Location => Postgres ?? Data;

        public string KeyFile => Path.Combine(Data, EvidenceStores.KeyFileName);
    }

    public static Command Make()
    {
        var data = new Option<string>("--data")
        {
            Description = "folder of the store, its keys and the spool",
            DefaultValueFactory = _ => EvidenceStores.DefaultFolder,
            HelpName = "DIR",
        };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "a PostgreSQL connection (postgres://... or Host=...); keys and spool stay in --data",
            HelpName = "CONNECTION",
        };
        var publicUrl = new Option<string?>("--public-url")
        {
            Description = "the address at which recipients reach the opt-out pages of your server; if left out, no link is made",
        };
        var objections = new Option<bool>("--may-record-objections")
        {
            Description = "let the assistant record that somebody objected; it cannot take that back",
        };
        var (law, by) = (Inputs.LawFolder(), StoreOptions.By());
        var command = new Command("mcp", "Let an assistant on this machine ask MaySend, over standard input and output.")
        {
            data,
            postgres,
            publicUrl,
            objections,
            law,
            by,
        };
        command.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    new(
                        parsed.GetValue(data)!,
                        parsed.GetValue(postgres),
                        parsed.GetValue(law),
                        ServeCommand.Public(parsed.GetValue(publicUrl)),
                        parsed.GetValue(objections),
                        parsed.GetValue(by)!
                    ),
                    cancellation
                )
        );
        return command;
    }

    static async Task<int> RunAsync(Given given, CancellationToken cancellation)
    {
        var law = Home.ReadLaw(given.Law);
        await using var store = await EvidenceStores.OpenAsync(given.Location, given.KeyFile);
        var folder = EvidenceStores.FolderBeside(given.Location, given.KeyFile);
        new LawArchive(Path.Combine(folder, LawArchive.Name)).Keep(given.Law ?? Home.Law, law.Digest);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // Standard output is the protocol's alone.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        // It prints the exception of a tool with its message, and that may quote what was asked.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.None);
        builder
            .Services.AddSingleton(new RecordsOptions { DataFolder = given.Data })
            .AddSingleton(TimeProvider.System)
            .AddSingleton(store)
            .AddSingleton(law)
            .AddSingleton<Decider>()
            .AddSingleton<ServerRecords>()
            .AddSingleton<CampaignsOnRecord>()
            .AddSingleton(services => new Asking(store, services.GetRequiredService<Decider>()))
            .AddSingleton<OptOutRegister>()
            .AddSingleton<OptOutKeys>()
            .AddHostedService(services => services.GetRequiredService<OptOutKeys>())
            .AddSingleton<OptOutStamp>()
            .AddSingleton<InboundHooks>()
            .AddSingleton<MessageLinks>()
            .AddSingleton<ScreeningRuns>()
            .AddHostedService<ScreeningWorker>();
        builder.Services.AddMcpServer().WithStdioServerTransport();
        builder
            .Services.AddOptions<McpServerOptions>()
            .Configure<IServiceProvider>((options, services) => AssistantTools.Offer(options, services, CallerOf(given)));
        using var host = builder.Build();
        var register = host.Services.GetRequiredService<OptOutRegister>();
        await host.Services.GetRequiredService<ServerRecords>().ReadAsync(cancellation);
        await store.ControllerAsync(cancellation: cancellation);
        WaitingOptOuts.Attach(store, register, given.Data);
        await host.RunAsync(cancellation);
        return ExitCode.Done;
    }

    /// <summary>Whoever runs the command may sign; their assistant may not, and records nothing unless it was said that it may.</summary>
    static Caller CallerOf(Given given) =>
        new(
            new Actor($"{given.By}'s assistant", given.MayRecordObjections ? Rights.Record : Rights.None),
            given.MayRecordObjections ? [ApiScopes.Decide, ApiScopes.Read, ApiScopes.Objection] : [ApiScopes.Decide, ApiScopes.Read],
            given.PublicUrl
        );
}
