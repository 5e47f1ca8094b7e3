using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

public sealed partial class EvidenceStore
{
    /// <summary>Everything the store holds about the person at an address, linked addresses among it. Of somebody erased only the
    /// suppression is found.</summary>
    public async ValueTask<PersonExport> ExportAsync(Address address, CancellationToken cancellation = default)
    {
        var records = ImmutableArray.CreateBuilder<AddressExport>();
        foreach (var each in (await LinkedAsync(address, cancellation)).Prepend(address))
        {
            records.Add(await ExportedAsync(each, await FindAsync(each, cancellation: cancellation), cancellation));
        }
        return new(address.Verbatim, clock.GetUtcNow(), ledger.StoreId, records.ToImmutable());
    }

    /// <summary>Everything the store holds about everybody, an address at a time. Of those erased nothing is found.</summary>
    public async IAsyncEnumerable<AddressExport> ExportAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var dossier in DossiersAsync(AsKnown.Now, cancellation))
            yield return await ExportedAsync(dossier.Address, dossier, cancellation);
    }

    async ValueTask<AddressExport> ExportedAsync(Address address, Dossier dossier, CancellationToken cancellation) =>
        new(
            address.Verbatim,
            dossier.State,
            dossier.Contact?.ToString(),
            [.. dossier.Entries.Select(Exported)],
            dossier.Suppressions,
            [.. await HoldsAsync(address, cancellation)]
        );

    static ExportedEntry Exported(RecordedEntry recorded) =>
        new(
            recorded.Position.ToString(),
            recorded.RecordedAt,
            recorded.By,
            recorded.Source?.FileDigest,
            recorded.Source?.Row,
            recorded.Entry
        );
}
