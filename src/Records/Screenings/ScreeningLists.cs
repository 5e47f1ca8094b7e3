using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Records.Screenings;

/// <summary>What became of somebody on a list since it was made.</summary>
public enum ListedSince
{
    /// <summary>Nothing that asks to stop.</summary>
    Stands,

    /// <summary>Opted out.</summary>
    OptedOut,

    /// <summary>Erased.</summary>
    Erased,

    /// <summary>Something came that may be a request to stop, or changes whose address it is: only a new screening can tell.</summary>
    MayHave,
}

/// <summary>
/// The lists of a screening when they are fetched, and when somebody is erased: a list is a thing of the moment it was made, and lives on
/// for days.
/// </summary>
public static class ScreeningLists
{
    /// <summary>
    /// Copies a list as it may be handed out now. Of those permitted then, whoever has since asked to stop, was erased, or may have asked
    /// and waits for a person, is left out.
    /// </summary>
    /// <param name="path">The list.</param>
    /// <param name="list">Its name: <c>permitted</c>, <c>refused</c>, <c>not-shown</c> or another of
    /// <see cref="ScreeningRuns.Lists"/>.</param>
    /// <param name="run">The screening it is of.</param>
    /// <param name="store">The store as it is now.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="Evidence.LedgerUnavailableException">Nobody can say now.</exception>
    public static Task CopyAsync(string path, string list, ScreeningRun run, EvidenceStore store, Stream target) =>
        HarmlessCsv.CopyAsync(path, target, list is "permitted" or "fridays" ? cell => StillStandsAsync(cell, run.AskedAt, store) : null);

    /// <summary>
    /// Takes a person's rows out of every list below a folder. A list they are on that cannot be written anew, as on a full disk, goes: an
    /// erasure reaches every copy.
    /// </summary>
    /// <param name="screenings">The folder of the screenings.</param>
    /// <param name="addresses">Whose.</param>
    /// <returns>How many rows were taken out.</returns>
    public static int Forget(string screenings, IReadOnlyCollection<Address> addresses)
    {
        if (!Directory.Exists(screenings))
            return 0;
        return Directory.EnumerateFiles(screenings, "*.csv", SearchOption.AllDirectories).ToList().Sum(path => Forget(addresses, path));
    }

    static int Forget(IReadOnlyCollection<Address> addresses, string path)
    {
        var rows = RowsOf(addresses, path, kept: null);
        if (rows == 0)
            return 0;
        try
        {
            using var without = new DraftedText(path);
            RowsOf(addresses, path, without.Writer);
            without.Commit();
            OwnerOnly.Close(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(path);
        }
        return rows;
    }

    /// <summary>How many rows of a list are about some people; none where it is no list of addresses.</summary>
    /// <param name="addresses">Whose.</param>
    /// <param name="path">The list.</param>
    /// <param name="kept">Takes every other row as it stands; null for none.</param>
    static int RowsOf(IReadOnlyCollection<Address> addresses, string path, TextWriter? kept)
    {
        using var text = new StreamReader(path, Encoding.UTF8);
        using var rows = CsvDataReader.Create(
            text,
            new CsvDataReaderOptions
            {
                HasHeaders = false,
                BufferSize = 1 << 16,
                MaxBufferSize = 1 << 24,
            }
        );
        var (about, column) = (0, (int?)null);
        for (var isHeader = true; rows.Read(); isHeader = false)
        {
            if (isHeader && (column = HarmlessCsv.AddressColumn(rows)) is null)
                return 0;
            if (
                !isHeader
                && column < rows.RowFieldCount
                && Address.Read(rows.GetString(column.Value)).Address is { } whose
                && addresses.Contains(whose)
            )
                about++;
            else
                kept?.Write(rows.GetRawRecordSpan());
        }
        return about;
    }

    static async ValueTask<bool> StillStandsAsync(string cell, DateTimeOffset asked, EvidenceStore store) =>
        Address.Read(cell.TrimStart('\'')).Address is { } address
        && await SinceAsync(address, recorded => recorded.RecordedAt >= asked, asked, store) == ListedSince.Stands;

    /// <summary>What became of somebody whom a list permits since it was made.</summary>
    /// <param name="address">Who.</param>
    /// <param name="isSince">Says of an entry whether it is younger than the list.</param>
    /// <param name="made">When the list was made; null where nobody knows, and then every suppression is younger.</param>
    /// <param name="store">The store as it is now.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async ValueTask<ListedSince> SinceAsync(
        Address address,
        Func<RecordedEntry, bool> isSince,
        DateTimeOffset? made,
        EvidenceStore store,
        CancellationToken cancellation = default
    )
    {
        var dossier = await store.FindAsync(address, cancellation: cancellation);
        if (dossier.State == DossierState.Suppressed)
            return ListedSince.Erased;
        if (!dossier.Waiting.IsEmpty || dossier.Suppressions.Any(one => made is null || one.When.At is not { } at || at >= made))
            return ListedSince.OptedOut;
        // A list never permits somebody of a domain that had asked by then: the rule is younger.
        var controller = await store.ControllerAsync(cancellation: cancellation);
        if (controller.MayBeOfARefusedDomain(address.Matching))
            return ListedSince.OptedOut;
        var younger = dossier.Entries.Where(isSince).Select(recorded => recorded.Entry).ToList();
        return younger.Exists(entry => Stops(entry, controller)) ? ListedSince.OptedOut
            : younger.Exists(entry => MayStop(entry, controller)) ? ListedSince.MayHave
            : ListedSince.Stands;
    }

    static bool Stops(ContactEntry entry, ControllerRecord controller) =>
        entry is RefusalMade or DetailsCollected { Refused: true } or ConsentAnswered { Withdrawn: not null }
        || (entry is DetailsCollected collected && !TickedBoxes.Stops(collected, controller).Requests.IsEmpty);

    static bool MayStop(ContactEntry entry, ControllerRecord controller) =>
        entry is MessageWaiting or FactJudged or AddressLinked or ConsentAnswered { Act: "declined" }
        || (entry is DetailsCollected collected && !TickedBoxes.NotUnderstood(collected, controller).IsEmpty);
}
