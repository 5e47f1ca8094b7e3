using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Tests.Store;

public sealed class PersonExportTests
{
    [Fact]
    public async Task An_export_holds_every_entry_of_every_address_of_the_person()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var work = Address.Email("anna@work.example").Required();
        await folder.Store.RecordAsync(
            StoreFolder.Anna,
            StoreFolder.Order(),
            Actor.Runner("import"),
            new EntrySource(new string('b', 64), 12)
        );
        await folder.Store.RecordAsync(work, StoreFolder.OptOut(), Actor.Runner("server"));
        await folder.Store.LinkAsync(StoreFolder.Anna, work, Actor.Runner("clerk"));
        await folder.Store.RecordAsync(StoreFolder.Ben, StoreFolder.Order("77777"), Actor.Runner("import"));

        var export = await folder.Store.ExportAsync(StoreFolder.Anna);
        using var json = JsonDocument.Parse(export.ToJson());
        json.RootElement.GetProperty("records")
            .EnumerateArray()
            .Select(record => record.GetProperty("address").GetString())
            .ShouldBe(["anna@example.com", "anna@work.example"]);
        export.ToJson().ShouldNotContain("77777");
        var html = export.ToHtml();
        html.ShouldContain("10442");
        html.ShouldContain("file bbbbbbbbbbbb, row 12");
        html.ShouldContain("anna@work.example");
        html.ShouldNotContain("ben@example.com");
    }

    [Fact]
    public async Task What_a_file_said_stays_text_in_the_page()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(
            StoreFolder.Anna,
            new ConsentAnswered(StoreFolder.Day(2025, 1, 1), "<img src=x onerror=alert(1)>")
            {
                Wording = "\"><script>alert(2)</script>{{ 7 * 7 }}",
            },
            Actor.Runner("import")
        );
        var export = await folder.Store.ExportAsync(StoreFolder.Anna);
        export.ToHtml().ShouldNotContain("<script>");
        export.ToHtml().ShouldNotContain("<img");
        export.ToHtml().ShouldContain("{{ 7 * 7 }}");
        export.ToJson().ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Of_someone_who_was_written_to_for_years_every_record_is_on_the_page()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync([
            .. Enumerable
                .Range(0, 4000)
                .Select(number => new NewEntry(
                    StoreFolder.Anna,
                    new MessageSent(StoreFolder.Day(2025, 1, 1), $"letter {number} {new string('w', 300)}", "shop", "email", true),
                    Actor.Runner("import")
                )),
        ]);
        var page = (await folder.Store.ExportAsync(StoreFolder.Anna)).ToHtml();
        page.Length.ShouldBeGreaterThan(1 << 20);
        Enumerable.Range(0, 4000).ShouldAllBe(number => page.Contains($"letter {number} ", StringComparison.Ordinal));
        page.TrimEnd().ShouldEndWith("</html>");
    }

    [Fact]
    public async Task Of_someone_erased_only_the_suppression_is_exported()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.EraseAsync(StoreFolder.Anna, Actor.Runner("dpo"), "asked by letter");
        var record = (await folder.Store.ExportAsync(StoreFolder.Anna)).Records.ShouldHaveSingleItem();
        record.Entries.ShouldBeEmpty();
        record.Suppressions.ShouldHaveSingleItem().How.ShouldBe("erasure: asked by letter");
    }
}
