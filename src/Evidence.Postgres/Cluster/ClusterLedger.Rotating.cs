using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres.Cluster;

public sealed partial class ClusterLedger
{
    /// <inheritdoc/>
    public async ValueTask RotateKeysAsync(bool destroyOldWrappingKeys, CancellationToken cancellation = default) =>
        await Home.AloneAsync(
            Upkeep,
            async () =>
            {
                await shards.RefreshAsync(cancellation);
                if (Map.Moving is { } move)
                    throw new LedgerUnavailableException(
                        UnavailableBecause.Busy,
                        $"partition {move.Partition} is on its way from {move.From} to {move.To}: run `maysend cluster move "
                            + $"{move.Partition} --to {move.To}` until it is done first"
                    );
                var file = shards.Options.KeyFile;
                var keys = KeyRing.Load(file).UpTo(await NewestGenerationAsync(cancellation)).Rotated();
                keys.Save(file);
                await AdoptAsync(keys.Current.Number);
                var all = await shards.AllOf(shards.Now);
                foreach (var (_, ledger) in all)
                    await ledger.MoveContactsAsync(cancellation);
                var isLeft = false;
                foreach (var (_, ledger) in all)
                    isLeft |= await ledger.HasOlderAsync(cancellation);
                if (destroyOldWrappingKeys && !isLeft)
                    (await Home.RingAsync(cancellation)).WithSigningOf(file).DestroyOldWrappingKeys().Save(file);
                foreach (var (_, ledger) in all)
                    await ledger.VacuumAsync(cancellation);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask RotateCheckpointKeyAsync(CancellationToken cancellation = default) =>
        await Home.AloneAsync(
            Upkeep,
            async () =>
            {
                // The note first: a key that it names and that is lost harms nobody, one in use that it does not name leaves auditors
                // behind.
                var next = KeyRing.NewSigningKey();
                await KeepAsync(next, cancellation);
                KeyRing.Load(shards.Options.KeyFile).WithSigning(next).Save(shards.Options.KeyFile);
                return true;
            },
            cancellation
        );

    async Task<int> NewestGenerationAsync(CancellationToken cancellation)
    {
        var newest = 0;
        foreach (var (_, ledger) in await shards.AllOf(shards.Now))
            newest = Math.Max(newest, await ledger.GenerationAsync(cancellation));
        return newest;
    }

    /// <summary>
    /// Takes every server to a generation of keys, home last: until home goes by it nobody writes under it, and once home does, nobody can
    /// write under an older one anywhere. So two processes never make two contacts of one address, in partitions on two servers.
    /// </summary>
    async Task AdoptAsync(int generation)
    {
        foreach (var (_, ledger) in (await shards.AllOf(shards.Now)).OrderBy(one => one.Name == Map.Home))
            await ledger.AdoptGenerationAsync(generation);
        await shards.RefreshAsync();
    }

    /// <summary>A rotation that broke off between two servers is taken to the end; where a server cannot be asked, by the next who
    /// can.</summary>
    async Task FinishRotationAsync()
    {
        try
        {
            var newest = await NewestGenerationAsync(CancellationToken.None);
            foreach (var (_, ledger) in await shards.AllOf(shards.Now))
                if (await ledger.GenerationAsync() < newest)
                {
                    await AdoptAsync(newest);
                    return;
                }
        }
        catch (LedgerUnavailableException fault) when (fault.Because is UnavailableBecause.Unreachable or UnavailableBecause.Busy)
        {
            // A server is down: its partitions cannot be asked for anyhow.
        }
    }
}
