namespace MaySend.Evidence.Sqlite;

/// <summary>
/// Looks for what was erased in the octets of the file. SQLite overwrites what is deleted where it lies (<c>secure_delete</c>); of a row
/// that it once moved to another page, a copy may lie where it was, in room that is nobody's, until something else is written there.
/// </summary>
static class Residue
{
    const int Piece = 1 << 22;

    /// <summary>True where one of the traces is anywhere in the file.</summary>
    public static bool IsIn(string path, IReadOnlyList<byte[]> traces)
    {
        if (traces.Count == 0)
            return false;
        var overlap = traces.Max(trace => trace.Length) - 1;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        var octets = new byte[overlap + Piece];
        // What may be the beginning of a trace is looked at again with what comes after it.
        for (var kept = 0; ; )
        {
            var read = file.ReadAtLeast(octets.AsSpan(kept), Piece, throwOnEndOfStream: false);
            var there = octets.AsSpan(0, kept + read);
            foreach (var trace in traces)
                if (there.IndexOf(trace) >= 0)
                    return true;
            if (read < Piece)
                return false;
            kept = Math.Min(overlap, there.Length);
            there[^kept..].CopyTo(octets);
        }
    }
}
