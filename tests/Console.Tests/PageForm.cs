using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MaySend.Evidence;

namespace MaySend.Console.Tests;

/// <summary>A form of a page with what a browser would send of it.</summary>
/// <param name="Name">The kind of page and of form: many people or provisions have one.</param>
/// <param name="Action">Where it is sent.</param>
/// <param name="Fields">What it holds.</param>
/// <param name="IsOwnAccount">True where it changes the account of whoever sends it.</param>
sealed partial record PageForm(string Name, string Action, List<KeyValuePair<string, string>> Fields, bool IsOwnAccount)
{
    static readonly HtmlParser Parser = new();

    /// <summary>What somebody would send who fills it in: boxes ticked, a word, a day or an address where one is asked for.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Filled { get; init; }

    /// <summary>Every page, one of each kind: of many people or provisions the first two.</summary>
    public static async Task<List<(string Path, List<PageForm> Forms)>> CrawlAsync(Visitor visitor, ContactId contact)
    {
        var pages = new List<(string, List<PageForm>)>();
        var (waiting, seen) = (
            new Queue<string>(["/console", $"/console/people/{contact}"]),
            new Dictionary<string, int>(StringComparer.Ordinal)
        );
        while (waiting.TryDequeue(out var path))
        {
            var kind = PageForm.KindOf(path);
            if ((seen[kind] = seen.GetValueOrDefault(kind) + 1) > 2)
                continue;
            using var answer = await visitor.Http.GetAsync(
                path,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            ((int)answer.StatusCode).ShouldBeLessThan(500, path);
            if (
                answer.Content.Headers.ContentType?.MediaType != "text/html"
                || path.Contains("export", StringComparison.Ordinal)
                || path.Contains("report", StringComparison.Ordinal)
            )
                continue;
            using var page = await Parser.ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            pages.Add(
                (
                    path,
                    [
                        .. page
                            .Forms.Where(form =>
                                form.Method == "post" && form.GetAttribute("action")?.EndsWith("sign-out", StringComparison.Ordinal) != true
                            )
                            .Select(form => PageForm.Read(form, path)),
                    ]
                )
            );
            foreach (
                var link in page
                    .Links.Select(link => (link.GetAttribute("href") ?? "").Split('#')[0])
                    .Where(link => link.StartsWith("/console", StringComparison.Ordinal))
            )
                waiting.Enqueue(link);
        }
        return pages;
    }

    public static PageForm Read(IHtmlFormElement form, string path)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name)
                continue;
            if (element is IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false })
                continue;
            fields.Add(
                new(
                    name,
                    element switch
                    {
                        IHtmlInputElement input => input.Value,
                        IHtmlSelectElement select => select.Value ?? "",
                        IHtmlTextAreaElement text => text.Value,
                        IHtmlButtonElement button => button.Value,
                        _ => "",
                    }
                )
            );
        }
        // Boxes that are not ticked and what a person would add can be sent as well.
        foreach (
            var name in form
                .Elements.Select(element => element.GetAttribute("name"))
                .OfType<string>()
                .Where(name => fields.All(field => field.Key != name))
                .Distinct()
        )
            fields.Add(new(name, ""));
        var handler = fields.FirstOrDefault(field => field.Key == "_handler").Value;
        return new(
            $"{KindOf(path.Split('?')[0])} {KindOf(handler ?? "")}",
            form.GetAttribute("action") is { Length: > 0 } action ? action : path,
            fields,
            fields.Count(field => field.Key == "Form.Roles") > 1
        )
        {
            Filled = [.. Fillings(form)],
        };
    }

    /// <summary>What is written into a field of text; whatever has none of these names stays blank.</summary>
    static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["address"] = "filled@example.com",
        ["id"] = "extra",
        ["name"] = "Extra Ltd",
        ["point"] = "desk",
        ["template"] = "card",
        ["title"] = "Extra letters",
        ["domain"] = "firm.example",
        ["reason"] = "somebody looked at it",
        ["hold"] = "a court asked",
        ["words"] = "what do you hold about me?",
        ["from"] = "2026-06-01",
        ["since"] = "2026-06-01",
        ["day"] = "2026-06-01",
        ["received"] = "2026-06-01",
    };

    /// <summary>Of boxes of one name the first that says something.</summary>
    static IEnumerable<KeyValuePair<string, string>> Fillings(IHtmlFormElement form)
    {
        var chosen = new HashSet<string>();
        foreach (var element in form.Elements)
            if (
                element.GetAttribute("name") is { Length: > 0 } name
                && Filling(element, name) is { Length: > 0 } value
                && (element is not IHtmlInputElement { Type: "radio" or "checkbox" } || chosen.Add(name))
            )
                yield return new(name, value);
    }

    static string Filling(IHtmlElement element, string name) =>
        element switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio" } box => box.GetAttribute("value") ?? "on",
            IHtmlInputElement { Value.Length: > 0 } kept => kept.Value,
            IHtmlTextAreaElement { Value.Length: > 0 } kept => kept.Value,
            IHtmlInputElement or IHtmlTextAreaElement => Texts.GetValueOrDefault(name.Split('.')[^1], ""),
            IHtmlSelectElement select => select.Value is { Length: > 0 } said
                ? said
                : select.Options.Select(option => option.Value).FirstOrDefault(value => value.Length > 0) ?? "",
            IHtmlButtonElement button => button.Value,
            _ => "",
        };

    public static string KindOf(string path) => Numbers().Replace(path, "1");

    [GeneratedRegex(@"[0-9a-f]{32}|(?<=/people/)[^/?]+|\d+|(?<==)[^&]*")]
    private static partial Regex Numbers();
}
