using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Records;
using MaySend.Records.Assessing;
using MaySend.Records.Attaching;
using MaySend.Records.Auditing;
using MaySend.Records.Imports;
using MaySend.Records.Inbound;
using MaySend.Records.Keys;
using MaySend.Records.Requests;
using MaySend.Records.SignUps;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

/// <summary>A console on which much waits, has gone wrong and was decided: what an empty page never shows.</summary>
public sealed class PopulatedConsole : IAsyncLifetime
{
    static readonly Address Anna = Address.Read("anna@example.com").Required();
    static readonly Actor SetUp = Actor.Runner("set-up");
    static readonly Actor Vera = new("vera", Rights.Record | Rights.Campaign);

    /// <summary>The console itself.</summary>
    internal OwnConsole Own { get; private set; } = null!;

    /// <summary>The pages of what has a page of its own.</summary>
    public Dictionary<string, string> Pages { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Own = await OwnConsole.StartAsync();
        await DescribeAsync();
        await PeopleAsync();
        await ImportsAsync();
        var inbox = Own.Services.GetRequiredService<Inbox>();
        for (var number = 0; number < 23; number++)
            await inbox.KeepAsync(
                new Arrival($"m{number}", "sms", "message", "may be a request", new ArrivedText("+441632960001", "stop?"), MayBeStop: true),
                SetUp.AsSystem(),
                default
            );
        await inbox.ProposeAsync("sms", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, "nothing", "a test of ours", SetUp);
        await File.WriteAllTextAsync(Path.Combine(Own.Data, "inbound.json"), """{"mailgun": {"secret": "a secret of theirs"}}""");
        Own.Services.GetRequiredService<HookCalls>().Count("mailgun", new IntakeCounts(3, 0, 0, 1, 0), ["event 2: no address"]);
        Own.Services.GetRequiredService<UnprovedCalls>().Count("mailgun");
        var records = Own.Services.GetRequiredService<ServerRecords>();
        foreach (var name in new[] { "web shop", "warehouse with a rather long name for a key" })
            await records.AddAsync(ApiKey.Create(name, [ApiScopes.Decide, ApiScopes.Record]).Kept, SetUp);
        await AssessmentAsync();
        await AuditAsync();
        await Own.Store.Ledger.CheckpointAsync();
    }

    /// <summary>A draft with a remark, a settled remark and an attachment.</summary>
    async Task AssessmentAsync()
    {
        var draft = await Own
            .Services.GetRequiredService<AssessmentDesk>()
            .BeginAsync(AssessmentDesk.Blank("Email to customers about our own products", null), Vera);
        var id = draft.Document.VersionId;
        var remarks = Own.Services.GetRequiredService<AssessmentComments>();
        await remarks.AddAsync(id, "own-benefit", "Who says so? The report of last year says otherwise.", "0123456789abcde1", SetUp);
        await remarks.AddAsync(id, "scope", "Are there no texts?", "0123456789abcde2", SetUp);
        await remarks.SettleAsync("comment-0123456789abcde2", Vera);
        await Own
            .Services.GetRequiredService<Attachments>()
            .AttachAsync(
                Attachments.ToAssessment(id),
                "what customers told us in a survey of the spring.pdf",
                Encoding.UTF8.GetBytes("%PDF-1.7"),
                Vera
            );
        Pages["assessment"] = $"/console/assessments/{id}";
    }

    /// <summary>Somebody looked at many, and somebody was refused.</summary>
    async Task AuditAsync()
    {
        var trail = Own.Services.GetRequiredService<AuditTrail>();
        var anna = (await Own.Store.FindAsync(Anna)).Contact!.Value;
        await trail.ShownAsync("dora", Doors.Console, Viewed.Person, [anna], from: "192.0.2.7");
        await trail.ShownAsync("crm (key 0123456789abcdef)", Doors.Api, Viewed.Copy, [anna], from: "2001:db8::7");
        await trail.ShownAsync(
            "dora",
            Doors.Console,
            Viewed.ListFile,
            Enumerable.Range(0, 40).Select(_ => ContactId.New()),
            about: "people",
            from: "192.0.2.7"
        );
        await trail.DeniedAsync("vera", Doors.Console, "GET /console/people/{Id}", "192.0.2.8");
    }

