using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Weeks;

namespace MaySend.Screening.Runs;

/// <summary>
/// A dry run of a campaign over several weeks, of files or of a store. It is a what-if: nothing is written to the record, and no list to
/// send comes out of it.
/// </summary>
/// <param name="decider">The law.</param>
/// <param name="campaign">The campaign, on whatever day.</param>
/// <param name="plan">The days.</param>
/// <param name="knownAt">The day as of which readings of the law are known.</param>
public sealed class WeeksRun(Decider decider, Campaign campaign, WeekPlan plan, DateOnly knownAt)
{
    /// <summary>Files by themselves.</summary>
    /// <param name="controller">What the sender's files say.</param>
    /// <param name="list">The audience.</param>
    /// <param name="output">The folder for the files; null to write none.</param>
    /// <param name="advance">Gets what is done, how many rows or people, and of how many where that is known.</param>
    /// <param name="cancellation">Stops it; then nothing is written.</param>
    /// <exception cref="BadInputException">Anything is wrong with any row: then nothing is written.</exception>
    public WeeksSummary OfFiles(
        ControllerRecord controller,
        AudienceFiles list,
        string? output,
        Action<string, long, long?>? advance = null,
        CancellationToken cancellation = default
    )
    {
        var problems = new Problems();
        // The product map of each day counts, so what was bought is kept as it stands in the files.
        using var audience = Audience.Open(list, problems, (file, rows) => advance?.Invoke($"reading {file}", rows, null));
        problems.ThrowIfAny();
        var reached = new ReachedPeople(audience!.People(), campaign.Channel);
        IEnumerable<string> Notes()
        {
            if (!list.HasRefusals)
                yield return FileScreening.WithoutRegister;
            foreach (var note in Register(controller).Concat(audience!.Notes).Concat(reached.Notes()))
                yield return note;
        }
        return Run(audience.BorneOut(controller), reached.People(), audience.Rows, Notes(), output, advance, cancellation);
    }

    /// <summary>Everybody on record whom the channel can reach, or the people of a list, each with what is on record as well.</summary>
    /// <param name="store">The store.</param>
    /// <param name="files">What files say of the controller, beneath what is on record; null for none.</param>
    /// <param name="list">The list; null for everybody on record.</param>
    /// <param name="output">The folder for the files; null to write none.</param>
    /// <param name="advance">Gets what is done, how many rows or people, and of how many where that is known.</param>
    /// <param name="cancellation">Stops it; then nothing is written.</param>
    /// <exception cref="BadInputException">Anything is wrong with any row of the list: then nothing is written.</exception>
    /// <exception cref="LedgerUnavailableException">The store cannot answer: then nothing is written.</exception>
    public async Task<WeeksSummary> OfStoreAsync(
        EvidenceStore store,
        ControllerRecord? files,
        AudienceFiles? list,
        string? output,
        Action<string, long, long?>? advance = null,
        CancellationToken cancellation = default
    )
    {
        var controller = await Asking.ControllerAsync(store, files, AsKnown.Now, cancellation);
        var total = list is null ? await store.Ledger.CountContactsAsync(cancellation) : 0;
        return await OwnThread.Run(
            () =>
                list is null
                    ? Run(controller, OnRecord(store, cancellation), total, Register(controller), output, advance, cancellation)
                    : OfList(store, controller, list, output, advance, cancellation),
            cancellation
        );
    }

    IEnumerable<Person> OnRecord(EvidenceStore store, CancellationToken cancellation) =>
        store
            .EverybodyAsync(cancellation: cancellation)
            .ToBlockingEnumerable(cancellation)
            .Where(person => ChannelReach.Reaches(campaign.Channel, person.Address.Kind))
            .Select(person => new Person(person));

    WeeksSummary OfList(
        EvidenceStore store,
        ControllerRecord controller,
        AudienceFiles list,
        string? output,
        Action<string, long, long?>? advance,
        CancellationToken cancellation
    )
    {
        var problems = new Problems();
        using var audience = Audience.Open(list, problems, (file, rows) => advance?.Invoke($"reading {file}", rows, null));
        problems.ThrowIfAny();
        var joined = new ListOnRecord(store, audience!, AsKnown.Now);
        var reached = new ReachedPeople(joined.People(cancellation), campaign.Channel);
        var notes = Register(controller)
            .Concat(audience!.Notes)
            .Concat(audience.AboutRequests(controller, campaign))
            .Concat(joined.Notes())
            .Concat(reached.Notes());
        return Run(controller, reached.People(), audience.Rows, notes, output, advance, cancellation);
    }

    IEnumerable<string> Register(ControllerRecord controller) => new ListWriting(decider, controller, campaign, knownAt).Register();

    WeeksSummary Run(
        ControllerRecord controller,
        IEnumerable<Person> people,
        long total,
        IEnumerable<string> notes,
        string? output,
        Action<string, long, long?>? advance,
        CancellationToken cancellation
    )
    {
        using var files = output is null ? null : new WeekFiles(output, plan);
        var summary = new WeeksScreener(decider, controller, campaign, plan, knownAt).Screen(
            people,
            files is null ? null : files.Write,
            done => advance?.Invoke("deciding", done, total),
            cancellation
        ) with
        {
            Notes = [.. notes],
        };
        files?.Commit(summary);
        return summary;
    }
}
