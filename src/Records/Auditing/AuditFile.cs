using System.Collections.Immutable;
using MaySend.Evidence;
using Microsoft.Data.Sqlite;

namespace MaySend.Records.Auditing;

/// <summary>
/// The audit trail on disk: a SQLite file of its own beside the store (<see cref="Name"/>), never the ledger, because it has to be
/// forgotten after its time. Several processes write it; SQLite's locks keep them apart.
/// </summary>
sealed class AuditFile
{
    public const string Name = "audit.db";

    /// <summary>How long a line is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    /// <summary>How many refusals are kept, so that nobody fills the disk by trying.</summary>
    public const int MostDenied = 10_000;

    readonly OwnDatabase file;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="SqliteException">It cannot be opened or made.</exception>
    /// <exception cref="IOException">The same.</exception>
    public AuditFile(string folder)
    {
        file = new(
            Path.Combine(folder, Name),
            """
            create table if not exists viewings (number integer primary key autoincrement, at integer not null, who text not null,
                door text not null, what text not null, about text not null, source text not null, people integer not null,
                is_denied integer not null);
            create index if not exists viewings_at on viewings (at);
            create table if not exists viewed (number integer not null, contact text not null, primary key (number, contact)) without rowid;
            create index if not exists viewed_contact on viewed (contact, number);
            """
        );
    }

    /// <summary>Adds lines in one commit; they are on disk when this returns.</summary>
    public void Add(IReadOnlyList<Viewing> viewings)
    {
        using var open = file.Open();
        using var commit = open.BeginTransaction();
        foreach (var one in viewings)
        {
            OwnDatabase.Run(
                open,
                "insert into viewings (at, who, door, what, about, source, people, is_denied) values ($a, $b, $c, $d, $e, $f, $g, $h)",
                one.At.ToUnixTimeMilliseconds(),
                one.Who,
                one.Door,
                one.What,
                one.About,
                one.From,
                one.People,
                one.IsDenied ? 1 : 0
            );
            foreach (var contact in one.Contacts.Distinct())
                OwnDatabase.Run(open, "insert into viewed (number, contact) values (last_insert_rowid(), $a)", contact.ToString());
        }
        commit.Commit();
    }

    /// <summary>Forgets what has been kept for its time, and refusals beyond the last <see cref="MostDenied"/>.</summary>
    public void Forget(DateTimeOffset now)
    {
        using var open = file.Open();
        using var commit = open.BeginTransaction();
        OwnDatabase.Run(
            open,
            "delete from viewings where at < $a or (is_denied = 1 and number <= (select max(number) from viewings) - $b)",
            (now - KeptFor).ToUnixTimeMilliseconds(),
            MostDenied
        );
        OwnDatabase.Run(open, "delete from viewed where number not in (select number from viewings)");
        commit.Commit();
    }

    /// <summary>The latest lines, the newest first.</summary>
    /// <param name="of">Those that name this contact; all when null.</param>
    /// <param name="since">Not before then.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<Viewing> Latest(ContactId? of, DateTimeOffset? since, int most)
    {
        using var open = file.Open();
        using var command = OwnDatabase.Command(
            open,
            "select at, who, door, what, about, source, people, is_denied, (select group_concat(contact, ' ') from viewed where "
                + "viewed.number = viewings.number) from viewings where at >= $a and ($b is null or number in (select number from viewed "
                + "where contact = $b)) order by number desc limit $c",
            since?.ToUnixTimeMilliseconds() ?? long.MinValue,
            of?.ToString() ?? (object)DBNull.Value,
            most
        );
        using var rows = command.ExecuteReader();
        var lines = new List<Viewing>();
        while (rows.Read())
            lines.Add(
                new(DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)), rows.GetString(1), rows.GetString(2), rows.GetString(3))
                {
                    About = rows.GetString(4),
                    From = rows.GetString(5),
                    People = rows.GetInt32(6),
                    IsDenied = rows.GetInt64(7) == 1,
                    Contacts = rows.IsDBNull(8) ? [] : [.. Contacts(rows.GetString(8))],
                }
            );
        return lines;
    }

    static IEnumerable<ContactId> Contacts(string text)
    {
        foreach (var part in text.Split(' '))
            if (ContactId.TryParse(part, out var id))
                yield return id;
    }
}
