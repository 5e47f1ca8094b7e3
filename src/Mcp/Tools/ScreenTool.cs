using System.ComponentModel;
using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Screenings;
using ModelContextProtocol.Server;

namespace MaySend.Mcp.Tools;

/// <summary>A reason that keeps people back.</summary>
/// <param name="Says">What it is.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="People">How many it keeps back.</param>
sealed record ReasonCounted(string Says, string Cite, int People);

/// <summary>What could be done, and for how many people.</summary>
/// <param name="Says">What to do, if it is true and can be shown.</param>
/// <param name="People">How many more could then be reached.</param>
sealed record RemedyCounted(string Says, int People);

/// <summary>A screening of everybody on record for one campaign. Counts only: whom it is about stays on the server.</summary>
/// <param name="Screening">What names it, to ask again how far it is.</param>
/// <param name="State">waiting, running, done or failed.</param>
/// <param name="Says">Where it stands, in one sentence.</param>
/// <param name="Day">The day of sending; the lists are good for that day only.</param>
/// <param name="Permitted">People who may be reached over the campaign's channel.</param>
/// <param name="Refused">People who must not be.</param>
/// <param name="NotShown">People of whom it cannot be shown.</param>
/// <param name="Reasons">What keeps most people back.</param>
/// <param name="Remedies">What would gain most.</param>
/// <param name="Notes">What to mind.</param>
/// <param name="Problems">Why it failed.</param>
/// <param name="Notice">That it is not legal advice.</param>
sealed record ScreenedAudience(
    string Screening,
    string State,
    string Says,
    string? Day,
    int? Permitted,
    int? Refused,
    int? NotShown,
    IReadOnlyList<ReasonCounted> Reasons,
    IReadOnlyList<RemedyCounted> Remedies,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Problems,
    string Notice
);

/// <summary><c>screen</c>: a whole campaign at once, as the API and the console screen it.</summary>
sealed class ScreenTool(ScreeningRuns runs, CampaignsOnRecord campaigns, Asking asking, Actor by)
{
    /// <summary>How many of the reasons and remedies an assistant is told.</summary>
    const int Most = 5;

    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>How many looks an assistant waits for before it is told to ask again: twenty seconds.</summary>
    const int Looks = 200;

    [McpServerTool(
        Name = "screen",
        Title = "Who on record may get this campaign?",
        ReadOnly = false,
        Destructive = false,
        OpenWorld = false,
        UseStructuredContent = true
    )]
    [Description(
        "Screens everybody on record for a campaign: how many may be reached over its channel, what keeps the others back, and what "
            + "would gain most. Counts only; a person downloads the lists from the console. A long screening answers with state "
            + "`running`: ask again with its id."
    )]
    public async Task<ScreenedAudience> ScreenAsync(
        [Description("The id of a campaign on record; not needed with `screening`")] string? campaign = null,
        [Description("A day of sending other than the campaign's own, such as 2026-03-10")] DateOnly? day = null,
        [Description("The id of an earlier screening: says how far it is")] string? screening = null,
        CancellationToken cancellation = default
    )
    {
        var run = screening is null ? await StartAsync(campaign, day, cancellation) : Find(screening);
        for (var look = 0; look < Looks && run.State is ScreeningState.Waiting or ScreeningState.Running; look++)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
            run = Find(run.Id);
        }
        return Of(run);
    }

    async Task<ScreeningRun> StartAsync(string? campaign, DateOnly? day, CancellationToken cancellation)
    {
        if (campaign is null)
            throw new ToolException("campaign is missing: the id of a campaign on record");
        if (ArgumentFaults.Campaign(await campaigns.FindAsync(campaign, cancellation), campaign) is { } wrong)
            throw new ToolException(wrong);
        if (!runs.HasRoom)
            throw new ToolException("stored screenings have used up their space; a person can delete some");
        var run = runs.Prepare(by.Name, campaign, day, "everyone in the store", isUploaded: false);
        return runs.Ask(run) ? run : throw new ToolException("too many screenings are already waiting; try again later");
    }

    ScreeningRun Find(string id) => runs.Find(id) ?? throw new ToolException($"screening: no screening is named `{Spelling.Short(id)}`");

    ScreenedAudience Of(ScreeningRun run)
    {
        var result = run.Result;
        return new(
            run.Id,
            run.State.ToString().ToLowerInvariant(),
            Sentence(run),
            result?.Day.ToString("O", CultureInfo.InvariantCulture),
            result?.Permitted,
            result?.Refused,
            result?.NotShown,
            [
                .. (result?.Reasons ?? [])
                    .OrderByDescending(each => each.Total)
                    .Take(Most)
                    .Select(each => new ReasonCounted(each.Label, each.Cite, each.Total)),
            ],
            [.. (result?.Gains ?? []).Take(Most).Select(gain => new RemedyCounted(gain.Text, gain.Gained))],
            result?.Notes ?? [],
            run.Problems,
            MaySendTool.Notice
        );
    }

    string Sentence(ScreeningRun run) =>
        run switch
        {
            { State: ScreeningState.Failed } => "It failed, so it permits nobody.",
            { State: ScreeningState.Cancelled } => "Somebody stopped it, so it permits nobody.",
            { State: ScreeningState.Done, Weeks: not null } => "It is a dry run over several weeks, so it permits nobody.",
            { Result: { } result } when asking.NowOf(result.Now) is { May: false } now =>
                $"It is done, but nothing may be sent from it now: {string.Join(", ", now.Reasons)}.",
            { Result: not null } => "It is done. To send, ask may_send for each recipient, or use the lists from the console.",
            _ => "It is not done yet. Ask again with the id of this screening.",
        };
}
