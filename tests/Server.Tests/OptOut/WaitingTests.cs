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
    public async Task A_command_beside_a_running_server_reads_what_waits_there_and_so_once_the_server_is_gone()
    {
        var server = await Running.StartAsync(with: options => options with { DrainEvery = TimeSpan.FromDays(1) });
        Spool.Read(server.Options.DataFolder).ShouldBeEmpty();
        server.Spool.Add(new("0123456789abcdef0123456789abcdef", 1, "0123456789abcdef", OptOutExtent.Link, "", server.Clock.GetUtcNow()));
        Spool.Read(server.Options.DataFolder).ShouldHaveSingleItem().Extent.ShouldBe(OptOutExtent.Link);
        await server.StopServerAsync();
        Spool.Read(server.Options.DataFolder).ShouldHaveSingleItem().Extent.ShouldBe(OptOutExtent.Link);
        Directory.Delete(server.Options.DataFolder, recursive: true);
    }

    [Fact]
    public async Task A_second_server_on_the_folder_knows_within_a_second_what_the_first_took()
    {
        await using var first = await Running.StartAsync(with: options => options with { DrainEvery = TimeSpan.FromDays(1) });
        await first.LinkAsync();
        await using var second = await Running.StartAsync(
            first.Options.DataFolder,
            first.Key,
            with: options => options with { DrainEvery = TimeSpan.FromDays(1) }
        );
        (await second.VerdictAsync()).ShouldBe("permitted");
        var scope = (await first.RecordsAsync()).Scopes.Keys.Single();
        var contact = (await first.Store.FindAsync(Evidence.Ledger.Identity.Address.Email(Running.Anna).Required())).Contact!.Value;
        first.Spool.Add(new(contact.ToString(), scope, "0123456789abcdef", OptOutExtent.Link, "", first.Clock.GetUtcNow()));
        second.Clock.Advance(TimeSpan.FromSeconds(1));
        (await second.VerdictAsync()).ShouldBe("refused");
        (await second.RefusalsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_spool_on_another_disk_is_found_from_the_store()
    {
        var elsewhere = Directory.CreateTempSubdirectory("maysend-spool-").FullName;
        await using (
            var server = await Running.StartAsync(with: options =>
                options with
                {
                    DrainEvery = TimeSpan.FromDays(1),
                    SpoolFolder = elsewhere,
                }
            )
        )
        {
            server.Spool.Add(
                new("0123456789abcdef0123456789abcdef", 1, "0123456789abcdef", OptOutExtent.Link, "", server.Clock.GetUtcNow())
            );
            Directory.GetFiles(elsewhere, "*.spool").ShouldHaveSingleItem();
            Directory.GetFiles(server.Options.DataFolder, "*.spool").ShouldBeEmpty();
            Spool.Read(server.Options.DataFolder).ShouldHaveSingleItem();
        }
        Directory.Delete(elsewhere, recursive: true);
    }
}
