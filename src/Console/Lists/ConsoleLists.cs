using MaySend.Console.Access;
using MaySend.Console.Assessing;
using MaySend.Console.Evidence;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Cases;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Assessing;
using MaySend.Records.Requests;

namespace MaySend.Console.Lists;

/// <summary>Every list of the console that grows, with its columns.</summary>
static partial class ConsoleLists
{
    static IReadOnlyList<IGrowingList> All =>
        [
            Campaigns,
            OptOuts,
            Screenings,
            People,
            Cases,
            Provisions,
            Imports,
            Inbox,
            OpenRequests,
            AnsweredRequests,
            Checkpoints,
            Entries,
            Webhooks,
            Points,
            Templates,
            OpenAssessments,
            AssessmentsReliedOn,
            Products,
            PastAssessments,
            SignIns,
            Viewings,
            Screened,
        ];

    /// <summary>Maps the file of each list.</summary>
    public static void Map(WebApplication app)
    {
        foreach (var list in All)
            app.MapGet($"{ConsoleOptions.Root}/lists/{list.Id}.csv", list.WriteAsync)
                .RequireAuthorization(list.Permit)
                .ExcludeFromDescription();
    }

    /// <summary>The day by which a request is to be answered.</summary>
    public static DateOnly Due(RightsRequest one) => RequestClock.All[one.Received.Right].Due(one.Received.At);

    /// <summary>The product map in force today, as it was signed; null where none is.</summary>
    public static async ValueTask<ProductMapSigned?> MapInForceAsync(EvidenceStore store)
    {
        var id = (await store.ControllerAsync()).MapOn(DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime))?.Id;
        return id is null
            ? null
            : (await store.ControllerEntriesAsync())
                .Select(one => one.Entry)
                .OfType<ProductMapSigned>()
                .LastOrDefault(map => map.Id == id && map.Signature is { IsWhole: true });
    }

    static GrowingList<ListedAssessment> Assessments(
        string name,
        string what,
        Func<IReadOnlyList<ListedAssessment>, IEnumerable<ListedAssessment>> which
    ) =>
        new(
            $"assessments-{name}",
            what,
            Permit.ReadEvidence,
            async http =>
            {
                var (desk, store) = (Get<AssessmentDesk>(http), Get<EvidenceStore>(http));
                return [.. which(ListedAssessment.All(await desk.AllAsync(), await store.ControllerAsync(), desk.Today))];
            },
            [
                new("id", "Assessment", one => one.Id),
                new("title", "Title", one => one.Title),
                new("state", "State", one => one.Standing.Word),
                new("due", "Review due", one => one.ReviewDue),
            ]
        )
        {
            Name = name,
            Size = 10,
        };

    static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    static T Get<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();
}
