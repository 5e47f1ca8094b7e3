using System.Collections.Immutable;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

public sealed partial class EvidenceStore
{
    /// <summary>Everything the store holds about the person at an address, linked addresses among it. Of somebody erased only the
    /// suppression is
    /// found.</summary>
    public async ValueTask<PersonExport> ExportAsync(Address address, CancellationToken cancellation = default)
    {
        var records = ImmutableArray.CreateBuilder<AddressExport>();
        foreach (var each in (await LinkedAsync(address, cancellation)).Prepend(address))
        {
            var dossier = await FindAsync(each, cancellation: cancellation);
            records.Add(
                new(
                    each.Verbatim,
                    dossier.State,
                    dossier.Contact?.ToString(),
                    [.. dossier.Entries.Select(Exported)],
                    dossier.Suppressions,
                    [.. await HoldsAsync(each, cancellation)]
                )
            );
        }
        return new(address.Verbatim, clock.GetUtcNow(), ledger.StoreId, records.ToImmutable());
    }

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
