using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace MaySend.Ledger.Verify;

/// <summary>A checkpoint note taken apart (C2SP signed note; the text as docs/ledger.md states it).</summary>
sealed record SignedCheckpoint(
    string Origin,
    long Entries,
    byte[] Root,
    string RecordedAt,
    IReadOnlyDictionary<int, (long Size, byte[] Head)> Chains,
    string Text,
    IReadOnlyList<(string Name, byte[] Signature)> Signatures
)
{
    const string NextKeyLine = "next-key ";

    /// <summary>The key that checkpoints are signed with after this one; null where it stays.</summary>
    internal string? NextKey { get; private init; }

    /// <summary>Null when the text is not a checkpoint of ours.</summary>
    internal static SignedCheckpoint? Parse(string note)
    {
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        try
        {
            var lines = note[..end].Split('\n');
            var signatures = note[(end + 2)..]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .Where(words => words is ["\u2014", _, _])
                .Select(words => (words[1], Convert.FromBase64String(words[2])));
            var next = lines[^1].StartsWith(NextKeyLine, StringComparison.Ordinal) ? lines[^1][NextKeyLine.Length..] : null;
            if (next is not null)
                _ = PublicKeyOf(next);
            var chains = lines[4..(next is null ? lines.Length : lines.Length - 1)]
                .Select(line => line.Split(' '))
                .ToDictionary(
                    words => int.Parse(words[0], NumberStyles.None, CultureInfo.InvariantCulture),
                    words => (long.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture), Convert.FromBase64String(words[2]))
                );
            return lines[3].StartsWith("recorded ", StringComparison.Ordinal)
                ? new(
                    lines[0],
                    long.Parse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture),
                    Convert.FromBase64String(lines[2]),
                    lines[3]["recorded ".Length..],
                    chains,
                    note[..(end + 1)],
                    [.. signatures]
                )
                {
                    NextKey = next,
                }
                : null;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>True when the root is that of the tree over every chain's head, those that are empty among them.</summary>
    internal bool RootStands()
    {
        const string before = "maysend/ledger/";
        if (!Origin.StartsWith(before, StringComparison.Ordinal) || Origin.Length != before.Length + 32)
            return false;
        var storeId = Convert.FromHexString(Origin.AsSpan(before.Length));
        var all = Enumerable
            .Range(0, Hashes.Chains)
            .Select(chain =>
                Chains.TryGetValue(chain, out var stated)
                    ? (chain, stated.Size, stated.Head)
                    : (chain, Size: 0L, Head: Hashes.Genesis(storeId, chain))
            );
        return Hashes.TreeRoot(all).AsSpan().SequenceEqual(Root);
    }

    /// <summary>
    /// Keys and those that notes hand over to: each note that is signed by a key known by then makes the key known that it names.
    /// </summary>
    internal static IReadOnlyList<string> Followed(IReadOnlyList<string> verifierKeys, IEnumerable<string> handovers)
    {
        List<string> known = [.. verifierKeys];
        foreach (var note in handovers.Select(Parse))
            if (note?.NextKey is { } next && note.IsSignedBy(known) && note.RootStands())
                known.Add(next);
        return known;
    }

    /// <summary>Those of the notes that hand over to another key.</summary>
    internal static List<string> Handovers(IEnumerable<string> notes) => [.. notes.Where(note => Parse(note)?.NextKey is not null)];

    /// <summary>True when one of the keys, given as C2SP verifier keys (<c>name+id+key</c>), signed the text.</summary>
    internal bool IsSignedBy(IReadOnlyList<string> verifierKeys) => verifierKeys.Any(IsSignedBy);

    bool IsSignedBy(string verifierKey)
    {
        var (name, id, publicKey) = PublicKeyOf(verifierKey);
        return Signatures.Any(one =>
            one.Name == name
            && one.Signature.Length == 68
            && Convert.ToHexStringLower(one.Signature.AsSpan(0, 4)) == id
            && SignatureAlgorithm.Ed25519.Verify(publicKey, Encoding.UTF8.GetBytes(Text), one.Signature.AsSpan(4))
        );
    }

    /// <summary>Whether a text is the public key of a signer as C2SP writes it: <c>name+id+key</c>, an Ed25519 key.</summary>
    internal static bool IsVerifierKey(string text)
    {
        try
        {
            PublicKeyOf(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    static (string Name, string Id, PublicKey Key) PublicKeyOf(string verifierKey)
    {
        if (verifierKey.Trim().Split('+', 3) is not [var name, var id, var encoded])
            throw new FormatException($"`{verifierKey}` is not a verifier key (name+id+key)");
        var key = Convert.FromBase64String(encoded);
        if (key is not [1, ..] || key.Length != 33)
            throw new FormatException($"`{verifierKey}` is not an Ed25519 verifier key");
        return (name, id, PublicKey.Import(SignatureAlgorithm.Ed25519, key.AsSpan(1), KeyBlobFormat.RawPublicKey));
    }
}
