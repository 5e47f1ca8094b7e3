using System.Data.Common;
using System.Security.Cryptography.X509Certificates;

namespace MaySend.Ledger.Verify;

/// <summary>
/// Re-derives a whole ledger from outside: every hash of every chain, the heads, the suppressions, and every checkpoint with its tree and
/// signature. Reads a snapshot beside running writers and changes nothing. It needs no key but the public ones that checkpoints are signed
/// with, so it cannot read what entries say.
/// </summary>
public static class Verifier
{
    /// <summary>Verifies a SQLite ledger. Checkpoints kept elsewhere prove that nothing before them was cut off or written again. Those
    /// that bear a time stamp are held against the authorities' certificates, where some are given. <see cref="FormatException"/> when a
    /// verifier key is none.</summary>
    public static async Task<VerificationReport> SqliteAsync(
        string path,
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> keptCheckpoints,
        KeyedCheck? keyed = null,
        X509Certificate2Collection? authorities = null
    )
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no ledger at {path}", path);
        try
        {
            await using var rows = new SqliteRows(path);
            var report = await new Verification(rows, verifierKeys, keyed, authorities).RunAsync(keptCheckpoints);
            // Rows that are whole can be missed where an index that leads to them is not.
            var damage = await rows.DamageAsync();
            return damage.Count == 0
                ? report
                : report with
                {
                    Findings =
                    [
                        .. report.Findings,
                        .. damage.Select(what => new VerificationFinding(-1, 0, $"the file is damaged: {what}")),
                    ],
                };
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            return Unreadable(fault);
        }
    }

    /// <summary>Verifies a PostgreSQL ledger; see <see cref="SqliteAsync"/>.</summary>
    public static async Task<VerificationReport> PostgresAsync(
        string connectionString,
        string schema,
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> keptCheckpoints,
        KeyedCheck? keyed = null,
        X509Certificate2Collection? authorities = null
    )
    {
        try
        {
            await using var rows = await PostgresRows.OpenAsync(connectionString, schema);
            await rows.RequireWholeAsync();
            return await new Verification(rows, verifierKeys, keyed, authorities).RunAsync(keptCheckpoints);
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            return Unreadable(fault);
        }
    }

    /// <summary>Verifies a ledger on several PostgreSQL servers as one; see <see cref="SqliteAsync"/>.</summary>
    public static async Task<VerificationReport> ClusterAsync(
        IReadOnlyList<(string Name, string ConnectionString, string Schema)> servers,
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> keptCheckpoints,
        KeyedCheck? keyed = null,
        X509Certificate2Collection? authorities = null
    )
    {
        try
        {
            await using var rows = await ClusterRows.OpenAsync(servers);
            return await new Verification(rows, verifierKeys, keyed, authorities).RunAsync(keptCheckpoints);
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            return Unreadable(fault);
        }
    }

    /// <summary>
    /// The store refuses, or a cell holds another type than it was written with: NULL for a hash, text for a number, a number beyond all
    /// measure.
    /// </summary>
    static bool IsUnreadable(Exception fault) =>
        fault is DbException or InvalidCastException or InvalidOperationException or ArithmeticException or ArgumentException;

    static VerificationReport Unreadable(Exception fault) =>
        new("", 0, 0, 0, false, [new(-1, 0, $"the store cannot be read: {fault.Message}")]);
}
