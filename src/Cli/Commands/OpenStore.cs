using System.CommandLine;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Auditing;
using MaySend.Records.OptOuts;
using MaySend.Records.Screenings;
using MaySend.Records.Start;
using MaySend.Stores;

namespace MaySend.Cli.Commands;

/// <summary>A store that a command works on, with the archive of law beside it.</summary>
sealed class OpenStore : IAsyncDisposable
{
    OpenStore(EvidenceStore evidence, LawArchive archive, AuditTrail trail) => (Evidence, Archive, Trail) = (evidence, archive, trail);

    public EvidenceStore Evidence { get; }

    public LawArchive Archive { get; }

    /// <summary>Who looked at whose data: also who does at the command line.</summary>
    public AuditTrail Trail { get; }

    public static async Task<OpenStore> OpenAsync(string location, string? keys)
    {
        var evidence = await EvidenceStores.OpenAsync(location, keys);
        try
        {
            var folder = EvidenceStores.FolderBeside(location, keys);
            await KnowWhatWaitsAsync(evidence, folder);
            evidence.Forgetting = addresses =>
            {
                ScreeningLists.Forget(Path.Combine(folder, RecordsOptions.ScreeningsName), addresses);
                Interviews.ForgetBeside(folder, addresses);
            };
            return new(evidence, ArchiveOf(location, keys), new AuditTrail(folder, evidence.Clock));
        }
        catch
        {
            await evidence.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Opt-outs that a server wrote down while the store did not answer are requests to stop, also to whoever asks beside it.
    /// </summary>
    static async Task KnowWhatWaitsAsync(EvidenceStore evidence, string folder)
    {
        var waiting = Spool.Read(folder).ToLookup(request => request.Contact, StringComparer.Ordinal);
        if (waiting.Count == 0)
            return;
        var records = new ServerRecords(evidence);
        await records.ReadAsync();
        await evidence.ControllerAsync();
        var register = new OptOutRegister(evidence, records);
        evidence.Waiting = contact => register.AsTheyWait(waiting[contact.ToString()]);
    }

    public static LawArchive ArchiveOf(string location, string? keys) =>
        new(Path.Combine(EvidenceStores.FolderBeside(location, keys), LawArchive.Name));

    /// <summary>Reads the law and keeps it in the archive: what is decided by it can be asked again.</summary>
    public Decider KeepLaw(string? folder)
    {
        var decider = new Decider(Home.ReadLaw(folder));
        Archive.Keep(folder ?? Home.Law, decider.Law.Digest);
        return decider;
    }

    /// <summary>
    /// A campaign: a file, a name in a sender's folder, or one on record, in whichever way it was described; ends the operation when there
    /// is none.
    /// </summary>
    public async ValueTask<Campaign> CampaignAsync(
        ControllerRecord? folder,
        string? senderFolder,
        string name,
        CancellationToken cancellation
    )
    {
        var controller = await Asking.ControllerAsync(Evidence, folder, AsKnown.Now, cancellation);
        return Inputs.ReadCampaign(
            controller,
            senderFolder,
            name,
            await new CampaignsOnRecord(new ServerRecords(Evidence), Evidence).FindAsync(name, cancellation)
        );
    }

    /// <summary>Writes down that the user of this machine is about to be shown data about people.</summary>
    /// <param name="what">A word of <see cref="Viewed"/>.</param>
    /// <param name="contacts">Whom, as far as they are on record.</param>
    /// <param name="people">How many; as many as contacts when null.</param>
    /// <param name="about">Which list, campaign or message; never an address.</param>
    /// <exception cref="LedgerUnavailableException">It could not be written down: nothing may be shown.</exception>
    public Task ShownAsync(string what, IEnumerable<ContactId>? contacts = null, int? people = null, string about = "") =>
        Trail.ShownAsync(Environment.UserName, Doors.CommandLine, what, contacts, people, about);

    /// <summary>The same about one person; null where nobody is on record.</summary>
    public Task ShownAsync(string what, ContactId? contact, string about = "") =>
        ShownAsync(what, contact is { } known ? [known] : [], about: about);

    public ValueTask DisposeAsync()
    {
        Trail.Dispose();
        return Evidence.DisposeAsync();
    }
}

/// <summary>Options that every command on a store shares.</summary>
static class StoreOptions
{
    /// <summary>The store, which such a command cannot do without: the usual folder unless named.</summary>
    public static Option<string> Data() =>
        new("--data")
        {
            Description = "the evidence store: a folder, or a PostgreSQL connection (postgres://... or Host=...)",
            DefaultValueFactory = _ => EvidenceStores.DefaultFolder,
            HelpName = "DIR|CONNECTION",
        };

    /// <summary>The store, where a command can also do without.</summary>
    public static Option<string?> OptionalData() =>
        new("--data")
        {
            Description = "decide from an evidence store: a folder, or a PostgreSQL connection (postgres://... or Host=...)",
            HelpName = "DIR|CONNECTION",
        };

    public static Option<string?> Keys() =>
        new("--keys") { Description = "the key file, when it is not in the store's folder", HelpName = "FILE" };

    public static Option<string> By() =>
        new("--by") { Description = "who does this; kept on record", DefaultValueFactory = _ => Environment.UserName };

    public static Argument<string> Address() =>
        new("address") { Description = "an email address, or a telephone number with + and country code" };

    /// <summary>Reads an address; ends the operation when it is none.</summary>
    public static Address ReadAddress(string text)
    {
        var reading = MaySend.Evidence.Ledger.Identity.Address.Read(text);
        return reading.Address ?? throw new BadInputException(new Place("address"), $"`{text}` is not an address: {reading.Fault}");
    }
}
