using MaySend.Records.OptOuts;

namespace MaySend.Server.Tests.OptOut;

/// <summary>An opt-out that waits on disk is known to whoever took it, and to whoever asks beside it.</summary>
public class WaitingTests
{
    [Theory]
    [InlineData(OptOutExtent.Link, "", "refused")]
    [InlineData(OptOutExtent.Topic, "homeware", "refused")]
    [InlineData(OptOutExtent.Topic, "garden", "permitted")]
    [InlineData(OptOutExtent.Channel, "sms", "permitted")]
    [InlineData(OptOutExtent.Everything, "", "refused")]
    public async Task A_server_that_took_an_opt_out_onto_its_disk_knows_it_at_once(OptOutExtent extent, string word, string verdict)
    {
        await using var server = await Running.StartAsync(with: options => options with { DrainEvery = TimeSpan.FromDays(1) });
        await server.LinkAsync();
        (await server.VerdictAsync()).ShouldBe("permitted");
        var scope = (await server.RecordsAsync()).Scopes.Keys.Single();
        var contact = (await server.Store.FindAsync(Evidence.Ledger.Identity.Address.Email(Running.Anna).Required())).Contact!.Value;
        server.Spool.Add(new(contact.ToString(), scope, "0123456789abcdef", extent, word, server.Clock.GetUtcNow()));
        (await server.VerdictAsync()).ShouldBe(verdict);
        (await server.RefusalsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_command_beside_a_running_server_decides_nothing_while_an_opt_out_waits_there_and_reads_it_once_the_server_is_gone()
    {
        var server = await Running.StartAsync(with: options => options with { DrainEvery = TimeSpan.FromDays(1) });
        Spool.Read(server.Options.DataFolder).ShouldBeEmpty();
        server.Spool.Add(new("0123456789abcdef0123456789abcdef", 1, "0123456789abcdef", OptOutExtent.Link, "", server.Clock.GetUtcNow()));
        Should
            .Throw<Evidence.LedgerUnavailableException>(() => Spool.Read(server.Options.DataFolder))
            .Message.ShouldContain("opt-outs wait");
        await server.StopServerAsync();
        Spool.Read(server.Options.DataFolder).ShouldHaveSingleItem().Extent.ShouldBe(OptOutExtent.Link);
        Directory.Delete(server.Options.DataFolder, recursive: true);
    }
}
