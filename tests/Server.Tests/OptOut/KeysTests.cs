using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Store;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests.OptOut;

public sealed class KeysTests : OneStore
{
    static readonly string Made = new('A', OptOutToken.LinkLength);

    [Fact]
    public async Task Processes_that_start_at_the_same_moment_agree_on_one_key()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync())));
        var links = (await Task.WhenAll(all.Select(keys => keys.IssueAsync(Token).AsTask()))).ToHashSet();
        links.ShouldHaveSingleItem();
        (await (await OpenAsync()).ReadAsync(links.Single())).ShouldBe(Token, "a restart still reads them");
    }

    [Fact]
    public async Task A_file_that_vanishes_while_the_server_runs_takes_no_link_with_it()
    {
        var keys = await OpenAsync();
        var link = await keys.IssueAsync(Token);
        File.Delete(KeyFile());
        (await keys.ReadAsync(Made)).ShouldBeNull();
        (await keys.ReadAsync(link)).ShouldBe(Token);
        File.Exists(KeyFile()).ShouldBeFalse("no new key in its place");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2026-03-10T09:00:00Z\n")]
    [InlineData("\0\0\0\0")]
    public async Task A_file_that_is_spoiled_while_the_server_runs_takes_no_link_with_it(string spoiled)
    {
        var keys = await OpenAsync();
        var link = await keys.IssueAsync(Token);
        await File.WriteAllTextAsync(KeyFile(), spoiled);
        (await keys.ReadAsync(Made)).ShouldBeNull();
        (await keys.ReadAsync(link)).ShouldBe(Token);
        (await keys.IssueAsync(Token)).ShouldBe(link);
    }

    [Theory]
    [InlineData("1 2026-03-10T09:00:00Z bm90IGEga2V5\n")]
    [InlineData("hello\n")]
    public async Task A_file_that_cannot_be_read_stops_the_start_and_is_left_as_it_is(string spoiled)
    {
        await File.WriteAllTextAsync(KeyFile(), spoiled);
        var error = await Should.ThrowAsync<LedgerKeyException>(() => OpenAsync());
        error.Message.ShouldContain(KeyFile());
        error.Message.ShouldContain("backup");
        error.Message.ShouldNotContain("bm90IGEga2V5");
        (await File.ReadAllTextAsync(KeyFile())).ShouldBe(spoiled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_key_in_store_or_file_the_server_does_not_start_where_links_were_issued(bool isEmpty)
    {
        await new ServerRecords(store).AddAsync(new OptOutScopeUsed("7", "lantern-ltd", "email", null), Actor.Runner("test"));
        if (isEmpty)
            await File.WriteAllTextAsync(KeyFile(), "");
        (await Should.ThrowAsync<LedgerKeyException>(() => OpenAsync())).Message.ShouldContain("backup");
        File.Exists(KeyFile()).ShouldBe(isEmpty, "nothing in its place");
        await File.WriteAllTextAsync(KeyFile(), "# lost\n");
        var keys = await OpenAsync();
        (await keys.ReadAsync(await keys.IssueAsync(Token))).ShouldBe(Token, "whoever says that they are lost may go on");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_lost_is_written_anew_from_the_store(bool isEmpty)
    {
        var link = await (await OpenAsync()).IssueAsync(Token);
        await new ServerRecords(store).AddAsync(new OptOutScopeUsed("7", "lantern-ltd", "email", null), Actor.Runner("test"));
        var before = await File.ReadAllTextAsync(KeyFile());
        File.Delete(KeyFile());
        if (isEmpty)
            await File.WriteAllTextAsync(KeyFile(), "");
        var keys = await OpenAsync();
        (await keys.ReadAsync(link)).ShouldBe(Token);
        (await keys.IssueAsync(Token)).ShouldBe(link);
        (await File.ReadAllTextAsync(KeyFile())).ShouldBe(before);
    }

    [Fact]
    public async Task A_fresh_key_comes_a_week_before_the_old_one_ends_and_every_old_link_still_reads()
    {
        var keys = await OpenAsync();
        var other = await OpenAsync();
        await File.WriteAllTextAsync(KeyFile(), $"# ours, do not touch\n{(await File.ReadAllTextAsync(KeyFile())).TrimEnd()}");
        var links = new List<string>();
        for (var week = 0; week < 60; week++)
        {
            links.Add(await keys.IssueAsync(Token));
            clock.Advance(TimeSpan.FromDays(7));
        }
        links.Distinct().Count().ShouldBeGreaterThan(4);
        foreach (var link in links)
            (await other.ReadAsync(link)).ShouldBe(Token);
        var again = await OpenAsync();
        foreach (var link in links)
            (await again.ReadAsync(link)).ShouldBe(Token);
        (await File.ReadAllTextAsync(KeyFile())).ShouldStartWith("# ours, do not touch\n");
    }

    [Fact]
    public async Task An_older_copy_of_the_file_put_in_its_place_takes_no_link_away_while_the_server_runs()
    {
        var keys = await OpenAsync();
        var old = await File.ReadAllTextAsync(KeyFile());
        clock.Advance(TimeSpan.FromDays(85));
        var link = await keys.IssueAsync(Token);
        await File.WriteAllTextAsync(KeyFile(), old);
        (await keys.ReadAsync(Made)).ShouldBeNull();
        (await keys.ReadAsync(link)).ShouldBe(Token);
    }

    [Fact]
    public async Task A_clock_put_back_neither_stops_links_nor_unreads_them()
    {
        var keys = await OpenAsync();
        var link = await keys.IssueAsync(Token);
        clock.AdjustTime(Start.AddDays(-400));
        (await keys.ReadAsync(await keys.IssueAsync(Token))).ShouldBe(Token);
        (await keys.ReadAsync(link)).ShouldBe(Token);
    }

    [Fact]
    public async Task A_key_dated_ahead_by_a_wrong_clock_does_not_put_off_the_next_one()
    {
        var keys = await OpenAsync();
        clock.AdjustTime(Start.AddYears(14));
        var future = await keys.IssueAsync(Token);
        clock.AdjustTime(Start.AddDays(100));
        var link = await keys.IssueAsync(Token);
        (await (await OpenAsync()).ReadAsync(link)).ShouldBe(Token);
        (await keys.ReadAsync(future)).ShouldBe(Token);
    }

    [Fact]
    public async Task A_key_that_the_store_does_not_take_is_not_used_and_the_old_one_goes_on()
    {
        var keys = await OpenAsync();
        var link = await keys.IssueAsync(Token);
        clock.Advance(TimeSpan.FromDays(85));
        await using (var held = new SqliteConnection($"Data Source={Path.Combine(root, EvidenceStores.DatabaseName)};Pooling=False"))
        {
            await held.OpenAsync();
            await using var writing = held.BeginTransaction(deferred: false);
            (await keys.IssueAsync(Token)).ShouldBe(link);
        }
        (await keys.IssueAsync(Token)).ShouldBe(link, "not asked again with every link");
        clock.Advance(TimeSpan.FromMinutes(2));
        (await keys.IssueAsync(Token)).ShouldNotBe(link, "tried again");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_stops_no_link_and_is_written_once_it_can_be()
    {
        var keys = await OpenAsync();
        Directory.CreateDirectory(KeyFile() + ".new");
        clock.Advance(TimeSpan.FromDays(85));
        var link = await keys.IssueAsync(Token);
        (await File.ReadAllLinesAsync(KeyFile())).Length.ShouldBe(1);
        Directory.Delete(KeyFile() + ".new");
        await keys.RefreshAsync(default);
        (await File.ReadAllLinesAsync(KeyFile())).Length.ShouldBe(2);
        (await (await OpenAsync()).ReadAsync(link)).ShouldBe(Token);
    }
}
