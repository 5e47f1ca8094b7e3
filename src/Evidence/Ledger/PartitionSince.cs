using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger;

/// <summary>A place in a chain that names everything before it as well; the default is the place before the first entry.</summary>
/// <param name="Seq">The number of the entry.</param>
/// <param name="Hash">Its chain hash, 32 bytes.</param>
public readonly record struct ChainMark(long Seq, ReadOnlyMemory<byte> Hash);

/// <summary>Everybody of a partition who can be read, with what was recorded after a mark, as seen in one look.</summary>
/// <param name="Position">How far the partition and the controller's chain reached.</param>
/// <param name="From">The mark; the default, and then everything is here, where the chain does not lead over the mark asked for.</param>
/// <param name="Head">The end of the partition's chain.</param>
/// <param name="Own">Seals what is kept about the partition and not about one contact: the key of the controller's entries.</param>
/// <param name="Contacts">All of them, whether anything was recorded since or not, in no stated order.</param>
public sealed record PartitionSince(
    DecisionPosition Position,
    ChainMark From,
    ChainMark Head,
    ContactKey Own,
    IReadOnlyList<ContactSince> Contacts
)
{
    /// <summary>The same people after the end of the chain: nothing was recorded since.</summary>
    public PartitionSince AtItsEnd() =>
        this with
        {
            From = Head,
            Contacts = [.. Contacts.Select(contact => contact with { Entries = [], Stated = default })],
        };
}

/// <summary>A contact, and what was recorded about it after a mark.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Key">What its entries are sealed with.</param>
/// <param name="Rows">A keyed hash over its rows in the index as they are now: its address, links and holds.</param>
/// <param name="Entries">What was recorded, in order of position.</param>
/// <param name="Stated">What its entries stated of those rows last; empty where none since the mark says anything of them.</param>
public sealed record ContactSince(
    Contact Contact,
    ContactKey Key,
    ReadOnlyMemory<byte> Rows,
    IReadOnlyList<LedgerEntry> Entries,
    ReadOnlyMemory<byte> Stated
)
{
    /// <summary>
    /// True where the entry that made the contact is among these: it alone, beside the ledger's own, states the contact's rows.
    /// </summary>
    public bool IsNew => Entries is [{ Content.IndexState.IsEmpty: false }, ..];

    /// <summary>Ends the operation unless the contact's rows in the index are those that its entries state.</summary>
    /// <param name="statedBefore">What its entries up to the mark stated last.</param>
    /// <exception cref="LedgerUnavailableException">They are not: the index has been altered.</exception>
    public void Require(ReadOnlySpan<byte> statedBefore) => Require(Stated.IsEmpty ? statedBefore : Stated.Span, Rows.Span, Contact.Id);

    /// <summary>Ends the operation unless a contact's rows in the index are those that the chain states.</summary>
    /// <param name="stated">The keyed hash that the chain states; empty where it states none.</param>
    /// <param name="rows">The keyed hash over the rows there are.</param>
    /// <param name="contact">The contact.</param>
    /// <exception cref="LedgerUnavailableException">They are not: the index has been altered.</exception>
    public static void Require(ReadOnlySpan<byte> stated, ReadOnlySpan<byte> rows, ContactId contact)
    {
        if (!CryptographicOperations.FixedTimeEquals(stated, rows))
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the address, links or holds of contact {contact} are not those that the chain states: the store has been altered. "
                    + "Run `maysend ledger verify --keys`, then restore from a backup"
            );
    }
}
