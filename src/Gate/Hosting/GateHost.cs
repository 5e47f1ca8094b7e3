using System.Net;
using MaySend.Decisions;
using MaySend.Evidence.Store;
using MaySend.Gate.Configuration;
using MaySend.Gate.Delivery;
using MaySend.Gate.Doors;
using MaySend.Gate.Messages;
using MaySend.Gate.Policy;
using MaySend.Gate.Protocol;
using MaySend.Gate.Rulings;
using MaySend.Law.Provisions;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.OptOuts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace MaySend.Gate.Hosting;

/// <summary>The gate: doors for mail on Kestrel, each recipient asked about, and what may go handed on.</summary>
public static class GateHost
{
    /// <summary>What is beyond this is hung up on, and comes back: mail servers do.</summary>
    const int GreatestConnections = 1000;

    /// <summary>
    /// Puts the gate together; the caller runs it, and has put the law into the archive beside the store. The store stays the caller's to
    /// close, after the gate has stopped.
    /// </summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="store">The store, opened.</param>
    /// <param name="law">The law on file.</param>
    /// <exception cref="BadInputException">The configuration cannot be used; all that is wrong is said at once.</exception>
    public static WebApplication Build(GateSettings settings, EvidenceStore store, LawBook law)
    {
        var options = GateFile.Read(settings.ConfigFile, settings.Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("MaySend", LogLevel.Information);
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters.Name).AddOtlpExporter());
        builder
            .Services.AddSingleton(settings.Clock)
            .AddSingleton(new RecordsOptions { DataFolder = settings.DataFolder })
            .AddSingleton(store)
            .AddSingleton(law)
            .AddSingleton<ServerRecords>()
            .AddSingleton<CampaignsOnRecord>()
            .AddSingleton<OptOutRegister>()
            .AddSingleton<Decider>()
            .AddSingleton<OptOutKeys>()
            .AddHostedService(services => services.GetRequiredService<OptOutKeys>());
        builder.AddRulings(settings, options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = GreatestConnections;
            foreach (var door in options.Doors)
            {
                void Serve(ListenOptions listen) =>
                    listen.Run(connection => listen.ApplicationServices.GetRequiredService<GateConnections>().ServeAsync(door, connection));
                if (door.SocketPath is { } path)
                    kestrel.ListenUnixSocket(path, Serve);
                else
                    kestrel.Listen((IPEndPoint)door.Listen, Serve);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        var app = builder.Build();
        if (!settings.IsBesidePages)
            WaitingOptOuts.Attach(store, app.Services.GetRequiredService<OptOutRegister>(), settings.DataFolder);
        return app;
    }

    /// <summary>Messages that were set aside by a gate with this data folder.</summary>
    public static HeldMail Held(string dataFolder, TimeProvider clock) =>
        new(Path.Combine(dataFolder, "gate-held"), clock, TimeSpan.FromDays(30));

    /// <summary>
    /// Asks once more about a message that was set aside, and hands it on if it may go now. The answer is the reply that a mail server
    /// would get; the message is let go once the next hop has it.
    /// </summary>
    /// <param name="gate">A gate that was put together, running or not.</param>
    /// <param name="id">Which message.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The reply, and whether the message went; null when there is none of that id.</returns>
    public static async Task<(string Reply, bool Went)?> ReleaseAsync(WebApplication gate, string id, CancellationToken cancellation)
    {
        var services = gate.Services;
        var held = services.GetRequiredService<HeldMail>();
        if (held.List().FirstOrDefault(message => message.Id == id) is not { } message || held.Octets(id) is not { } octets)
            return null;
        if (services.GetRequiredService<GateOptions>().Credentials.GetValueOrDefault(message.Credential) is not { } credential)
            return ($"550 5.7.1 the credential `{message.Credential}` is no longer in the configuration", false);
        var envelope = new SmtpEnvelope(message.From, [message.Recipient]);
        var asRefused = credential with { WhenRefused = WhenRefused.Refuse };
        var reply = (await services.GetRequiredService<Intake>().TakeAsync(envelope, octets, asRefused, cancellation))[0];
        if (reply.IsPositive)
            held.Forget(id);
        return (System.Text.Encoding.ASCII.GetString(reply.ToBytes()).TrimEnd(), reply.IsPositive);
    }

    /// <summary>The line that <c>gate.yaml</c> keeps of a password.</summary>
    public static string HashOf(string password) => GateCredentials.Hash(password);

    static void AddRulings(this WebApplicationBuilder builder, GateSettings settings, GateOptions options)
    {
        var services = builder.Services;
        services
            .AddSingleton(options)
            .AddSingleton(Held(settings.DataFolder, settings.Clock))
            .AddSingleton<GateCounts>()
            .AddSingleton<SentLog>()
            .AddHostedService(provider => provider.GetRequiredService<SentLog>())
            .AddHostedService<HeldUpkeep>()
            .AddHostedService<DoorSockets>()
            .AddSingleton<RecipientRulings>()
            .AddSingleton<GateConnections>();
        if (!settings.IsBesidePages && options.Check is { } check)
            services
                .AddSingleton(provider => new OptOutPagesWatch(
                    check,
                    settings.Clock,
                    provider.GetRequiredService<ILogger<OptOutPagesWatch>>()
                ))
                .AddHostedService(provider => provider.GetRequiredService<OptOutPagesWatch>());
        services
            .AddSingleton<DecisionLog>()
            .AddSingleton(provider => new Asking(
                provider.GetRequiredService<EvidenceStore>(),
                provider.GetRequiredService<Decider>(),
                provider.GetService<OptOutPagesWatch>() is { } watch ? () => watch.Hindrance : settings.Hindrance
            ))
            .AddSingleton<GateAsking>();
        services
            .AddSingleton<OptOutStamp>()
            .AddSingleton<OptOutTokens>()
            .AddSingleton(provider => new OptOutFields(
                provider.GetRequiredService<OptOutStamp>(),
                provider.GetRequiredService<OptOutTokens>(),
                options.PublicUrl
            ));
        services.AddSingleton(provider => new PolicyFilter(
            options.Policies,
            provider.GetRequiredService<RecipientRulings>(),
            provider.GetRequiredService<GateCounts>()
        ));
        services.AddSingleton(_ => new NextHop(options.NextHop ?? new() { Host = "", Port = 0 }, settings.Clock));
        services.AddSingleton(provider => new Intake(
            provider.GetRequiredService<RecipientRulings>(),
            provider.GetRequiredService<OptOutFields>(),
            provider.GetRequiredService<NextHop>(),
            options.Signer,
            new Trace(options.Hostname, settings.Clock),
            provider.GetRequiredService<HeldMail>(),
            provider.GetRequiredService<GateCounts>()
        ));
    }
}
