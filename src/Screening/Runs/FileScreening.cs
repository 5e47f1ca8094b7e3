using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Runs;

/// <summary>Screens files by themselves: a what-if, since nothing vouches that they are all there is.</summary>
public static class FileScreening
{
    internal const string WithoutRegister =
        "no register of refusals (refusals.csv) was attached: without one, a file can't show that anybody is permitted";

    /// <summary>Reads every file through, screens, and writes the files.</summary>
    /// <param name="decider">The law.</param>
    /// <param name="controller">What the sender's files say.</param>
    /// <param name="campaign">The campaign on the day asked about.</param>
    /// <param name="list">The audience.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="output">The folder for the files.</param>
    /// <param name="advance">Gets what is done, how many rows or people, and of how many where that is known.</param>
    /// <param name="cancellation">Stops it; then nothing is written.</param>
    /// <exception cref="BadInputException">Anything is wrong with any row: then nothing is written.</exception>
    public static ScreeningSummary Run(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        AudienceFiles list,
        DateOnly knownAt,
        string output,
        Action<string, long, long?>? advance = null,
        CancellationToken cancellation = default
    )
    {
        var problems = new Problems();
        using var audience = Audience.Open(
            list,
            problems,
            (file, rows) => advance?.Invoke($"reading {file}", rows, null),
            map: controller.MapOn(campaign.Day)
        );
        problems.ThrowIfAny();
        var borneOut = audience!.BorneOut(controller);
        var reached = new ReachedPeople(audience.People(), campaign.Channel);
        var writing = new ListWriting(decider, borneOut, campaign, knownAt);
        IEnumerable<string> Notes()
        {
            if (!list.HasRefusals)
                yield return WithoutRegister;
            foreach (
                var note in new ListWriting(decider, controller, campaign, knownAt)
                    .Register()
                    .Concat(audience.Notes)
                    .Concat(audience.AboutRequests(controller, campaign))
                    .Concat(reached.Notes())
            )
                yield return note;
        }
        return writing.Write(
            new ListedPeople(
                reached.People(),
                audience.HeaderLine,
                audience.Delimiter,
                audience.Rows,
                () => (audience.Rows - reached.LeftOut, audience.Duplicates),
                Notes()
            ),
            output,
            isWhatIf: true,
            _ => "",
            advance,
            cancellation
        );
    }
}
