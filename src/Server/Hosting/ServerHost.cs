using MaySend.Console;
using MaySend.Console.Access;
using MaySend.Console.Hosting;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Store;
using MaySend.Law.Provisions;
using MaySend.OptOut;
using MaySend.Records;
using MaySend.Records.Assessing;
using MaySend.Records.Attaching;
using MaySend.Records.Auditing;
using MaySend.Records.Inbound;
using MaySend.Records.Keys;
using MaySend.Records.Links;
using MaySend.Records.OptOuts;
using MaySend.Records.Screenings;
using MaySend.Records.Start;
using MaySend.Records.Walking;
using MaySend.Server.Api;
using MaySend.Server.Api.Controller;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using MaySend.Stores;
using MaySend.Stores.Checkpoints;

namespace MaySend.Server.Hosting;

/// <summary>The server: a decision API, webhooks in, and the public opt-out pages, on one store.</summary>
public static class ServerHost
{
    /// <summary>
    /// Puts the server together; the caller runs it. The store stays the caller's to close, after the server has stopped.
    /// </summary>
    /// <param name="options">Where things are.</param>
    /// <param name="store">The store, opened.</param>
    /// <param name="law">The law on file.</param>
    /// <exception cref="IOException">The law could not be put into the archive beside the store, so nothing may be decided by
    /// it.</exception>
    public static WebApplication Build(ServerOptions options, EvidenceStore store, LawBook law)
    {
        var archive = new LawArchive(Path.Combine(EvidenceStores.FolderBeside(options.Location, options.KeyFile), LawArchive.Name));
        archive.Keep(options.LawFolder, law.Digest);
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddListening(options);
        builder.AddQuietLogs();
        builder.AddTelemetry();
        builder.AddProblems();
        builder.AddApiKeys(options);
        builder.AddAssistants(options);
        builder.AddDescription(question: nameof(DecisionAsked));
        builder
            .Services.AddSingleton(options)
            .AddSingleton(options.Records)
            .AddSingleton(options.Clock)
            .AddSingleton(store)
            .AddSingleton(law)
            .AddSingleton(archive)
            .AddSingleton(_ => new AuditTrail(options.DataFolder, options.Clock))
            .AddSingleton<IndexWalk>()
            .AddHostedService(services => services.GetRequiredService<IndexWalk>())
            .AddSingleton<Hindrance>()
            .AddSingleton(Leaving(options))
            .AddSingleton<CheckpointsLeaving>()
            .AddHostedService(services => services.GetRequiredService<CheckpointsLeaving>())
            .AddSingleton<Readiness>()
            .AddSingleton<StoreWatch>()
            .AddHostedService(services => services.GetRequiredService<StoreWatch>());
        builder
            .Services.AddSingleton<Decider>()
            .AddSingleton<Explainer>()
            .AddSingleton<ServerRecords>()
            .AddSingleton<KeyUses>()
            .AddHostedService(services => services.GetRequiredService<KeyUses>())
            .AddSingleton<CampaignsOnRecord>()
            .AddSingleton<Asking>(services =>
                new(
                    services.GetRequiredService<EvidenceStore>(),
                    services.GetRequiredService<Decider>(),
                    () => services.GetRequiredService<Hindrance>().Now
                )
            )
            .AddSingleton<Answers>();
        builder.AddOptOut();
        builder
            .Services.AddSingleton<Inbox>()
            .AddSingleton<InboundHooks>()
            .AddSingleton<InboundDesk>()
            .AddSingleton<MessageLinks>()
            .AddSingleton<SignalIntake>()
            .AddSingleton<MailIntake>()
            .AddSingleton<UnprovedCalls>()
            .AddSingleton<HookCalls>()
            .AddSingleton<PlatformCalls>()
            .AddSingleton<SealedTags>()
            .AddHostedService<InboxUpkeep>()
            .AddSingleton<MailboxUpkeep>()
            .AddHostedService(services => services.GetRequiredService<MailboxUpkeep>())
            .AddSingleton<AssessmentDesk>()
            .AddSingleton<AssessmentComments>()
            .AddSingleton<ReviewReminders>()
            .AddHostedService(services => services.GetRequiredService<ReviewReminders>())
            .AddSingleton(services => new Attachments(services.GetRequiredService<ServerRecords>(), options.Clock, options.DataFolder));
        builder.Services.AddSingleton<Interviews>().AddSingleton<ScreeningRuns>().AddHostedService<ScreeningWorker>();
        builder.AddConsole(
            new ConsoleOptions
            {
                DataFolder = options.DataFolder,
                Store = options.Location,
                KeyFile = options.KeyFile,
                LawFolder = options.LawFolder,
                SecondFactor = options.SecondFactor,
                Provider = options.Oidc is null ? null : ProviderFile.Read(options.Oidc),
            }
        );

        var app = builder.Build();
        app.Services.GetRequiredService<InboundHooks>().CheckAsync().GetAwaiter().GetResult();
        var screenings = app.Services.GetRequiredService<ScreeningRuns>();
        var interviews = app.Services.GetRequiredService<Interviews>();
        var checkpoints = app.Services.GetRequiredService<CheckpointsLeaving>();
        store.Forgetting = addresses =>
        {
            screenings.Forget(addresses);
            interviews.Forget(addresses);
            checkpoints.Soon();
        };
        app.UseMiddleware<DenialNotes>();
        app.UseSecureHeaders(options);
        app.UseProblems();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseQueryCheck();
        app.MapHealth();
        app.MapDescription();
        app.MapOptOut();
        app.MapApi();
        app.MapAssistants(options);
        app.MapConsole();
        app.MapGet("/", () => Results.Redirect("/console")).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    static LeavingCheckpoints Leaving(ServerOptions options)
    {
        var folder = EvidenceStores.FolderBeside(options.Location, options.KeyFile);
        return new(CheckpointPlaces.Read(folder), folder, options.Clock);
    }

    static void MapApi(this WebApplication app)
    {
        app.MapDecisions();
        app.MapEvidence();
        app.MapRefusals();
        app.MapCampaigns();
        app.MapSenders();
        app.MapCollectionPoints();
        app.MapTemplates();
        app.MapProductMap();
        app.MapStatements();
        app.MapAssessments();
        app.MapAssessmentRemarks();
        app.MapPolicy();
        app.MapScreenings();
        app.MapLaw();
        app.MapLedger();
        app.MapPeople();
        app.MapKeys();
        app.MapOptOutLinks();
        app.MapSignUpPages();
        app.MapRightsRequests();
        app.MapImports();
        app.MapDomains();
        app.MapInbound();
        app.MapInboundSettings();
        app.MapInbox();
        app.MapMail();
    }
}
