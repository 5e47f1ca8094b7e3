using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Writing;

/// <summary>Whose an entry is, and the key it is sealed under.</summary>
/// <param name="Id">The contact, or the controller.</param>
/// <param name="Partition">Where its entries are chained.</param>
/// <param name="Key">What seals them.</param>
/// <param name="Newcomer">What makes the contact together with its first entry; null for one that stands.</param>
public sealed record Owner(ContactId Id, Partition Partition, ContactKey Key, Newcomer? Newcomer)
{
    /// <summary>A contact for an address at which nobody stands, sealed and not yet made.</summary>
    public static Owner Stranger(Address address, KeyRing ring)
    {
        var mac = ring.Current.AddressMac(address, out var partition);
        var id = ContactId.New();
        var secret = ContactKey.NewSecret();
        var key = ContactKey.FromSecret(secret);
        return new(
            id,
            partition,
            key,
            new(
                mac,
                ring.Current.Number,
                ring.Current.Wrap(secret, id),
                AddressSeal.Seal(address, key),
                IndexState.OfNew(address).Bind(key),
                [.. ring.Generations.Select(generation => generation.SuppressionMac(address))],
                false
            )
        );
    }
}

/// <summary>The contact to make together with its first entry.</summary>
/// <param name="AddressMac">By which the index finds it.</param>
/// <param name="Generation">Of the key that it is found and wrapped by.</param>
/// <param name="WrappedKey">Its key, wrapped.</param>
/// <param name="Address">Its address, sealed.</param>
/// <param name="IndexState">What the chain is to say of its row: <see cref="Format.IndexState"/>.</param>
/// <param name="SuppressionMacs">By which a suppression of the address would be found, one for each generation.</param>
/// <param name="DespiteSuppression">True for a person who came back by an act of their own.</param>
public sealed record Newcomer(
    byte[] AddressMac,
    int Generation,
    byte[] WrappedKey,
    byte[] Address,
    byte[] IndexState,
    IReadOnlyList<byte[]> SuppressionMacs,
    bool DespiteSuppression
);
