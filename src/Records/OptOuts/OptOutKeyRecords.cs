using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Mail.OptOut;

namespace MaySend.Records.OptOuts;

/// <summary>The ring in the store. A key is there before it issues, so whoever can read the store can read every link.</summary>
sealed class OptOutKeyRecords(ServerRecords records, TimeProvider clock)
{
    static readonly Actor By = new Actor("opt-out keys", Rights.None).AsSystem();

    /// <summary>The keys as last read by anything in this process; the same object until something else is read.</summary>
    public IReadOnlyList<OptOutKey> LastRead => records.LastRead.OptOutKeys;

    /// <summary>The keys as they stand now.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<OptOutKey>> ReadAsync(CancellationToken cancellation) =>
        (await records.ReadAsync(cancellation)).OptOutKeys;

    /// <summary>True when links can be out there.</summary>
    public async ValueTask<bool> HasIssuedAsync(CancellationToken cancellation) => (await records.ReadAsync(cancellation)).Scopes.Count > 0;

    /// <summary>
    /// Adds a key with a number that is new to all of <paramref name="known"/>, and reads what is there then. Of several processes that
    /// take one number at the same moment the ledger takes one key; the others read it as theirs.
    /// </summary>
    public async ValueTask<IReadOnlyList<OptOutKey>> AddFreshAsync(OptOutKeyRing? known, CancellationToken cancellation)
    {
        var fresh = known is null
            ? OptOutKey.Create(1, clock)
            : known.Rotate(clock).Keys.Single(key => known.Keys.All(other => other.Id != key.Id));
        await records.AddAsync(Record(fresh), By, $"opt-out key {fresh.Id}", cancellation);
        return await ReadAsync(cancellation);
    }

    /// <summary>Adds keys as they are, and reads what is there then: they have issued already, whatever their numbers are.</summary>
    public async ValueTask<IReadOnlyList<OptOutKey>> AddAsync(IEnumerable<OptOutKey> keys, CancellationToken cancellation)
    {
        foreach (var key in keys)
            await records.AddAsync(Record(key), By, $"opt-out key {key.Fingerprint}", cancellation);
        return await ReadAsync(cancellation);
    }

    static OptOutKeyAdded Record(OptOutKey key) =>
        new(key.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), key.IssuesFrom, key.Secret.ToArray());
}
