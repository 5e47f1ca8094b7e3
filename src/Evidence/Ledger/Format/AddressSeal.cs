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
        using var opening = key.Opening();
        return Open(ciphertext, contact, opening);
    }

    /// <summary>The same, for who opens the contact's entries as well.</summary>
    public static Address Open(ReadOnlySpan<byte> ciphertext, ContactId contact, ContactOpening opening)
    {
        if (opening.Open(ciphertext, Bound) is not { Length: > 1 } text)
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the address of contact {contact} does not open: the store has been altered"
            );
        return Read(text)
            ?? throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"what is sealed as the address of contact {contact} is not an address: the store has been altered"
            );
    }

    /// <summary>Ends the operation unless the sealed address is the one by which it was looked up.</summary>
    /// <exception cref="LedgerUnavailableException">It is another's, or has been altered.</exception>
    public static void Require(ReadOnlySpan<byte> ciphertext, ContactId contact, ContactKey key, Address asked) =>
        Require(Open(ciphertext, contact, key), contact, asked);

    /// <summary>The same, where it has been opened.</summary>
    public static void Require(Address held, ContactId contact, Address asked)
    {
        if (held != asked)
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the index leads from an address to contact {contact}, which is at another: the store has been altered. "
                    + "Run `maysend ledger verify --keys`, then restore from a backup"
            );
    }

    static Address? Read(byte[] text)
    {
        var verbatim = Encoding.UTF8.GetString(text, 1, text.Length - 1);
        return Address.Recorded((AddressKind)text[0], verbatim).Address;
    }
}
