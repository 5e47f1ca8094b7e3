using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MaySend.Mail.OptOut;

/// <summary>What a note is for. Each purpose has keys of its own: a note for one can never be passed off as one for another.</summary>
public enum NotePurpose : byte
{
    /// <summary>The confirmation of a sign-up: names an address and what its holder would get.</summary>
    SignUp = 1,

    /// <summary>The fresh link to what is held about somebody.</summary>
    WhatIsHeld = 2,
}

/// <summary>
/// Words that a link carries, sealed under a key of the ring: nobody but a server of the store can read or make one, and nothing of it is
/// kept anywhere.
/// </summary>
public static class SealedNote
{
    const byte Version = 1;
    const char Between = '\n';

    /// <summary>The note for a link: version, key number and purpose, then tag and sealed words in base64url.</summary>
    /// <param name="ring">The keys.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="words">The words, none with a line break.</param>
    /// <exception cref="ArgumentException">A word holds a line break.</exception>
    public static string Seal(OptOutKeyRing ring, NotePurpose purpose, IReadOnlyList<string> words)
    {
        if (words.Any(word => word.Contains(Between, StringComparison.Ordinal)))
            throw new ArgumentException("a word of a note holds a line break", nameof(words));
        var cipher = ring.Youngest;
        byte[] header = [Version, cipher.KeyId, (byte)purpose];
        return Base64Url.EncodeToString([
            .. header,
            .. cipher.SealNote(purpose, Encoding.UTF8.GetBytes(string.Join(Between, words)), header),
        ]);
    }

    /// <summary>Reads a note; null for anything that no key of the ring sealed for this purpose, without saying why.</summary>
    public static IReadOnlyList<string>? Read(string note, NotePurpose purpose, OptOutKeyRing ring)
    {
        var octets = new byte[Base64Url.GetMaxDecodedLength(note.Length)];
        if (
            // The platform passes over white space and takes padding; nothing that was issued holds any: one has one spelling.
            !OptOutToken.IsLinkAlphabet(note)
            || Base64Url.DecodeFromChars(note, octets, out _, out var length) != OperationStatus.Done
            || length < 3 + OptOutCipher.TagLength
            || octets[0] != Version
            || octets[2] != (byte)purpose
        )
            return null;
        foreach (var cipher in ring.For(octets[1], out var known))
            if (cipher.OpenNote(purpose, octets.AsSpan(3, length - 3), octets[..3]) is { } clear && known)
                return Encoding.UTF8.GetString(clear).Split(Between);
        return null;
    }
}
