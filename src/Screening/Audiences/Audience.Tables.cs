using System.Collections.Concurrent;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Tables;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

public sealed partial class Audience
{
    /// <summary>
    /// The files as tables, on all processors; null where anything is wrong with any row, or rows are to be set aside: then they are read
    /// row by row.
    /// </summary>
    static Audience? InTables(AudienceFiles files, ProductMap? map, Action<string, long>? progress)
    {
        var unread = new ConcurrentBag<UnreadColumns>();
        if (!MayBeTabled(files) || Reading(files, map, unread).Read(files.People, files.Companions, progress) is not { } tables)
            return null;
        var findings = new RequestFindings();
        findings.Look(tables.Requests);
        return new Audience(
            [new Share(files.People, files.Companions)],
            null,
            files,
            tables.Header.Line,
            tables.Header.Delimiter,
            findings,
            new RowsAside(files),
            tables
        )
        {
            RowsRead = tables.RowsOfPeople,
            Duplicates = tables.RowsOfPeople - tables.People,
            Notes = [.. UnreadNotes.Of(unread, files)],
        };
    }

    /// <summary>
    /// The files dealt out into shares, on all processors; null where anything is wrong with any row, or rows are to be set aside: then
    /// they are read row by row.
    /// </summary>
    static Audience? InShares(AudienceFiles files, ProductMap? map, string folder, int count, int pieces, Action<string, long>? progress)
    {
        if (!MayBeTabled(files))
            return null;
        var unread = new ConcurrentBag<UnreadColumns>();
        var dealt = Reading(files, map: null, unread).Deal(files.People, files.Companions, count, folder, progress, pieces);
        if (dealt is null)
        {
            foreach (var path in Directory.EnumerateFiles(folder))
                File.Delete(path);
            return null;
        }
        var findings = new RequestFindings();
        findings.Look(dealt.Requests);
        var (line, delimiter) = dealt.Header;
        return new Audience(SharesIn(folder, count, files), folder, files, line, delimiter, findings, new RowsAside(files), map: map)
        {
            RowsRead = dealt.RowsOfPeople,
            Notes = [.. UnreadNotes.Of(unread, files)],
        };
    }

    /// <summary>Rows that are to be set aside, and a name about which somebody has to be asked, are seen to row by row.</summary>
    static bool MayBeTabled(AudienceFiles files)
    {
        var asked = new Problems();
        UnreadNotes.AskAboutName(files, asked);
        return files.SetAside is null && asked.IsEmpty;
    }

    static TableReading Reading(AudienceFiles files, ProductMap? map, ConcurrentBag<UnreadColumns> unread) =>
        new(files.Zone, map, (kind, csv) => UnreadNotes.Watch(files, kind, csv, unread));

    /// <summary>
    /// A share on disk as tables; null where it is better read row by row: its rows are good, but whole domains and people of whom a row
    /// was set aside are kept beside it.
    /// </summary>
    EvidenceTables? InTables(Share share)
    {
        if (folder is null || domains.Count > 0 || files.SetAside is not null)
            return null;
        return Reading(files, map, []).Read(share.People, [.. share.Companions.Where(companion => File.Exists(companion.Path))]);
    }

    /// <summary>
    /// What the files say of one address, whether or not it stands in the list of people: a request to stop counts without a row there.
    /// Null where no file knows the address.
    /// </summary>
    public IReadOnlyList<ContactEntry>? Find(Address address)
    {
        if (tables?.Find(address.Matching) is { } known)
            return tables.EntriesOf(known);
        if (People().FirstOrDefault(person => person.Address == address.Matching) is { } listed)
            return listed.Entries;
        List<ContactEntry> found = [.. shares.SelectMany(share => Read(share).Of(address.Matching))];
        return found.Count == 0 ? null : found;
    }

    /// <summary>The requests to stop in the files, by address, whether or not it stands in the list of people.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ContactEntry>> Requests()
    {
        return shares
            .SelectMany(share => Read(share).All)
            .Where(said => RequestWidth.GivenIn(said.Entry) is not null)
            .GroupBy(said => said.Address, StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => (IReadOnlyList<ContactEntry>)[.. same.Select(said => said.Entry)],
                StringComparer.Ordinal
            );
    }
}
