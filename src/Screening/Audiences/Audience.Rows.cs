using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

public sealed partial class Audience
{
    /// <summary>The requests to stop in a row of a file that is no register of them.</summary>
    static IEnumerable<ContactEntry> StopsIn(AudienceFiles files, CompanionFile kind, CsvRows csv, StopColumns stops) =>
        kind == CompanionFiles.People ? UnreadNotes.Stops(files, csv, stops)
        : stops.Said() is { } said ? [said]
        : [];

    static string? AddressOf(CsvRows csv)
    {
        var reading = Address.Read(csv.Text("address"));
        if (reading.Address is { } address)
            return address.Matching;
        csv.Problem(
            "address",
            MailDomains.Whole(csv.Text("address")) is { } domain && MailDomains.IsPublic(domain)
                ? $"{domain} gives mailboxes to the public, so nobody can opt out for all of them"
                : reading.Fault ?? "is not an address"
        );
        return null;
    }

    Kept Read(Share share)
    {
        var (problems, held) = (new Problems(), new Kept(domains));
        foreach (var (kind, path) in share.Companions.Prepend((CompanionFiles.People, share.People)).Where(file => File.Exists(file.Item2)))
        {
            using var csv = CsvRows.Open(path, kind.Columns, files.Zone, problems)!;
            var stops = new StopColumns(csv, files.Ignored);
            while (csv.ReadNext(out var isGood))
                if (isGood && WholeDomains.IsRule(kind, csv, out _))
                    continue;
                else if (isGood && AddressOf(csv) is { } address && kind.Read(csv) is { } entry && problems.IsEmpty)
                    held.Take(kind, address, entry, StopsIn(files, kind, csv, stops));
                else if (files.SetAside is not null)
                    problems.Take();
        }
        problems.ThrowIfAny();
        return held;
    }
}
