using System.IO.Compression;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Fuzz.Targets;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;
using MaySend.Mail.OptOut;
using MaySend.Reading;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Http;

namespace MaySend.Fuzz;

/// <summary>What was found by chance, said in words and with inputs of their own.</summary>
public sealed class FoundTests
{
    [Fact]
    public void A_row_longer_than_its_header_with_octets_of_another_encoding_is_a_problem_with_its_place()
    {
        var path = Scratch.File(
            "latin.csv",
            [.. "address,id,when,listed,register\nanna@example.com,1,2025-09-02,no,tps,J"u8, 0xFC, .. "rgen\n"u8]
        );
        var source = ImportSource.Open(path, new ImportOptions { Format = "checks", Sender = "lantern-ltd" });
        var problems = new Problems();
        source.Read(problems, new ReadingFindings()).Count().ShouldBe(0);
        problems
            .List.Select(problem => problem.ToString())
            .ShouldContain(said => said.Contains(":2:6") && said.Contains("beyond the header"));
    }

    [Fact]
    public void A_line_of_the_list_of_erasures_that_says_nothing_is_one_that_cannot_be_read()
    {
        Scratch.File("nothing.erasures", "null\n"u8.ToArray());
        ErasureList.Beside(Path.Combine(Scratch.Folder, "nothing")).Read().Unreadable.ShouldBe(1);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("=")]
    [InlineData("\n")]
    [InlineData(" ")]
    public void A_note_and_a_proof_have_one_spelling(string added)
    {
        var ring = new OptOutKeyRing([OptOutKey.Create(1, TimeProvider.System)]);
        var note = SealedNote.Seal(ring, default, ["anna@example.com", "lantern-ltd"]);
        var proof = new OptOutUndo(42, ["link 1"]).ToProof(ring);
        SealedNote.Read(note, default, ring).ShouldNotBeNull();
        OptOutUndo.Read(proof, ring).ShouldNotBeNull();
        SealedNote.Read(note + added, default, ring).ShouldBeNull();
        OptOutUndo.Read(proof + added, ring).ShouldBeNull();
    }

