using System.CommandLine;
using MaySend.Cli.Gate;
using MaySend.Gate.Hosting;
using MaySend.Law.Files;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Walking;
using MaySend.Server;
using MaySend.Server.Hosting;
using MaySend.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend serve</c>: the decision API, webhooks in and the opt-out pages.</summary>
static class ServeCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data")
        {
            Description = "folder of the store, its keys and the spool",
            DefaultValueFactory = _ => EvidenceStores.DefaultFolder,
        };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "a PostgreSQL connection (postgres://... or Host=...); keys and spool stay in --data",
        };
        var urls = new Option<string>("--urls")
        {
            Description = "addresses to listen on",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var publicUrl = new Option<string?>("--public-url") { Description = "the address at which recipients reach the opt-out pages" };
        var gate = new Option<string?>("--gate")
        {
            Description = "run the gate as well, with this configuration (docs/operating.md)",
            HelpName = "FILE",
        };
        var spool = new Option<string?>("--spool")
        {
            Description = "a folder, preferably on another disk, for opt-outs that arrive while the store does not accept them",
            HelpName = "DIR",
        };
        var factor = new Option<SecondFactorFor>("--second-factor")
        {
            Description = "who needs a second factor in the console: nobody, signers (people who may sign) or everybody",
            DefaultValueFactory = _ => SecondFactorFor.Nobody,
        };
        var oidc = new Option<string?>("--oidc")
        {
            Description = "let people sign in to the console with the OpenID Connect provider that this file names (docs/console.md)",
            HelpName = "FILE",
        };
        var law = Inputs.LawFolder();
        var command = new Command("serve", "Run the server: the decision API, webhooks in and the opt-out pages.")
        {
            data,
            postgres,
            urls,
            publicUrl,
            gate,
            spool,
            factor,
            oidc,
            law,
        };
        command.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    new ServerOptions
                    {
                        DataFolder = parsed.GetValue(data)!,
                        Postgres = parsed.GetValue(postgres),
                        SpoolFolder = parsed.GetValue(spool),
                        SecondFactor = parsed.GetValue(factor),
                        Oidc = parsed.GetValue(oidc),
                        Urls = parsed.GetValue(urls)!,
                        LawFolder = parsed.GetValue(law) ?? Home.Law,
                        PublicUrl = Public(parsed.GetValue(publicUrl)),
                    },
                    parsed.GetValue(gate),
                    cancellation
                )
        );
        return command;
    }

    static async Task<int> RunAsync(ServerOptions options, string? gateFile, CancellationToken cancellation)
    {
        var book = Home.ReadLaw(options.LawFolder);
        var store = await FirstRun.OpenAsync(options, cancellation);
        await using (store)
        await using (var server = ServerHost.Build(options, store, book))
        {
            await using var gate = gateFile is null
                ? null
                : GateHost.Build(
                    new GateSettings
                    {
                        ConfigFile = gateFile,
                        DataFolder = options.DataFolder,
                        IsBesidePages = true,
                        Hindrance = () => server.Services.GetRequiredService<Hindrance>().Now,
                    },
                    store,
                    book
                );
            await server.StartAsync(cancellation);
            // The pages first: nothing goes out before opt-outs can be taken; and the gate stops before they do.
            if (gate is not null)
                await gate.StartAsync(cancellation);
            if (await FirstRun.KeyAsync(store, cancellation) is { } administrator)
                Console.WriteLine($"administrator's key, shown this once: {administrator}");
            Console.WriteLine($"listening on {string.Join(" ", server.Urls)}   API: {server.Urls.First()}/docs   law {book.Digest.Short}");
            if (gate is not null)
            {
                Console.WriteLine($"the gate listens on {GateCommand.Addresses(gate)}");
                await using var both = server.Lifetime.ApplicationStopping.Register(gate.Lifetime.StopApplication);
                await gate.WaitForShutdownAsync(cancellation);
                server.Lifetime.StopApplication();
            }
            await server.WaitForShutdownAsync(cancellation);
        }
        return ExitCode.Done;
    }

    /// <summary>Reads <c>--public-url</c>; ends the operation when it is no address.</summary>
    public static Uri? Public(string? url) =>
        url is null ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address
        : throw new BadInputException(new Place("--public-url"), $"`{url}` is not an address", "https://mail.example.com");
}
