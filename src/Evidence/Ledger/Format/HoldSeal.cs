using System.Text;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>Why a legal hold was placed, encrypted under the contact's key.</summary>
public static class HoldSeal
{
    static ReadOnlySpan<byte> Bound => "maysend/hold/1"u8;

    /// <summary>Encrypts.</summary>
    public static byte[] Seal(string reason, ContactKey key) => key.Seal(Encoding.UTF8.GetBytes(reason), Bound);

    /// <summary>Opens; <see cref="LedgerUnavailableException"/> when it has been altered.</summary>
    public static string Open(ReadOnlySpan<byte> ciphertext, ContactKey key) =>
        key.Open(ciphertext, Bound) is { } text
            ? Encoding.UTF8.GetString(text)
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                "the reason of a legal hold does not open: the store has been altered"
            );
}
