using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;
using MaySend.Screening.Weeks;

namespace MaySend.Records.Screenings;

/// <summary>
/// Carries screenings out, one at a time, beside the requests. Whatever ends one leaves no files: nobody is permitted by half a screening.
/// </summary>
public sealed partial class ScreeningWorker(
    ScreeningRuns runs,
    EvidenceStore store,
    Decider decider,
    CampaignsOnRecord campaigns,
    ILogger<ScreeningWorker> log
) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var id in runs.Waiting.ReadAllAsync(stoppingToken))
                if (runs.Begin(id, stoppingToken) is var (run, stop))
                    await CarryOutAsync(run, stop.Token, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; what was under way is asked for again.
        }
    }

    async Task CarryOutAsync(ScreeningRun run, CancellationToken stop, CancellationToken stoppingToken)
    {
        try
        {
            var campaign =
                await campaigns.FindAsync(run.Campaign, stop)
                ?? throw new BadInputException(new Place(run.Campaign), "no campaign has that id");
            runs.End(run.Weeks is { } weeks ? await InWeeksAsync(run, campaign, weeks, stop) : await ListsAsync(run, campaign, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            runs.End(run.Stopped(runs.Find(run.Id)?.StoppedBy ?? run.By));
        }
        catch (BadInputException bad)
        {
            runs.End(
                run with
                {
                    State = ScreeningState.Failed,
                    Problems = [.. bad.Problems.Take(100).Select(problem => Short(run, problem.ToString()))],
                }
            );
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or IOException or InvalidDataException)
        {
            Ended(log, fault.GetType().Name);
            runs.End(run with { State = ScreeningState.Failed, Problems = [$"the screening failed: {fault.Message}"] });
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A fault of ours must not end the server, and what it says may quote somebody's row.
            Ended(log, fault.GetType().Name);
            runs.End(run with { State = ScreeningState.Failed, Problems = ["the screening failed because of a fault in the program"] });
        }
        finally
        {
            // The program stops: it was never said to be over.
            runs.LetGo(run);
        }
    }

    async Task<ScreeningRun> ListsAsync(ScreeningRun run, Campaign campaign, CancellationToken stop)
    {
        var order = new ScreeningOrder(campaign, new Actor(run.By, Rights.Campaign)) { Day = run.Day, List = ListOf(run) };
        var outcome = await new StoreScreening(store, decider).RunAsync(
            order,
            runs.Folder(run),
            (stage, done, total) => runs.Advance(run.Id, stage, done, total),
            stop
        );
        var summary = outcome.Summary with { Notes = [.. outcome.Summary.Notes.Select(note => Short(run, note))] };
        return Done(run) with { Result = ScreeningResult.Of(summary, outcome.Manifest?.Id) };
    }

    async Task<ScreeningRun> InWeeksAsync(ScreeningRun run, Campaign campaign, WeeksAsked weeks, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);
        var plan = WeekPlan.For(campaign, today, weeks.From, weeks.Count, weeks.SupposesSent);
        var summary = await new WeeksRun(decider, campaign, plan, today).OfStoreAsync(
            store,
            null,
            ListOf(run),
            runs.Folder(run),
            (stage, done, total) => runs.Advance(run.Id, stage, done, total),
            stop
        );
        // Addresses stand in the list alone, out of which an erasure takes them.
        return Done(run) with { InWeeks = summary.WithoutAddresses with { Notes = [.. summary.Notes.Select(note => Short(run, note))] } };
    }

    AudienceFiles? ListOf(ScreeningRun run) => run.IsUploaded ? AudienceFiles.InFolder(runs.UploadFolder(run), null) : null;

    static ScreeningRun Done(ScreeningRun run) => run with { State = ScreeningState.Done, Stage = "done" };

    /// <summary>The uploaded files by their names alone.</summary>
    string Short(ScreeningRun run, string text) =>
        text.Replace(runs.UploadFolder(run) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A screening ended: {Fault}")]
    static partial void Ended(ILogger log, string fault);
}
