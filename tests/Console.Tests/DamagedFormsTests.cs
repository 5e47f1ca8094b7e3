using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Stores;

namespace MaySend.Console.Tests;

/// <summary>
/// Every page that can be reached by links, and every form on it with one field after another damaged: whatever is sent, the answer is a
/// page that says what is wrong, and the console goes on.
/// </summary>
public sealed class DamagedFormsTests
{
    /// <summary>As octets of a form: half a character and octets that are no UTF-8 cannot be written as text.</summary>
    static readonly string[] Words =
    [
        "",
        "+",
        "x",
        "%00",
        "%ED%A0%80",
        "%FF",
        "%E2%80%AEgnp.exe",
        "e%CC%81",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "%27%22%3E",
        "-1",
        "0",
        "0.5",
        "99999999999999999999",
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "..%2F..%2Fetc",
        "anna%40example.com",
        "%7B%7D",
        "a%0D%0Ab",
        "all",
        "none",
    ];

    [Fact]
    public async Task No_page_and_no_form_fails_whatever_is_typed()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-damaged-").FullName;
        var store = await EvidenceStores.CreateAsync(folder);
        await Site.FillAsync(store);
        await using (var app = Site.Build(folder, store))
        {
            await Site.AddCampaignsAsync(app, store);
            await app.StartAsync(TestContext.Current.CancellationToken);
            await Site.AddUserAsync(app, "everything", [.. Role.All.Select(role => role.Name)]);
            using var visitor = await Visitor.SignInAsync(Site.AddressOf(app), "everything");
            await Site.AddUserAsync(app, "somebody", Role.Marketer);
            var contact = (
                await store.FindAsync(Address.Read(Site.Permitted).Required(), cancellation: TestContext.Current.CancellationToken)
            )
                .Contact!
                .Value;
            var damaged = new HashSet<string>(StringComparer.Ordinal);
            // The second time what the first made is there too: a screening, the pages on which an assessment is written.
            for (var time = 0; time < 2; time++)
                foreach (
                    var form in (await PageForm.CrawlAsync(visitor, contact))
                        .SelectMany(page => page.Forms)
                        .Where(form => !IsOwn(form) && damaged.Add(form.Name))
                        .ToList()
                )
                foreach (
                    var field in form
                        .Fields.Select(field => field.Key)
                        .Where(name => name is not ("__RequestVerificationToken" or "_handler"))
                        .Distinct()
                        .ToList()
                )
                foreach (var word in WordsFor(form, field))
                    await SendAsync(visitor, form, field, word);
            damaged.ShouldContain("/console/assessments/LIA-1.v1/write/scope write-assessment");
            // What was taken of it must be fit to be shown.
            (await PageForm.CrawlAsync(visitor, contact)).Count.ShouldBeGreaterThan(25);
        }
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Every word; in a form of many fields each field gets a quarter of them, another one than its neighbour.</summary>
    static IEnumerable<string> WordsFor(PageForm form, string field)
    {
        var at = form.Fields.FindIndex(one => one.Key == field);
        return Words.Append(new string('x', 20_000)).Where((_, word) => form.Fields.Count <= 20 || (word + at) % 4 == 0);
    }

    /// <summary>Whoever sends all this must not take away their own account.</summary>
    static bool IsOwn(PageForm form) => form.Name.EndsWith(" password", StringComparison.Ordinal) || form.IsOwnAccount;

    static async Task SendAsync(Visitor visitor, PageForm form, string field, string word)
    {
        var body = string.Join(
            '&',
            form.Fields.Select(one => $"{Uri.EscapeDataString(one.Key)}={(one.Key == field ? word : Uri.EscapeDataString(one.Value))}")
        );
        using var content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        using var answer = await visitor.Http.PostAsync(form.Action, content, TestContext.Current.CancellationToken);
        var what = $"{form.Name} {field}={(word.Length > 100 ? "a long word" : word)}";
        ((int)answer.StatusCode).ShouldBeLessThan(500, what);
        (answer.Headers.Location?.ToString() ?? "").ShouldNotContain("sign-in", Case.Sensitive, what);
    }
}
