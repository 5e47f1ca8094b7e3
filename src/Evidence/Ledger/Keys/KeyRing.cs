using System.Security.Cryptography;

namespace MaySend.Evidence.Ledger.Keys;

/// <summary>
/// The secrets that make a ledger readable, kept in a file of their own outside the store. Each generation has a look-up secret (addresses
/// and suppressions are found under it) and a wrapping key (contact keys are encrypted under it). New work uses the current generation;
/// look-ups try all of them, newest first. Losing the file loses every address and every payload, for good.
/// </summary>
public sealed partial class KeyRing
{
    readonly KeyGeneration[] newestFirst;

    KeyRing(IEnumerable<KeyGeneration> generations, byte[] signingSeed, IReadOnlyList<string> earlierVerifierKeys)
    {
        newestFirst = [.. generations.OrderByDescending(generation => generation.Number)];
        Signing = new SigningKey(signingSeed);
        EarlierVerifierKeys = earlierVerifierKeys;
    }

    /// <summary>All generations, newest first; never empty.</summary>
    public IReadOnlyList<KeyGeneration> Generations => newestFirst;

    /// <summary>The generation that new work uses.</summary>
    public KeyGeneration Current => newestFirst[0];

    /// <summary>The partitions that a contact at an address can be in: under each generation it falls in one, and it stays where it was
    /// made.</summary>
    public IEnumerable<Partition> PartitionsOf(Identity.Address address) =>
        newestFirst
            .Select(generation =>
            {
                generation.AddressMac(address, out var partition);
                return partition;
            })
            .Distinct();

    /// <summary>Signs checkpoints.</summary>
    public SigningKey Signing { get; }

    /// <summary>Public keys that checkpoints were signed with before, oldest first: their signatures stay checkable.</summary>
    public IReadOnlyList<string> EarlierVerifierKeys { get; }

    /// <summary>Every public key that may have signed a checkpoint of this ledger, the one in use first.</summary>
    public IReadOnlyList<string> VerifierKeys => [Signing.VerifierKey, .. EarlierVerifierKeys];

    /// <summary>A new key for checkpoints.</summary>
    public static SigningKey NewSigningKey() => new(RandomNumberGenerator.GetBytes(SigningKey.SeedSize));

    /// <summary>
    /// The same ring with another key for checkpoints. The old one is kept as its public half alone, so nobody can sign with it any more.
    /// </summary>
    public KeyRing WithSigning(SigningKey next) => new(newestFirst, next.Seed, [.. EarlierVerifierKeys, Signing.VerifierKey]);

    /// <summary>The same ring with the keys for checkpoints that the file has now: another process may have changed them.</summary>
    public KeyRing WithSigningOf(string path)
    {
        var file = Load(path);
        return new(newestFirst, file.Signing.Seed, file.EarlierVerifierKeys);
    }

    /// <summary>A new ring with one generation of random secrets.</summary>
    public static KeyRing Create() => new([KeyGeneration.Create(1)], RandomNumberGenerator.GetBytes(SigningKey.SeedSize), []);

    /// <summary>The same ring with a new current generation. Save it before the store writes under it.</summary>
    public KeyRing Rotated() => new([.. newestFirst, KeyGeneration.Create(Current.Number + 1)], Signing.Seed, EarlierVerifierKeys);

    /// <summary>
    /// The same ring without the older wrapping keys: what was wrapped under them, in backups, old log files or free pages, can never be
    /// read again. Only after every contact was moved (<see cref="ILedger.RotateKeysAsync"/> does both). The older look-up secrets stay:
    /// suppressions are found under them.
    /// </summary>
    public KeyRing DestroyOldWrappingKeys() =>
        new(
            newestFirst.Select((generation, i) => i == 0 ? generation : generation.WithoutWrappingKey()),
            Signing.Seed,
            EarlierVerifierKeys
        );

    /// <summary>
    /// The same ring without generations after <paramref name="number"/>: those a store has not been told of yet must not be used on it.
    /// </summary>
    public KeyRing UpTo(int number) => new(newestFirst.Where(generation => generation.Number <= number), Signing.Seed, EarlierVerifierKeys);

    /// <summary>The generation with this number, or <see cref="LedgerKeyException"/>.</summary>
    public KeyGeneration Generation(int number)
    {
        foreach (var generation in newestFirst)
        {
            if (generation.Number == number)
                return generation;
        }

        throw new LedgerKeyException($"the key file holds no generation {number}; restore the key file that belongs to this ledger");
    }
}
