using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using MaySend.Screening.Calls;
using MaySend.Screening.Outputs;
using MaySend.Screening.Reports;

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
            var controller = await store.ControllerAsync(cancellation: stoppingToken);
            // Deciding is work for a thread of its own.
            var campaign =
                await campaigns.FindAsync(run.Campaign, stoppingToken)
                ?? throw new BadInputException(new Place(run.Campaign), "there is no such campaign");
            if (run.Day is { } day)
                campaign = campaign with { Day = day };
            var result = await Task.Run(
                () =>
                    run.IsUploaded
                        ? Uploaded(run, controller, campaign, stoppingToken)
                        : Everyone(run, controller, campaign, stoppingToken),
                stoppingToken
            );
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

    ScreeningResult Everyone(ScreeningRun run, ControllerRecord controller, Campaign campaign, CancellationToken stopping)
    {
        var people = store
            .DossiersAsync(cancellation: stopping)
            .ToBlockingEnumerable(stopping)
            .Select(dossier => new Person(dossier.Address.Matching, Cell(dossier.Address.Matching), dossier.ForDecision));
        return Screen(
            run,
            controller,
            campaign,
            people,
            "address",
            ',',
            summary => summary with { Notes = [.. Notes(controller, campaign)] }
        );
    }

    ScreeningResult Uploaded(ScreeningRun run, ControllerRecord controller, Campaign campaign, CancellationToken stopping)
    {
        var problems = new Problems();
        using var audience = Audience.Open(
            AudienceFiles.InFolder(runs.UploadFolder(run), null),
            problems,
            (file, rows) => runs.Set(run with { Stage = $"reading {file}", Done = rows })
        );
        problems.ThrowIfAny();
        // What the store holds about somebody counts beside what the files say: first of all its refusals and suppressions.
        var people = audience!
            .People()
            .Select(person => person with { Entries = [.. OnRecord(person.Address, stopping), .. person.Entries] });
        return Screen(
            run,
            controller,
            campaign,
            people,
            audience.HeaderLine,
            audience.Delimiter,
            summary =>
            {
                if (summary.People + audience.Duplicates != audience.Rows)
                    throw new BadInputException(
                        new Place("upload"),
                        $"{audience.Rows} rows were read but {summary.People} people decided and {audience.Duplicates} merged: the run is void"
                    );
                return summary with
                {
                    Rows = audience.Rows,
                    Duplicates = audience.Duplicates,
                    Notes =
                    [
                        .. Notes(controller, campaign),
                        .. audience.Notes.Concat(audience.AboutRequests(controller, campaign)).Select(note => Short(run, note)),
                    ],
                };
            }
        );
    }

    ScreeningResult Screen(
        ScreeningRun run,
        ControllerRecord controller,
        Campaign campaign,
        IEnumerable<Person> people,
        string header,
        char delimiter,
        Func<ScreeningSummary, ScreeningSummary> complete
    )
    {
        using var files = VerdictFiles.Create(runs.Folder(run), header, delimiter);
        var screener = new Screener(decider, controller, campaign, campaign.Day);
        var times = CallTimes.For(decider, controller, campaign, campaign.Day);
        var summary = complete(
            screener.Screen(
                people,
                row =>
                {
                    files.Write(row.Verdict, row.Person.RawRow, row.Send, row.Process, row.Reason, row.Says);
                    times?.Add(row);
                },
                done => runs.Set(run with { Stage = "deciding", Done = done })
            )
        );
        files.Add("report.html", HtmlReport.Write(summary, decider.Law));
        if (times is not null)
            files.Add(CallTimes.FileName, times.Write());
        files.Commit();
        return ScreeningResult.Of(summary);
    }

    IReadOnlyList<ContactEntry> OnRecord(string address, CancellationToken stopping) =>
        store.FindAsync(Address.Read(address).Required(), cancellation: stopping).AsTask().GetAwaiter().GetResult().ForDecision;

    static IEnumerable<string> Notes(ControllerRecord controller, Campaign campaign)
    {
        if (controller.Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel) is null)
            yield return $"no signed statement that the register of refusals of {campaign.Sender} for {campaign.Channel} is complete: silence of the register shows nothing";
    }

    /// <summary>The uploaded files by their names alone.</summary>
    string Short(ScreeningRun run, string text) =>
        text.Replace(runs.UploadFolder(run) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>An address as a cell: a quoted local part may hold commas and quotes (RFC 5321).</summary>
    static string Cell(string address) => $"\"{address.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A screening ended: {Fault}")]
    static partial void Ended(ILogger log, string fault);
}