    [Theory(Timeout = 20_000)]
    [InlineData("")]
    [InlineData("%YAML 1.2 #")]
    [InlineData("message:\n")]
    public async Task A_directive_that_ends_where_the_parser_s_buffer_does_keeps_nobody_busy(string before)
    {
        var text = $"{before}%{new string('a', 4096)}"[..2048];
        await Task.Run(() => YamlTree.Read(new StringReader(text), "x.yaml", new Problems()), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("1048577")]
    [InlineData("124684880")]
    public void A_sheet_with_more_rows_than_a_sheet_can_have_is_refused_before_they_are_counted(string row)
    {
        var sheet = ImportTargets.Sheet.Replace("<row r=\"2\">", $"<row r=\"{row}\">", StringComparison.Ordinal);
        var path = Scratch.File("far.xlsx", ImportTargets.Package(sheet));
        Should
            .Throw<BadInputException>(() => ImportSource.Open(path, new ImportOptions { Format = "orders", Sender = "lantern-ltd" }))
            .Message.ShouldContain("more rows than a sheet can have");
    }

    [Theory(Timeout = 20_000)]
    [InlineData("XFE")]
    [InlineData("ZZZZZZ")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    public async Task A_sheet_with_more_columns_than_a_sheet_can_have_is_refused_before_room_is_made_for_them(string column)
    {
        var sheet = ImportTargets.Sheet.Replace("r=\"B2\"", $"r=\"{column}2\"", StringComparison.Ordinal);
        sheet.ShouldNotBe(ImportTargets.Sheet);
        var path = Scratch.File("wide.xlsx", ImportTargets.Package(sheet));
        var problem = await Task.Run(
            () =>
                Should.Throw<BadInputException>(() =>
                    ImportSource.Open(path, new ImportOptions { Format = "orders", Sender = "lantern-ltd" })
                ),
            TestContext.Current.CancellationToken
        );
        problem.Message.ShouldContain("cannot be read as a spreadsheet");
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\u00ff")]
    public async Task A_member_whose_name_is_no_text_makes_the_body_a_bad_one_and_no_fault(string name)
    {
        var context = new DefaultHttpContext();
        var body = Encoding.Latin1.GetBytes($$"""{"address": "anna@example.com", "send{{name}}ers": "all"}""");
        (context.Request.ContentType, context.Request.Body) = ("application/json", new MemoryStream(body));
        var problem = await Should.ThrowAsync<ProblemException>(() => JsonBody.ReadAsync<Campaign>(context.Request));
        problem.Problem.Status.ShouldBe(400);
    }

    [Fact]
    public void A_webhook_with_a_member_whose_name_is_no_text_is_read_for_the_rest()
    {
        var body = Encoding.UTF8.GetBytes("""[{"\ud83d": 1, "event": "unsub", "time": 1772528400, "email": "anna@example.com"}]""");
        var call = new WebhookRequest(
            body,
            new Dictionary<string, string>(),
            "https://x.example/",
            new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero)
        );
        Webhooks.Read(new(WebhookPlatform.Mailjet), call).Signals.ShouldHaveSingleItem().Address.ShouldBe("anna@example.com");
    }

    [Theory]
    [InlineData("")]
    [InlineData("03")]
    [InlineData("037fffffffffffffff0000000001780000000000")]
    [InlineData("0300000000000000000000ffff")]
    public void Content_that_opens_and_breaks_off_or_names_no_moment_is_damage(string octets)
    {
        var key = ContactKey.FromSecret(new byte[ContactKey.SecretSize]);
        var owner = ContactId.New();
        byte[] bound = [.. Convert.FromHexString(owner.ToString()), .. "order"u8];
        using var opening = key.Opening();
        Should
            .Throw<LedgerUnavailableException>(() =>
                EntrySeal.Open(key.Seal(Convert.FromHexString(octets), bound), owner, "order", opening, new(Partition.Controller, 7))
            )
            .Because.ShouldBe(UnavailableBecause.Damaged);
    }

    [Fact]
    public void A_sealed_address_that_is_none_is_damage()
    {
        var key = ContactKey.FromSecret(new byte[ContactKey.SecretSize]);
        var owner = ContactId.New();
        Should
            .Throw<LedgerUnavailableException>(() => AddressSeal.Open(key.Seal("\0nobody"u8, "maysend/address/1"u8), owner, key))
            .Because.ShouldBe(UnavailableBecause.Damaged);
    }

    [Fact]
    public void An_entry_without_a_kind_is_said_to_be_none() =>
        Should
            .Throw<System.Text.Json.JsonException>(() => EntryJson.ReadContact("""{"id": "1", "when": "2026-03-01"}"""u8))
            .Message.ShouldContain("no entry");

    [Fact]
    public void A_key_file_that_lacks_a_secret_is_no_key_file()
    {
        var path = Path.Combine(Scratch.Folder, "cut.json");
        KeyRing.Create().Save(path);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"look_up\"", "\"lookup\"", StringComparison.Ordinal));
        Should.Throw<LedgerKeyException>(() => KeyRing.Load(path)).Message.ShouldContain("cut.json");
    }

    [Fact]
    public void A_cell_left_far_down_in_a_sheet_costs_next_to_nothing()
    {
        var path = Path.Combine(Scratch.Folder, "far.xlsx");
        File.WriteAllBytes(
            path,
            ImportTargets.Package(ImportTargets.Sheet.Replace("<row r=\"2\">", "<row r=\"900000\">", StringComparison.Ordinal))
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        var source = ImportSource.Open(path, new ImportOptions { Format = "orders", Sender = "lantern-ltd" });
        source.Tables.ShouldHaveSingleItem();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(250L << 20);
    }

    [Fact]
    public void A_note_and_an_undo_with_white_space_in_them_were_never_issued()
    {
        var note = SealedNote.Seal(TokenTargets.Ring, default, ["anna@example.com"]);
        var undo = new OptOutUndo(42, ["link 1"]).ToProof(TokenTargets.Ring);
        SealedNote.Read(note, default, TokenTargets.Ring).ShouldNotBeNull();
        OptOutUndo.Read(undo, TokenTargets.Ring).ShouldNotBeNull();
        foreach (var space in new[] { "\n", " ", "\t", "\r\n" })
        {
            SealedNote.Read(note.Insert(10, space), default, TokenTargets.Ring).ShouldBeNull();
            OptOutUndo.Read(undo.Insert(10, space), TokenTargets.Ring).ShouldBeNull();
        }
    }
}
