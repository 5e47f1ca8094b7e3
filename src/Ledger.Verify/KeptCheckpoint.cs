using System.Security.Cryptography;
using System.Text;

namespace MaySend.Ledger.Verify;

/// <summary>
/// A checkpoint that was kept elsewhere, with the time stamp below it, if it has one. Kept text is signed notes one after another, each
/// followed by its time stamp (RFC 3161) as a PEM block <c>CMS</c>.
/// </summary>
/// <param name="Note">The signed note.</param>
/// <param name="Stamp">The time-stamp token over the note's octets; empty when the block cannot be read; null without one.</param>
public sealed record KeptCheckpoint(string Note, byte[]? Stamp)
{
    const string Begin = "maysend/ledger/";
    const string Label = "CMS";
    const string Opening = "-----BEGIN " + Label + "-----";
    const string Signature = "\u2014 ";

    /// <summary>Whether the note can be read as a checkpoint at all; who signed it is another question.</summary>
    public bool IsCheckpoint => SignedCheckpoint.Parse(Note) is not null;

    /// <summary>Whether a text is the public key of whoever signs checkpoints, as C2SP writes it: <c>name+id+key</c> (Ed25519).</summary>
    public static bool IsVerifierKey(string text) => SignedCheckpoint.IsVerifierKey(text);

    /// <summary>Takes a text that was kept apart; what is no checkpoint is a note of its own, and so found to be none.</summary>
    public static IReadOnlyList<KeptCheckpoint> Read(string text) => [.. Pieces(text).Select(Piece)];

    /// <summary>As it is kept.</summary>
    public string Write() => Stamp is null ? Note : $"{Note}{PemEncoding.WriteString(Label, Stamp)}\n";

    /// <summary>
    /// How many octets of a kept file are whole checkpoints: what comes after them was cut short by a crash while it was written, and
    /// proves nothing.
    /// </summary>
    public static long WholeLength(string text)
    {
        var whole = 0;
        var at = 0;
        var isStamp = false;
        foreach (var line in Lines(text))
        {
            at += line.Length;
            isStamp =
                line.StartsWith(Opening, StringComparison.Ordinal) || (isStamp && !line.StartsWith("-----END", StringComparison.Ordinal));
            if (
                line.EndsWith('\n')
                && !isStamp
                && (line.StartsWith(Signature, StringComparison.Ordinal) || line.StartsWith("-----END", StringComparison.Ordinal))
            )
                whole = at;
        }
        return Encoding.UTF8.GetByteCount(text.AsSpan(0, whole));
    }

    static KeptCheckpoint Piece(string piece)
    {
        var pem = piece.IndexOf(Opening, StringComparison.Ordinal);
        return pem < 0 ? new(piece, null) : new(piece[..pem], Decoded(piece.AsSpan(pem)));
    }

    static byte[] Decoded(ReadOnlySpan<char> pem) =>
        PemEncoding.TryFind(pem, out var fields) ? Convert.FromBase64String(pem[fields.Base64Data].ToString()) : [];

    static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        foreach (var line in Lines(text))
        {
            if (line.StartsWith(Begin, StringComparison.Ordinal) && piece.Length > 0)
            {
                yield return piece.ToString();
                piece.Clear();
            }
            if (piece.Length > 0 || line.Trim().Length > 0)
                piece.Append(line);
        }
        if (piece.Length > 0)
            yield return piece.ToString();
    }

    /// <summary>The lines with what ends them.</summary>
    static IEnumerable<string> Lines(string text)
    {
        for (var at = 0; at < text.Length; )
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            yield return text[at..next];
            at = next;
        }
    }
}
