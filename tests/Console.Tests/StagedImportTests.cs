using System.Net;
using System.Text;
using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Evidence.Import.Formats;
using MaySend.Records;
using MaySend.Records.Imports;
using MaySend.Records.Start;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Console.Tests;

/// <summary>
/// What somebody brings to be imported is personal data that nobody has taken over yet: it goes by itself, and it is a few files.
/// </summary>
public sealed class StagedImportTests : IDisposable
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    readonly string folder = Directory.CreateTempSubdirectory("maysend-staged-").FullName;
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));

    string Imports => Path.Combine(folder, "imports");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Files_that_nobody_goes_on_with_are_deleted_though_nobody_opens_the_page()
    {
        using var staged = Staged();
        await TakeAsync(staged, "list.csv");
        // Half a file, of a server that was stopped while it came in.
        var half = Directory.CreateDirectory(Path.Combine(Imports, new string('a', 32)));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "half.csv"), "address\nanna@example.com\n", Stop);
        Directory.SetLastWriteTimeUtc(half.FullName, clock.GetUtcNow().UtcDateTime);
        using var upkeep = new StagedImportsUpkeep(
            staged,
            new Interviews(new RecordsOptions { DataFolder = folder }, clock),
            clock,
            NullLogger<StagedImportsUpkeep>.Instance
        );
        await upkeep.StartAsync(Stop);
        Directory.GetDirectories(Imports).Length.ShouldBe(2, "a day has not gone by");
        clock.Advance(StagedImports.Kept + TimeSpan.FromHours(1));
        for (var tries = 0; tries < 200 && Directory.GetDirectories(Imports).Length > 0; tries++)
            await Task.Delay(20, Stop);
        Directory.GetDirectories(Imports).ShouldBeEmpty();
        await upkeep.StopAsync(Stop);
    }

    [Fact]
    public async Task A_server_takes_a_few_files_and_no_more_and_there_is_room_again_once_one_is_gone()
    {
        using var staged = Staged();
        // All at once: two that come together are counted both.
        var taken = await Task.WhenAll(Enumerable.Range(0, StagedImports.MostFiles + 5).Select(at => TakeAsync(staged, $"list-{at}.csv")));
        taken.Count(one => one is not null).ShouldBe(StagedImports.MostFiles);
        Directory.GetDirectories(Imports).Length.ShouldBe(StagedImports.MostFiles);
        staged.Discard(taken.First(one => one is not null)!.Id);
        (await TakeAsync(staged, "again.csv")).ShouldNotBeNull();

        using var small = Staged(greatest: 100);
        foreach (var one in small.All())
            small.Discard(one.Id);
        (await TakeAsync(small, "first.csv", new string('x', 90))).ShouldNotBeNull();
        (await TakeAsync(small, "second.csv", new string('x', 90))).ShouldBeNull();
        clock.Advance(StagedImports.Kept + TimeSpan.FromMinutes(1));
        (await TakeAsync(small, "third.csv", new string('x', 9))).ShouldNotBeNull("the first has had its day, and nobody opened the page");
    }

    [Theory]
    [InlineData("я", 300)]
    [InlineData("名", 119)]
    [InlineData("𠮷", 118)]
    [InlineData("x", 5000)]
    public async Task A_name_of_any_letters_and_length_is_one_that_the_disk_takes(string letter, int times)
    {
        using var staged = Staged();
        var one = (await TakeAsync(staged, string.Concat(Enumerable.Repeat(letter, times)) + ".csv")).ShouldNotBeNull();
        Encoding.UTF8.GetByteCount(one.FileName).ShouldBeLessThanOrEqualTo(200);
        one.FileName.ShouldEndWith(".csv");
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(one.FileName).ShouldNotBeEmpty();
        (await File.ReadAllTextAsync(staged.PathOf(one), Stop)).ShouldBe("address\n");
    }

    [Fact]
    public async Task Two_people_at_a_time_have_their_files_read_and_the_third_waits()
    {
        using var staged = Staged();
        var gates = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<int>()).ToList();
        var begun = 0;
        var runs = gates
            .Select(gate =>
                staged.ReadAsync(
                    () =>
                    {
                        begun++;
                        return gate.Task;
                    },
                    Stop
                )
            )
            .ToList();
        begun.ShouldBe(2);
        gates[0].SetException(new InvalidDataException("a bad file gives its turn back too"));
        await Should.ThrowAsync<InvalidDataException>(() => runs[0]);
        gates[1].SetResult(1);
        gates[2].SetResult(2);
        (await runs[2]).ShouldBe(2);
        begun.ShouldBe(3);
    }

    [Fact]
    public void A_packed_file_may_unpack_to_less_in_the_console_than_on_the_command_line()
    {
        var options = ImportForm.Read(new Dictionary<string, string>());
        options.GreatestUnpacked.ShouldBe(1L << 30);
        options.GreatestUnpacked.ShouldBeLessThan(new ImportOptions().GreatestUnpacked);
    }

    [Fact]
    public async Task A_file_that_an_officer_brought_shows_no_marketer_its_rows()
    {
        await using var own = await OwnConsole.StartAsync();
        var staged = own.Services.GetRequiredService<StagedImports>();
        const string Bad = "address,country\nanna@@example.com,gb\n";
        var theirs = (await TakeAsync(staged, "complaints.csv", Bad, Role.DataProtectionOfficer)).ShouldNotBeNull();
        var ours = (await TakeAsync(staged, "mine.csv", Bad, Role.Marketer)).ShouldNotBeNull();
        using var marketer = await own.SignInAsync(Role.Marketer);
        using var shown = await marketer.Http.GetAsync($"/console/imports/{theirs.Id}", Stop);
        shown.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await shown.Content.ReadAsStringAsync(Stop);
        page.ShouldContain($"{Role.DataProtectionOfficer} brought this file");
        foreach (var said in new[] { "anna@", "complaints.csv" })
            page.ShouldNotContain(said);
        var list = await marketer.Http.GetStringAsync("/console/imports", Stop);
        list.ShouldContain("mine.csv");
        list.ShouldNotContain("complaints.csv");
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        foreach (var one in new[] { theirs, ours })
            (await officer.Http.GetStringAsync($"/console/imports/{one.Id}", Stop)).ShouldContain(one.FileName);
    }

    StagedImports Staged(long greatest = 1 << 20) =>
        new(new RecordsOptions { DataFolder = folder, GreatestStagedImports = greatest }, clock);

    static async Task<StagedImport?> TakeAsync(StagedImports staged, string name, string content = "address\n", string by = "vera")
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return await staged.TakeAsync(stream, name, by, Stop);
    }
}
