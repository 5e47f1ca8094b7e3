using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MaySend.Assessments.Life;
using MaySend.Console.Access;
using MaySend.Decisions.Packs;
using MaySend.Evidence.Actors;
using MaySend.Records.Assessing;
using MaySend.Records.Attaching;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

/// <summary>What reviewers remark, and files that show what an assessment or a form says.</summary>
public sealed class AttachmentTests
{
    static readonly byte[] Pdf = Encoding.UTF8.GetBytes("%PDF-1.7 the checkout as it was in May");

    // The smallest picture: one black point.
    static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reviewers_remark_stands_beside_the_answer_for_its_writer_until_somebody_settles_it()
    {
        await using var own = await OwnConsole.StartAsync();
        var id = await BeginAsync(own);
        var page = $"/console/assessments/{id}";
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        using var writer = await own.SignInAsync(Role.Marketer);
        (
            await officer.PostAsync(page, "remark-own-benefit", new("remark", "Who says so?"), new("key", "0123456789abcdef"))
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        // Sent twice, it is one.
        await officer.PostAsync(page, "remark-own-benefit", new("remark", "Who says so?"), new("key", "0123456789abcdef"));
        var remark = (await own.Services.GetRequiredService<AssessmentComments>().OfAsync(id, Stop)).ShouldHaveSingleItem();
        (remark.Said.By, remark.Said.About, remark.IsOpen).ShouldBe((Role.DataProtectionOfficer, "own-benefit", true));

        var writing = await writer.Http.GetStringAsync($"{page}/write/purpose", Stop);
        writing.ShouldContain("Who says so?");
        (await writer.Http.GetStringAsync(page, Stop)).ShouldContain("1 remark is open");
        (await writer.PostAsync(page, $"settle-{remark.Said.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await writer.Http.GetStringAsync($"{page}/write/purpose", Stop)).ShouldNotContain("Who says so?");
        var whole = await officer.Http.GetStringAsync(page, Stop);
        whole.ShouldContain($"settled by {Role.Marketer}");
        whole.ShouldNotContain("remark is open");
        using var reader = await own.SignInAsync(Role.Administrator);
        (await reader.Http.GetStringAsync(page, Stop)).ShouldNotContain("Add remark");
    }

    [Fact]
    public async Task What_is_attached_lies_sealed_comes_back_only_as_a_file_and_is_deleted_for_good()
    {
        await using var own = await OwnConsole.StartAsync();
        var id = await BeginAsync(own);
        var page = $"/console/assessments/{id}";
        using var writer = await own.SignInAsync(Role.Marketer);
        (await SendAsync(writer, page, "attach", "file", "../checkout may.pdf", Pdf)).ShouldContain("is attached");
        foreach (
            var (name, octets, fault) in new[]
            {
                ("run.exe", Pdf, "of a kind that is not kept"),
                ("page.html", "<script>"u8.ToArray(), "of a kind that is not kept"),
                ("picture.png", Pdf, "is not what its name says"),
                ("notes.txt", [0xFF, 0xFE, 0x00], "is not what its name says"),
            }
        )
            (await SendAsync(writer, page, "attach", "file", name, octets)).ShouldContain(fault, Case.Sensitive, name);

        var attachments = own.Services.GetRequiredService<Attachments>();
        var kept = (await attachments.OfAsync(Attachments.ToAssessment(id), Stop)).ShouldHaveSingleItem();
        (kept.Name, kept.By, kept.Length).ShouldBe(("checkout may.pdf", Role.Marketer, Pdf.Length));
        var sealedFile = Directory.EnumerateFiles(Path.Combine(own.Data, Attachments.FolderName)).ShouldHaveSingleItem();
        (await File.ReadAllBytesAsync(sealedFile, Stop)).AsSpan().IndexOf("checkout"u8).ShouldBe(-1);
        using (var answer = await writer.Http.GetAsync($"/console/attachments/{kept.Id}", Stop))
        {
            (await answer.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(Pdf);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
        using var reader = await own.SignInAsync(Role.Administrator);
        (await reader.Http.GetStringAsync(page, Stop)).ShouldNotContain(">Attach<");

        (await writer.PostAsync(page, $"detach-{kept.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Exists(sealedFile).ShouldBeFalse();
        (await writer.Http.GetAsync($"/console/attachments/{kept.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var desk = own.Services.GetRequiredService<AssessmentDesk>();
        var by = new Actor(Role.Marketer, Rights.Record | Rights.Campaign);
        (await desk.DoAsync((await desk.FindAsync(id))!, new LifeCommand.Withdraw(by.Name, desk.Today, "not needed"), by)).ShouldBeNull();
        (await writer.Http.GetStringAsync(page, Stop)).ShouldNotContain(">Attach<");
    }

    [Fact]
    public async Task A_screenshot_of_a_form_is_shown_beside_its_version_and_goes_into_the_regulators_pack()
    {
        await using var own = await OwnConsole.StartAsync();
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        KeyValuePair<string, string>[] fields =
        [
            new("point", "till"),
            new("from", "2026-01-01"),
            new("wording", "May we write to you?"),
            new("reason", "seen there"),
        ];
        (await SendAsync(officer, "/console/points", "add-point", "screenshot", "till.svg", "<svg/>"u8.ToArray(), fields)).ShouldContain(
            "is neither a picture (PNG, JPEG, WebP) nor a PDF"
        );
        (await own.Store.ControllerAsync(cancellation: Stop)).Points.ShouldBeEmpty();
        await SendAsync(officer, "/console/points", "add-point", "screenshot", "till.png", Png, fields);

        var digest = Convert.ToHexStringLower(SHA256.HashData(Png));
        (await own.Store.ControllerAsync(cancellation: Stop)).Points.Single().ScreenshotDigest.ShouldBe(digest);
        (await officer.Http.GetStringAsync("/console/points", Stop)).ShouldContain($"src=\"/console/points/screenshots/{digest}\"");
        using (var picture = await officer.Http.GetAsync($"/console/points/screenshots/{digest}", Stop))
        {
            picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
            (await picture.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(Png);
        }

        using var asked = new FormUrlEncodedContent([
            new("__RequestVerificationToken", await officer.TokenAsync("/console/requests")),
            new("about", "person"),
            new("address", "anna@example.com"),
        ]);
        using var pack = await officer.Http.PostAsync("/console/packs", asked, Stop);
        var folder = Directory.CreateTempSubdirectory("maysend-pack-").FullName;
        await using (var zip = await pack.Content.ReadAsStreamAsync(Stop))
            await ZipFile.ExtractToDirectoryAsync(zip, folder, Stop);
        var unpacked = Path.Combine(folder, "pack");
        (await File.ReadAllBytesAsync(Path.Combine(unpacked, EvidencePack.Screenshots, $"{digest}.png"), Stop)).ShouldBe(Png);
        PackCheck.Run(unpacked).Faults.ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    static async Task<string> BeginAsync(OwnConsole own)
    {
        var begun = await own
            .Services.GetRequiredService<AssessmentDesk>()
            .BeginAsync(AssessmentDesk.Blank("Email to customers", null), new Actor(Role.Marketer, Rights.Record | Rights.Campaign));
        return begun.Document.VersionId;
    }

    static async Task<string> SendAsync(
        Visitor visitor,
        string page,
        string form,
        string field,
        string name,
        byte[] octets,
        params KeyValuePair<string, string>[] fields
    )
    {
        using var content = new MultipartFormDataContent();
        content.Add(new StringContent(form), "_handler");
        content.Add(new StringContent(await visitor.TokenAsync(page)), "__RequestVerificationToken");
        foreach (var (key, value) in fields)
            content.Add(new StringContent(value), key);
        content.Add(new ByteArrayContent(octets), field, name);
        using var answer = await visitor.Http.PostAsync(page, content, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
    }
}