    async Task DescribeAsync()
    {
        await Own.Store.RecordAsync(
            [
                new SenderDeclared("shop")
                {
                    Name = "Harbour Gifts and Nautical Antiques (Holdings) Ltd",
                    Establishment = "gb",
                    Brands = NameSet.Of("Harbour Gifts", "Quay Books"),
                    Topics = NameSet.Of("offers", "news"),
                },
                new TemplateVersion("newsletter@2026-01-01", "newsletter")
                {
                    Sender = "shop",
                    Channel = "email",
                    From = new DateOnly(2026, 1, 1),
                    RefusalOffered = true,
                    Signature = new Signature("dora", new DateOnly(2026, 1, 2), "from the archive"),
                },
                new CollectionPointVersion("till@2026-01-01", "till")
                {
                    From = new DateOnly(2026, 1, 1),
                    Shown = new Shown(),
                    Boxes = [new Box("news", BoxKind.OptIn) { Channels = NameSet.Of("email"), Wording = "Our news by email" }],
                    Wording = "May we write to you about our own offers?",
                    Signature = new Signature("dora", new DateOnly(2026, 1, 2), "seen there"),
                },
                new ProductMapSigned(
                    "spring",
                    [
                        .. new[] { ("lanterns", "light"), ("candles", "light"), ("ropes", "deck") }.SelectMany(
                            (family, at) =>
                                Enumerable
                                    .Range(1, 3 - at)
                                    .Select(number => new MappedProduct($"{family.Item1}-{number}", family.Item1, family.Item2))
                        ),
                    ],
                    new Signature("dora", new DateOnly(2026, 1, 2), "what customers expect to hear about")
                ),
                new StatementSigned("refusals-complete-shop-2026-01-01", "shop", StatementKind.RefusalsComplete)
                {
                    Answer = true,
                    Since = new DateOnly(2026, 1, 1),
                    Signature = new Signature("dora", new DateOnly(2026, 1, 2), "the log has been checked"),
                },
                .. Enumerable
                    .Range(1, 25)
                    .Select(number => new Campaign($"mailing-{number:00}", "shop", "email", new DateOnly(2027, 1, number))
                    {
                        Topics = ["offers"],
                    })
                    .Select(campaign => new CampaignRegistered(campaign.Digest, campaign)),
            ],
            SetUp
        );
        // Others, who may not sign: it waits.
        await Own.Store.RecordAsync(
            new TemplateVersion("newsletter@2026-06-01", "newsletter")
            {
                Sender = "shop",
                Channel = "email",
                From = new DateOnly(2026, 6, 1),
                RefusalOffered = false,
            },
            Vera
        );
        await Own.Store.RecordAsync(new ProductMapSigned("autumn", [new MappedProduct("lanterns-1", "lanterns", "light")]), Vera);
        await Own.Store.RecordAsync(
            new StatementSigned("s2", "shop", StatementKind.OffersToChildren) { Answer = false, Since = new(2026, 1, 1) },
            Vera
        );
        await new RefusedDomains(Own.Store).RefuseAsync("firm.example", "letter", SetUp, default);
        await Own
            .Services.GetRequiredService<SignUpPages>()
            .OpenAsync(
                new SignUpPageOpened("news", "shop", ["offers"], null, new Signature("dora", new DateOnly(2026, 1, 2), "agreed in May")),
                SetUp
            );
    }

    async Task PeopleAsync()
    {
        await Own.Store.RecordAsync(
            Anna,
            new ConsentAnswered(When.Of(new DateOnly(2026, 6, 9)), "page 1")
            {
                To = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = NameSet.Everything,
                Act = "unticked-box",
                ServedHere = true,
            },
            SetUp.AsSystem()
        );
        var requests = new RightsRequests(Own.Store, new ServerRecords(Own.Store));
        await requests.PutDownAsync(Anna, "early", "objection", "No more of this, please.", new DateOnly(2026, 5, 1), SetUp);
        for (var number = 0; number < 22; number++)
        {
            await requests.PutDownAsync(Anna, $"letter-{number}", "access", "What do you hold?", new DateOnly(2026, 7, 1), SetUp);
            if (number > 0)
                await requests.AnswerAsync($"letter-{number}", "done", "letter of that day", SetUp);
        }
        Pages["request"] = "/console/requests/early";
        Pages["person"] = $"/console/people/{(await Own.Store.FindAsync(Anna)).Contact}";
    }

    async Task ImportsAsync()
    {
        var (staged, runs) = (Own.Services.GetRequiredService<StagedImports>(), Own.Services.GetRequiredService<ImportRuns>());
        var options = new ImportOptions { Format = "refusals", FileIs = NamedFile.OptOuts };
        var stops = await TakeAsync(staged, "stops-may.csv", "address,id,when,senders\ncleo@example.com,r1,2026-05-02,\n");
        var looked = runs.Look(stops, "x", options, TimeSpan.FromHours(1));
        await runs.WaitAsync(looked, TimeSpan.FromMinutes(1));
        await runs.WaitAsync(runs.Record(stops, "x", options, looked.Plan!.Summary, SetUp)!, TimeSpan.FromMinutes(1));
        var taking = Own.Services.GetRequiredService<TakingBack>();
        await taking.ProposeAsync((await taking.AllAsync())[0].Import.Id, "the wrong list", SetUp);
        var asked = await TakeAsync(
            staged,
            "people.csv",
            "address,country,Newsletter state\nanna@example.com,gb,active\ncleo@example.com,gb,unsubscribed\n"
        );
        staged.Choose(asked, asked.Choices.SetItem("format", "contacts"));
        Pages["import"] = $"/console/imports/{asked.Id}";
    }

    static async Task<StagedImport> TakeAsync(StagedImports staged, string name, string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return (await staged.TakeAsync(stream, name, Role.DataProtectionOfficer))!;
    }

    public ValueTask DisposeAsync() => Own.DisposeAsync();
}
