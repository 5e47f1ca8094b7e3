using System.Text;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>A contact's address, encrypted under the contact's key: one byte for the kind, then the address verbatim in UTF-8.</summary>
public static class AddressSeal
{
    static ReadOnlySpan<byte> Bound => "maysend/address/1"u8;

    /// <summary>Encrypts.</summary>
    public static byte[] Seal(Address address, ContactKey key) =>
        key.Seal([(byte)address.Kind, .. Encoding.UTF8.GetBytes(address.Verbatim)], Bound);

    /// <summary>Opens; <see cref="LedgerUnavailableException"/> when it has been altered.</summary>
    public static Address Open(ReadOnlySpan<byte> ciphertext, ContactId contact, ContactKey key)
    {
        if (key.Open(ciphertext, Bound) is not { Length: > 1 } text)
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the address of contact {contact} does not open: the store has been altered"
            );
        var verbatim = Encoding.UTF8.GetString(text, 1, text.Length - 1);
        return ((AddressKind)text[0] == AddressKind.Email ? Address.Email(verbatim) : Address.Telephone(verbatim)).Required();
    }
}
