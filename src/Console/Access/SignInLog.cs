using MaySend.Records;
using Microsoft.Data.Sqlite;

namespace MaySend.Console.Access;

/// <summary>One try to sign in, or an end of sessions.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Name">Whose account; null where nobody has the name that was typed: people type passwords there.</param>
/// <param name="From">The network address it came from; behind a proxy, the proxy's.</param>
/// <param name="With">What the browser calls itself, cut short.</param>
/// <param name="Outcome">What became of it, in words.</param>
/// <param name="IsIn">Somebody was let in.</param>
public sealed record SignInLine(DateTimeOffset At, string? Name, string From, string With, string Outcome, bool IsIn);

/// <summary>
/// Who signed in, or tried to, when, from where, and what became of it: in the file of the accounts, never in the ledger. Who was let in is
/// kept for 400 days; of those who were not, the last 10,000, so that nobody fills the disk by trying.
/// </summary>
sealed class SignInLog
{
    const int MostRefused = 10_000;
    const int LongestWith = 120;

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    readonly OwnDatabase file;
    readonly TimeProvider clock;

    /// <summary>Opens the log, or makes it.</summary>
    public SignInLog(ConsoleOptions options, TimeProvider clock)
    {
        this.clock = clock;
        file = new(
            Path.Combine(options.DataFolder, "console.db"),
            "create table if not exists sign_ins (number integer primary key autoincrement, at integer not null, name text, source text "
                + "not null, browser text not null, outcome text not null, is_in integer not null)"
        );
    }

    /// <summary>Adds a line.</summary>
    public void Add(HttpContext context, string? name, string outcome, bool isIn = false)
    {
        var browser = context.Request.Headers.UserAgent.ToString();
        using var open = file.Open();
        OwnDatabase.Run(
            open,
            "insert into sign_ins (at, name, source, browser, outcome, is_in) values ($a, $b, $c, $d, $e, $f)",
            clock.GetUtcNow().ToUnixTimeMilliseconds(),
            name ?? (object)DBNull.Value,
            context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            browser[..Math.Min(browser.Length, LongestWith)],
            outcome,
            isIn ? 1 : 0
        );
        OwnDatabase.Run(
            open,
            "delete from sign_ins where at < $a or (is_in = 0 and number <= (select max(number) from sign_ins) - $b)",
            (clock.GetUtcNow() - KeptFor).ToUnixTimeMilliseconds(),
            MostRefused
        );
    }

    /// <summary>The latest lines, the newest first.</summary>
    /// <param name="name">Of this account; of all when null.</param>
    /// <param name="most">How many.</param>
    public IReadOnlyList<SignInLine> Latest(string? name = null, int most = 200)
    {
        using var open = file.Open();
        using var command = OwnDatabase.Command(
            open,
            "select at, name, source, browser, outcome, is_in from sign_ins where $a is null or name = $a order by number desc limit $b",
            name ?? (object)DBNull.Value,
            most
        );
        using var rows = command.ExecuteReader();
        var lines = new List<SignInLine>();
        while (rows.Read())
            lines.Add(
                new(
                    DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)),
                    rows.IsDBNull(1) ? null : rows.GetString(1),
                    rows.GetString(2),
                    rows.GetString(3),
                    rows.GetString(4),
                    rows.GetInt64(5) == 1
                )
            );
        return lines;
    }
}
