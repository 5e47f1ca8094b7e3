using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MaySend.Mail.OptOut;

/// <summary>
/// What the page after an opt-out carries so that it, and nobody who only holds the link, can take back what it has just added. Sealed
/// under a key of the ring in a domain of its own: a link can never be passed off as an undo, and every server that reads the links reads
/// the undos.
/// </summary>
/// <param name="Contact">Whose refusals they are.</param>
/// <param name="Refusals">The ids of the refusals that were added, without line breaks.</param>
public sealed record OptOutUndo(UInt128 Contact, IReadOnlyList<string> Refusals)
{
    const byte Version = 1;

    /// <summary>The undo for a form field: version, key number, then tag and sealed text in base64url.</summary>
    public string ToProof(OptOutKeyRing ring)
    {
        var cipher = ring.Youngest;
        byte[] header = [Version, cipher.KeyId];
        var clear = Encoding.UTF8.GetBytes(string.Join('\n', [Contact.ToString("x32", CultureInfo.InvariantCulture), .. Refusals]));
        return Base64Url.EncodeToString([.. header, .. cipher.SealUndo(clear, header)]);
    }

    /// <summary>Reads a proof; null for anything that no key of the ring sealed, without saying why.</summary>
    public static OptOutUndo? Read(string proof, OptOutKeyRing ring)
    {
        var octets = new byte[Base64Url.GetMaxDecodedLength(proof.Length)];
        if (
            // The platform passes over white space and takes padding; nothing that was issued holds any: one has one spelling.
            !OptOutToken.IsLinkAlphabet(proof)
            || Base64Url.DecodeFromChars(proof, octets, out _, out var length) != OperationStatus.Done
            || length < 2 + OptOutCipher.TagLength
            || octets[0] != Version
        )
            return null;
        foreach (var cipher in ring.For(octets[1], out var known))
        {
            if (cipher.OpenUndo(octets.AsSpan(2, length - 2), octets[..2]) is not { } clear || !known)
                continue;
            var parts = Encoding.UTF8.GetString(clear).Split('\n');
            return new(UInt128.Parse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), parts[1..]);
        }
        return null;
    }
}
