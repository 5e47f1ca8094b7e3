namespace MaySend.Acceptance.Stores;

/// <summary>What an auditor is given who has neither store nor keys.</summary>
public class ProofTests
{
    [Fact]
    public async Task An_auditor_with_a_kept_checkpoint_checks_that_nothing_was_changed_and_every_mistake_is_named_where_it_is()
    {
        using var shell = await Shell.WithShopAsync();
        var made = await shell.RunAsync("ledger checkpoint --data store");
        shell.Write("kept.txt", made.Output);
        var key = made
            .Errors.Split('\n')
            .Single(line => line.StartsWith("verifier key: ", StringComparison.Ordinal))["verifier key: ".Length..]
            .Trim();
        (await shell.RunAsync("record refusal anna@example.com --data store --how phone --when 2026-03-09")).Status.ShouldBe(0);
        (await shell.RunAsync("ledger checkpoint --data store")).Status.ShouldBe(0);
        var proved = await shell.RunAsync("ledger prove --data store --since kept.txt --out proof.json");
        proved.Status.ShouldBe(0, proved.Said);

        var holds = await shell.RunAsync("ledger check-proof proof.json --verifier-key", key);
        (holds.Status, holds.Said).ShouldBe((0, "holds: the later checkpoint repeats everything in the earlier one and only adds to it"));
        // Somebody else's key.
        var other = key[..^4] + (key[^4] == 'A' ? "B" : "A") + key[^3..];
        (await shell.RunAsync("ledger check-proof proof.json --verifier-key", other)).Status.ShouldBe(1);

        shell.Write("nothing.json", "null");
        shell.Write("letter.txt", "Dear auditor, here is our checkpoint.\n");
        foreach (
            var (command, says) in new[]
            {
                ("ledger check-proof proof.json --verifier-key nonsense", "--verifier-key: `nonsense` is not a verifier key"),
                ($"ledger check-proof none.json --verifier-key {key}", "none.json: file not found"),
                ($"ledger check-proof letter.txt --verifier-key {key}", "letter.txt: is not a proof that MaySend can read"),
                ($"ledger check-proof nothing.json --verifier-key {key}", "nothing.json: is not a proof that MaySend can read"),
                ("ledger prove --data store --since none.txt --out other.json", "none.txt: file not found"),
                ("ledger prove --data store --since letter.txt --out other.json", "letter.txt: holds no checkpoint"),
                ("ledger prove --data store --out other.json", "give either --position or --since"),
            }
        )
        {
            var wrong = await shell.RunAsync(command);
            wrong.Status.ShouldBe(65, command);
            wrong.Said.ShouldContain(says);
        }
        var none = await shell.RunAsync("ledger prove --data store --position 41:88213 --out other.json");
        none.Status.ShouldNotBe(0);
        none.Said.ShouldContain("there is no entry 41:88213, or no checkpoint covers it yet");
        File.Exists(shell["other.json"]).ShouldBeFalse();
    }
}
