using System.Text.Json;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Ledger.Verify;

namespace MaySend.Server.Tests;

public class LedgerTests
{
    [Fact]
    public async Task An_entry_is_proven_by_a_signed_checkpoint_to_whoever_has_the_public_key()
    {
        await using var server = await Running.StartAsync();
        var (_, timeline) = await server.GetAsync("/v1/evidence/anna@example.com");
        var position = timeline.GetProperty("page").GetProperty("items")[0].GetProperty("position").GetString();
        (await server.GetAsync($"/v1/ledger/proof?position={position}")).Status.ShouldBe(404);
        (await server.PostAsync("/v1/ledger/checkpoints", "{}")).Status.ShouldBe(201);
        var (status, body) = await server.GetAsync($"/v1/ledger/proof?position={position}");
        status.ShouldBe(200, body.ToString());
        var proof = body.Deserialize<ChainProof>(JsonSerializerOptions.Web)!;
        string[] keys = [KeyRing.Load(server.Options.KeyFile).Signing.VerifierKey];
        proof.Holds(keys).ShouldBeTrue();
        (proof with { Steps = [proof.Steps[0] with { RecordedAt = proof.Steps[0].RecordedAt + 1 }, .. proof.Steps.Skip(1)] })
            .Holds(keys)
            .ShouldBeFalse();
        (proof with { Steps = [.. proof.Steps.Skip(1)] }).Holds(keys).ShouldBeFalse();
        (proof with { Checkpoint = proof.Checkpoint.Replace("recorded 2026", "recorded 2025", StringComparison.Ordinal) })
            .Holds(keys)
            .ShouldBeFalse();
        body.ToString().ShouldNotContain("anna");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("x:1")]
    [InlineData("1:-1")]
    public async Task A_position_that_is_none_is_named(string position)
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.GetAsync($"/v1/ledger/proof?position={position}");
        (status, body.GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((400, "position"));
    }

    [Fact]
    public async Task Checkpoints_are_kept_and_listed_oldest_first()
    {
        await using var server = await Running.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await server.PostAsync("/v1/refusals", $$"""{"address": "p{{i}}@example.com", "how": "phone"}""");
            await server.PostAsync("/v1/ledger/checkpoints", "{}");
        }
        var (_, list) = await server.GetAsync("/v1/ledger/checkpoints?limit=2");
        list.GetProperty("items").GetArrayLength().ShouldBe(2);
        list.GetProperty("next").GetString().ShouldBe("2");
        list.GetProperty("items")[0].GetString()!.ShouldStartWith($"maysend/ledger/{server.Store.Ledger.StoreId}\n");
    }
}
