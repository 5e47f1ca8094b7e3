using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Writing;

/// <summary>An entry ready to be put into the chain.</summary>
public sealed record SealedEntry
{
    /// <summary>Whose it is.</summary>
    public required ContactId Owner { get; init; }

    /// <summary>The same as bytes.</summary>
    public required byte[] OwnerBytes { get; init; }

    /// <summary>Where it is chained.</summary>
    public required Partition Partition { get; init; }

    /// <summary>The word that is kept in clear.</summary>
    public required string Kind { get; init; }

    /// <summary>The hash of its idempotency key; null where it has none.</summary>
    public required byte[]? Idempotency { get; init; }

    /// <summary>What is encrypted.</summary>
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>, which the chain covers.</summary>
    public required byte[] ContentDigest { get; init; }

    /// <summary>The contact to make with it, if any.</summary>
    public Newcomer? Newcomer { get; init; }

    /// <summary>Seals one request.</summary>
    /// <param name="request">What to append.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="indexState">What the chain is to say of the owner's row; null for what makes a newcomer, if it is one.</param>
    /// <exception cref="ArgumentException">A field of the request is out of its range.</exception>
    public static SealedEntry Of(AppendRequest request, Owner owner, byte[]? indexState = null)
    {
        using var sealing = owner.Key.Sealing();
        return Of(request, owner, sealing, indexState);
    }

    /// <summary>Seals what has an owner, in order; entries of one contact that follow each other share a cipher.</summary>
    /// <param name="requests">What to append.</param>
    /// <param name="owners">Whose each is; null for what belongs to nobody.</param>
    /// <returns>The entries, and the place of each among the requests.</returns>
    /// <exception cref="ArgumentException">A field of a request is out of its range; nothing was sealed.</exception>
    public static (List<SealedEntry> Entries, List<int> Places) Of(IReadOnlyList<AppendRequest> requests, IReadOnlyList<Owner?> owners)
    {
        var (entries, places) = (new List<SealedEntry>(requests.Count), new List<int>(requests.Count));
        ContactSealing? sealing = null;
        ContactKey? of = null;
        try
        {
            for (var i = 0; i < owners.Count; i++)
            {
                if (owners[i] is not { } owner)
                    continue;
                if (!ReferenceEquals(of, owner.Key))
                {
                    sealing?.Dispose();
                    (of, sealing) = (owner.Key, owner.Key.Sealing());
                }
                entries.Add(Of(requests[i], owner, sealing!, null));
                places.Add(i);
            }
        }
        finally
        {
            sealing?.Dispose();
        }
        return (entries, places);
    }

    static SealedEntry Of(AppendRequest request, Owner owner, ContactSealing sealing, byte[]? indexState)
    {
        var content = EntrySeal.Seal(request, owner.Id, sealing, indexState ?? owner.Newcomer?.IndexState);
        return new()
        {
            Owner = owner.Id,
            OwnerBytes = owner.Id.ToBytes(),
            Partition = owner.Partition,
            Kind = request.Kind,
            Idempotency = request.IdempotencyKey is { } key ? sealing.IdempotencyHash(key) : null,
            Content = content,
            ContentDigest = SHA256.HashData(content),
            Newcomer =
                owner.Newcomer is { } newcomer && request.Subject is EntrySubject.At { DespiteSuppression: true }
                    ? newcomer with
                    {
                        DespiteSuppression = true,
                    }
                    : owner.Newcomer,
        };
    }
}

/// <summary>What became of a sealed entry.</summary>
/// <param name="Outcome">Whether it was added.</param>
/// <param name="Position">Where it stands, or stood already; null where it does not.</param>
public readonly record struct Written(AppendOutcome Outcome, LedgerPosition? Position);
