using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Store;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests.OptOut;

/// <summary>Servers on one store, each with a data folder of its own.</summary>
public sealed class SharedKeysTests : OneStore
{
    [Fact]
    public async Task A_link_of_one_server_is_read_by_every_other_and_each_keeps_a_copy_of_the_key()
    {
        var (one, other) = (await OpenAsync("one"), await OpenAsync("other"));
        clock.Advance(TimeSpan.FromDays(85));
        var link = await one.IssueAsync(Token);
        (await other.ReadAsync(link)).ShouldBe(Token);
        (await File.ReadAllTextAsync(KeyFile("other"))).ShouldBe(await File.ReadAllTextAsync(KeyFile("one")));
        (await other.IssueAsync(Token)).ShouldBe(link, "it issues with the key that is there");
    }

    [Fact]
    public async Task The_undo_of_one_servers_page_is_read_by_every_other_under_a_key_it_has_not_seen_yet()
    {
        var (one, other) = (await OpenAsync("one"), await OpenAsync("other"));
        clock.Advance(TimeSpan.FromDays(85));
        await one.IssueAsync(Token);
        var read = (await other.ReadUndoAsync(one.Seal(new(42, ["refusal 1"])))).ShouldNotBeNull();
        (read.Contact, read.Refusals.Single()).ShouldBe(((UInt128)42, "refusal 1"));
        (await other.ReadUndoAsync("made up")).ShouldBeNull();
    }

    [Fact]
    public async Task Servers_that_start_and_rotate_at_the_same_moment_take_one_key_each_time()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => OpenAsync($"{number}"))));
        for (var round = 1; round <= 3; round++)
        {
            var links = await Task.WhenAll(all.Select(keys => Task.Run(() => keys.IssueAsync(Token).AsTask())));
            links.ToHashSet().ShouldHaveSingleItem();
            foreach (var keys in all)
                (await keys.ReadAsync(links[0])).ShouldBe(Token);
            (await StoredAsync()).Select(key => (int)key.Id).ShouldBe(Enumerable.Range(1, round));
            clock.Advance(TimeSpan.FromDays(85));
        }
    }

    [Fact]
    public async Task Servers_that_rotate_while_neither_sees_the_other_accept_both_keys_afterwards()
    {
        // Each read the store before the other wrote: both found their number free.
        var (first, second) = (OptOutKey.Create(2, clock), OptOutKey.Create(2, clock));
        var (one, other) = (await OpenAsync("one"), await OpenAsync("other"));
        await WriteAsync("one", first);
        await WriteAsync("other", second);
        await one.RefreshAsync(default);
        await other.RefreshAsync(default);
        foreach (var key in new[] { first, second })
        {
            var link = Token.ToLink(new([key]), clock);
            (await one.ReadAsync(link)).ShouldBe(Token);
            (await other.ReadAsync(link)).ShouldBe(Token);
        }
    }

    [Fact]
    public async Task Keys_that_old_installations_have_only_in_their_files_are_put_into_the_store()
    {
        await new ServerRecords(store).AddAsync(new OptOutScopeUsed("7", "lantern-ltd", "email", null), Actor.Runner("test"));
        // Two that never knew of each other, and so both began with number 1.
        OptOutKey[] old = [new(1, Start.AddDays(-100), new byte[32]), OptOutKey.Create(2, clock), OptOutKey.Create(1, clock)];
        await WriteAsync("one", old[0], old[1]);
        await WriteAsync("other", old[2]);
        var (one, other) = (await OpenAsync("one"), await OpenAsync("other"));
        (await StoredAsync()).Select(key => key.Fingerprint).ShouldBe(old.Select(key => key.Fingerprint), ignoreOrder: true);
        foreach (var server in new[] { one, other, await OpenAsync("new") })
        {
            foreach (var key in old)
                (await server.ReadAsync(Token.ToLink(new([key]), new FakeTimeProvider(key.IssuesFrom)))).ShouldBe(Token);
            (await server.ReadAsync(await server.IssueAsync(Token))).ShouldBe(Token);
        }
        await OpenAsync("one");
        (await StoredAsync()).Count.ShouldBe(3, "a second start adds nothing");
    }

    [Fact]
    public async Task With_the_store_down_links_are_read_with_the_file_and_none_is_issued()
    {
        var link = await (await OpenAsync("one")).IssueAsync(Token);
        var running = await OpenAsync("one");
        var fresh = OptOutKey.Create(9, clock);
        await store.DisposeAsync();
        await File.AppendAllTextAsync(KeyFile("one"), new OptOutKeyRing([fresh]).ToText());
        (await running.ReadAsync(Token.ToLink(new([fresh]), clock))).ShouldBe(Token, "another process on the folder has it");
        var started = await OpenAsync("one");
        (await started.ReadAsync(link)).ShouldBe(Token);
        await Should.ThrowAsync<LedgerUnavailableException>(async () => await started.IssueAsync(Token));
        await Should.ThrowAsync<LedgerUnavailableException>(() => OpenAsync("new"));
    }

    [Fact]
    public async Task With_the_store_down_a_link_whose_key_is_not_known_here_is_not_called_a_forgery()
    {
        var other = await OpenAsync("other");
        await store.DisposeAsync();
        await Should.ThrowAsync<LedgerUnavailableException>(async () =>
            await other.ReadAsync(Token.ToLink(new([OptOutKey.Create(9, clock)]), clock))
        );
        (await other.ReadAsync("too-short")).ShouldBeNull();
        (await other.ReadAsync(new string('"', OptOutToken.LinkLength))).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_with_a_key_that_an_older_backup_of_the_store_does_not_have_puts_it_back()
    {
        var link = await (await OpenAsync("one")).IssueAsync(Token);
        await store.DisposeAsync();
        foreach (var file in Directory.GetFiles(root))
            File.Delete(file);
        store = await EvidenceStores.CreateAsync(root, clock: clock);
        await OpenAsync("one");
        (await (await OpenAsync("other")).ReadAsync(link)).ShouldBe(Token);
    }

    [Fact]
    public async Task The_store_holds_no_secret_in_the_clear()
    {
        await OpenAsync("one");
        var key = (await StoredAsync()).ShouldHaveSingleItem();
        $"{new OptOutKeyAdded("1", Start, key.Secret.ToArray())}".ShouldNotContain(Convert.ToBase64String(key.Secret));
        await store.DisposeAsync();
        foreach (var file in Directory.GetFiles(root, $"{EvidenceStores.DatabaseName}*"))
        {
            var octets = await File.ReadAllBytesAsync(file);
            octets.AsSpan().IndexOf(key.Secret).ShouldBe(-1);
            octets.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Secret))).ShouldBe(-1);
        }
    }

    Task WriteAsync(string folder, params OptOutKey[] keys)
    {
        Directory.CreateDirectory(Path.Combine(root, folder));
        return File.AppendAllTextAsync(KeyFile(folder), new OptOutKeyRing(keys).ToText());
    }

    async Task<IReadOnlyList<OptOutKey>> StoredAsync() => (await new ServerRecords(store).ReadAsync()).OptOutKeys;
}
