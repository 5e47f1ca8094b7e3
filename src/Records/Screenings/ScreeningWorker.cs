using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;

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
                if (runs.Find(id) is { } run)
                    await CarryOutAsync(run, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; what was under way is asked for again.
        }
    }

    async Task CarryOutAsync(ScreeningRun run, CancellationToken stoppingToken)
    {
        try
        {
            runs.Set(run = run with { State = ScreeningState.Running, Stage = "reading" });
            var campaign =
                await campaigns.FindAsync(run.Campaign, stoppingToken)
                ?? throw new BadInputException(new Place(run.Campaign), "there is no such campaign");
            var order = new ScreeningOrder(campaign, new Actor(run.By, Rights.Campaign))
            {
                Day = run.Day,
                List = run.IsUploaded ? AudienceFiles.InFolder(runs.UploadFolder(run), null) : null,
            };
            var outcome = await new StoreScreening(store, decider).RunAsync(
                order,
                runs.Folder(run),
                (stage, done) => runs.Set(run with { Stage = stage, Done = done }),
                stoppingToken
            );
            var summary = outcome.Summary with { Notes = [.. outcome.Summary.Notes.Select(note => Short(run, note))] };
            var result = ScreeningResult.Of(summary, outcome.Manifest?.Id);
            runs.Set(run with { State = ScreeningState.Done, Stage = "done", Result = result });
        }
        catch (BadInputException bad)
        {
            runs.Set(
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
            runs.Set(run with { State = ScreeningState.Failed, Problems = [$"it could not be carried through: {fault.Message}"] });
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A fault of ours must not end the server, and what it says may quote somebody's row.
            Ended(log, fault.GetType().Name);
            runs.Set(run with { State = ScreeningState.Failed, Problems = ["it could not be carried through: a fault of the program"] });
        }
        finally
        {
            if (Directory.Exists(runs.UploadFolder(run)))
                Directory.Delete(runs.UploadFolder(run), recursive: true);
        }
    }

    /// <summary>The uploaded files by their names alone.</summary>
    string Short(ScreeningRun run, string text) =>
        text.Replace(runs.UploadFolder(run) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A screening ended: {Fault}")]
    static partial void Ended(ILogger log, string fault);
}
