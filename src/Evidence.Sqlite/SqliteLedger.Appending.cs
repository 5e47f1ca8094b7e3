using System.Security.Cryptography;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string SelectByAddress = "select id, partition, generation, wrapped_key from contact where address_mac = $1";
    const string SelectById = "select id, partition, generation, wrapped_key from contact where id = $1";
    const string SelectAnyEntry = "select 1 from entry where contact = $1 limit 1";
    const int GreatestTries = 20;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Appended>> AppendAsync(IReadOnlyList<AppendRequest> requests, CancellationToken cancellation = default)
    {
        for (var tries = 0; tries < GreatestTries; tries++)
        {
            if (await AppendOnce(requests, cancellation) is { } answers)
                return answers;
        }

        throw new LedgerUnavailableException(UnavailableBecause.Busy, "the contacts of this batch come and go faster than they can be written to; try again");
    }

    /// <summary>Seals and writes the requests; null when a contact came or went meanwhile and they must be sealed again.</summary>
    async Task<Appended[]?> AppendOnce(IReadOnlyList<AppendRequest> requests, CancellationToken cancellation)
    {
        var answers = new Appended[requests.Count];
        var (entries, places) = Look(session => SealAll(session, requests, answers));
        if (entries.Count == 0)
            return answers;
        if (await writer.Append(entries, cancellation) is not { } written)
            return null;
        for (var k = 0; k < written.Length; k++)
        {
            var contact = entries[k].Owner == ContactId.Controller || written[k].Position is null ? (ContactId?)null : entries[k].Owner;
            answers[places[k]] = new(written[k].Outcome, written[k].Position, contact);
        }

        return answers;
    }

    (List<SealedEntry> Entries, List<int> Places) SealAll(Session session, IReadOnlyList<AppendRequest> requests, Appended[] answers)
    {
        var (entries, places) = (new List<SealedEntry>(requests.Count), new List<int>(requests.Count));
        var resolving = new Resolving(this, session, CurrentRing(session));
        for (var i = 0; i < requests.Count; i++)
        {
            if (resolving.Owner(requests[i].Subject) is { } owner)
            {
                entries.Add(Seal(requests[i], owner));
                places.Add(i);
            }
            else
            {
                answers[i] = new(resolving.WasErased(requests[i].Subject) ? AppendOutcome.ContactErased : AppendOutcome.ContactUnknown, null, null);
            }
        }

        return (entries, places);
    }

    static SealedEntry Seal(AppendRequest request, Owner owner)
    {
        var content = EntrySeal.Seal(request, owner.Id, owner.Key);
        return new()
        {
            Owner = owner.Id,
            OwnerBytes = owner.Id.ToBytes(),
            Partition = owner.Partition,
            Kind = request.Kind,
            Idempotency = request.IdempotencyKey is { } key ? owner.Key.IdempotencyHash(key) : null,
            Content = content,
            ContentDigest = SHA256.HashData(content),
            Newcomer = owner.Newcomer is { } newcomer && request.Subject is EntrySubject.At { DespiteSuppression: true } ? newcomer with { DespiteSuppression = true } : owner.Newcomer,
        };
    }

    sealed record Owner(ContactId Id, Partition Partition, ContactKey Key, Newcomer? Newcomer);

    /// <summary>Finds, or prepares, the contacts of one batch; the same new address twice in a batch is one contact.</summary>
    sealed class Resolving(SqliteLedger ledger, Session session, KeyRing ring)
    {
        readonly Dictionary<Address, Owner> byAddress = [];
        readonly Dictionary<ContactId, Owner?> byId = [];

        internal Owner? Owner(EntrySubject subject) => subject switch
        {
            EntrySubject.Controller => new(ContactId.Controller, Partition.Controller, ledger.controllerKey, null),
            EntrySubject.Contact(var id) => byId.TryGetValue(id, out var known) ? known : byId[id] = Found(session[SelectById].Rows(id.ToBytes())),
            EntrySubject.At at => byAddress.TryGetValue(at.Address, out var known) ? known : byAddress[at.Address] = At(at.Address),
            _ => throw new ArgumentException($"no such subject: {subject}"),
        };

        internal bool WasErased(EntrySubject subject) => subject is EntrySubject.Contact(var id) && session[SelectAnyEntry].Value(id.ToBytes()) is not null;

        Owner At(Address address)
        {
            foreach (var generation in ring.Generations)
            {
                if (Found(session[SelectByAddress].Rows(generation.AddressMac(address, out _))) is { } known)
                    return known;
            }

            var mac = ring.Current.AddressMac(address, out var partition);
            var id = ContactId.New();
            var secret = RandomNumberGenerator.GetBytes(ContactKey.SecretSize);
            var key = ContactKey.FromSecret(secret);
            var suppressions = ring.Generations.Select(generation => generation.SuppressionMac(address)).ToList();
            return new(id, partition, key, new(mac, ring.Current.Number, ring.Current.Wrap(secret, id), AddressSeal.Seal(address, key), suppressions, false));
        }

        Owner? Found(Microsoft.Data.Sqlite.SqliteDataReader rows)
        {
            using (rows)
            {
                if (!rows.Read())
                    return null;
                var id = rows.Contact(0);
                return new(id, new Partition(rows.GetInt32(1)), ContactKey.FromSecret(ring.Generation(rows.GetInt32(2)).Unwrap((byte[])rows[3], id)), null);
            }
        }
    }
}
