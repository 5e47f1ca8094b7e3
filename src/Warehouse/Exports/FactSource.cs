using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Warehouse.Exports;

/// <summary>One person on the way into a warehouse.</summary>
/// <param name="Address">The address in its matching form.</param>
/// <param name="Row">The person's row as it stood, to be written through to lists.</param>
/// <param name="Deliverable">Whether mail arrives.</param>
/// <param name="Facts">What can be shown for the campaign.</param>
public sealed record PersonFacts(string Address, string Row, Deliverability Deliverable, RecipientFacts Facts);

/// <summary>
/// People with what can be shown of them for one campaign, from files or from a store: the same people in the same order, and the same
/// facts, that a screening of these files or of this store decides by. Read once, from one thread.
/// </summary>
public sealed class FactSource : IDisposable
{
    const int Together = 2048;

    readonly IEnumerable<Person> people;
    readonly FactFinder finder;
    readonly Audience? audience;

    FactSource(IEnumerable<Person> people, FactFinder finder, Audience? audience, string header, char delimiter) =>
        (this.people, this.finder, this.audience, Header, Delimiter) = (people, finder, audience, header, delimiter);

    /// <summary>The header of the people's rows.</summary>
    public string Header { get; }

    /// <summary>What stands between their fields.</summary>
    public char Delimiter { get; }

    /// <summary>True when there is a register of requests to stop: without one its silence shows nothing.</summary>
    public bool HasRefusals { get; private init; } = true;

    /// <summary>Rows whose address stood in an earlier row; known once everybody was read.</summary>
    public int Duplicates => audience?.Duplicates ?? 0;

    /// <summary>Things worth knowing.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>The people of files.</summary>
    /// <param name="controller">What the sender's files say.</param>
    /// <param name="campaign">The campaign on the day asked about.</param>
    /// <param name="days">How the law counts days.</param>
    /// <param name="list">The audience.</param>
    /// <param name="advance">Gets what is done and how many rows.</param>
    /// <exception cref="BadInputException">Anything is wrong with any row.</exception>
    public static FactSource OfFiles(
        ControllerRecord controller,
        Campaign campaign,
        LegalDays days,
        AudienceFiles list,
        Action<string, long, long?>? advance = null
    )
    {
        var problems = new Problems();
        var audience = Audience.Open(
            list,
            problems,
            (file, rows) => advance?.Invoke($"reading {file}", rows, null),
            map: controller.MapOn(campaign.Day)
        );
        problems.ThrowIfAny();
        return new(
            new ReachedPeople(audience!.People(), campaign.Channel).People(),
            new FactFinder(audience.BorneOut(controller), campaign, days),
            audience,
            audience.HeaderLine,
            audience.Delimiter
        )
        {
            HasRefusals = list.HasRefusals,
            Notes = [.. audience.Notes, .. audience.AboutRequests(controller, campaign)],
        };
    }

    /// <summary>Everybody in a store whom the campaign's channel can reach.</summary>
    public static FactSource OfStore(
        ControllerRecord controller,
        Campaign campaign,
        LegalDays days,
        EvidenceStore store,
        AsKnown known,
        CancellationToken cancellation
    ) =>
        new(
            store
                .EverybodyAsync(known, cancellation)
                .ToBlockingEnumerable(cancellation)
                .Where(person => ChannelReach.Reaches(campaign.Channel, person.Address.Kind))
                .Select(person => new Person(person, CsvCell.Of(person.Address.Verbatim))),
            new FactFinder(controller, campaign, days),
            null,
            "address",
            ','
        )
        {
            Notes = ["everybody on record was exported; people who were erased are not among them"],
        };

    /// <summary>Everybody, in order; facts are found on every processor.</summary>
    public IEnumerable<PersonFacts> People() =>
        people.Chunk(Together).SelectMany(group => group.AsParallel().AsOrdered().Select(Find).ToArray());

    PersonFacts Find(Person person)
    {
        var entries = person.Entries;
        return new(person.Address, person.RawRow, Deliverability.Of(entries), finder.Find(entries, person.Address));
    }

    /// <inheritdoc />
    public void Dispose() => audience?.Dispose();
}
