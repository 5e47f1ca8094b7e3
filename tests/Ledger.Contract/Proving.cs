using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Ledger.Contract.Stores;
using MaySend.Ledger.Verify;

namespace MaySend.Ledger.Contract;

public sealed class ProvingSqlite() : Proving(new SqliteStore());

public sealed class ProvingPostgres(PostgresCluster cluster) : Proving(new PostgresStore(cluster));

/// <summary>Proofs for somebody who has neither store nor keys, only the first public key of the ledger.</summary>
public abstract class Proving(Store store) : Contract(store)
{
    [Fact]
    public async Task An_entry_is_proven_to_whoever_has_the_first_key_alone_after_the_key_of_checkpoints_changed()
    {
        var first = VerifierKey;
        await ContactAt(Anna);
        await Ledger.CheckpointAsync();
        await Ledger.RotateCheckpointKeyAsync();
        var late = (await Ledger.AppendAsync(Request(new EntrySubject.Controller(), "campaign"))).Position!.Value;
        await Ledger.RotateCheckpointKeyAsync();
        await Ledger.CheckpointAsync();
        var latest = (await Ledger.CheckpointsAsync())[^1];

        var proof = (await Store.ProveAsync(late, latest)).ShouldNotBeNull();
        proof.Holds([first]).ShouldBeTrue();
        proof.Holds([VerifierKey]).ShouldBeTrue();
        proof.Holds([KeyRing.Create().Signing.VerifierKey]).ShouldBeFalse();
        (proof with { Handovers = [] }).Holds([first]).ShouldBeFalse("nothing leads from the first key to this one");
        (proof with { Handovers = [.. proof.Handovers.Reverse()] })
            .Holds([first])
            .ShouldBeFalse("each key is vouched for by the one before");
        (proof with { Handovers = [proof.Handovers[0].Replace("next-key maysend/", "next-key maysenf/", StringComparison.Ordinal)] })
            .Holds([first])
            .ShouldBeFalse();
        (proof with { Steps = [proof.Steps[0] with { Kind = "statement" }] }).Holds([first]).ShouldBeFalse();
    }

    [Fact]
    public async Task That_nothing_was_changed_since_a_checkpoint_is_proven_over_erasures_and_changes_of_keys()
    {
        var first = VerifierKey;
        await ContactAt(Anna);
        await Ledger.SuppressAsync(Ben, Json("{}"));
        var kept = (await Ledger.CheckpointAsync()).Note;
        await Ledger.AppendAsync([
            .. Enumerable.Range(1, 20).Select(i => Order(Address.Email($"p{i}@example.com").Required(), key: $"k{i}")),
        ]);
        await Ledger.RotateCheckpointKeyAsync();
        await Ledger.EraseAsync(
            new()
            {
                Address = Anna,
                Covers = Json("{}"),
                By = "dpo",
            }
        );
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        await Ledger.CheckpointAsync();

        var proof = (await Store.ConsistencyAsync(kept)).ShouldNotBeNull();
        proof.Holds([first]).ShouldBeTrue();
        proof.Chains.ShouldContain(chain => chain.Suppressions.Count == 1);
        proof.Holds([KeyRing.Create().Signing.VerifierKey]).ShouldBeFalse();
        (proof with { Chains = [.. proof.Chains.Skip(1)] }).Holds([first]).ShouldBeFalse("a chain that grew is not shown");
        var longest = proof.Chains.MaxBy(chain => chain.Entries.Count)!;
        var cut = longest with { Entries = [.. longest.Entries.SkipLast(1)] };
        (proof with { Chains = [.. proof.Chains.Select(chain => chain == longest ? cut : chain)] }).Holds([first]).ShouldBeFalse();
        (proof with { Later = proof.Earlier, Earlier = proof.Later }).Holds([first]).ShouldBeFalse("what is older states less");
        (await Store.ConsistencyAsync("no checkpoint")).ShouldBeNull();

        // Written anew after the checkpoint was kept: nothing leads from it to what there is.
        var (partition, seq) = (longest.Chain, longest.Entries[0].Seq);
        await Store.HarmAsync($"update entry set kind = 'quote' where {Stores.Store.Where(new(new Partition(partition), seq))}");
        (await Store.ConsistencyAsync(kept)).ShouldNotBeNull().Holds([first]).ShouldBeFalse();
    }

    string VerifierKey => KeyRing.Load(Store.KeyFile).Signing.VerifierKey;
}
