using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MimeKit;

namespace MaySend.Mail.Messages;

/// <summary>A page that shows a message with each finding, and the links they are about marked where they stand. It loads nothing from
/// anywhere.</summary>
public static class MessageReport
{
    const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1a1a1a}"
        + "li{margin:.4rem 0}.fault{color:#a00}.warning{color:#850}.note{color:#555}"
        + "iframe,pre{width:100%;min-height:30rem;border:1px solid #999;box-sizing:border-box}pre{padding:1rem;white-space:pre-wrap}";

    /// <summary>Writes the page.</summary>
    public static string Html(MimeMessage message, MessageCheck check)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Message check</title>")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><style>")
            .Append(Style)
            .Append("</style></head><body><main><h1>")
            .Append(Text(string.IsNullOrWhiteSpace(message.Subject) ? "Message without a subject" : message.Subject))
            .Append("</h1><p>")
            .Append(
                check.RefusalOffered
                    ? "The message offers its reader a way to opt out."
                    : "The message offers its reader no way to " + "opt out."
            )
            .Append("</p><h2>Findings</h2><ul>");
        foreach (var finding in check.Findings)
        {
            var weight = finding.Weight.ToString().ToLowerInvariant();
            page.Append("<li class=\"")
                .Append(weight)
                .Append("\"><strong>")
                .Append(weight)
                .Append("</strong> ")
                .Append(Text($"{finding.Place}: {finding.Says} ({finding.Cite})"))
                .Append("</li>");
        }
        page.Append("</ul>");
        foreach (var part in message.BodyParts.OfType<TextPart>().Where(part => !part.IsAttachment))
        {
            page.Append("<h2>").Append(Text(part.ContentType.MimeType)).Append("</h2>");
            if (part.IsHtml)
                page.Append("<iframe sandbox title=\"The message\" srcdoc=\"")
                    .Append(Text(Marked(part.Text ?? "", check)))
                    .Append("\"></iframe>");
            else
                page.Append("<pre>").Append(Text(part.Text ?? "")).Append("</pre>");
        }
        return page.Append("</main></body></html>").ToString();
    }

    /// <summary>The message's HTML without what would load or run anything, and with each finding marked where it stands.</summary>
    public static string Marked(string html, MessageCheck check)
    {
        using var document = new HtmlParser().ParseDocument(HtmlDepth.Limited(html));
        foreach (var element in document.QuerySelectorAll("script,link,iframe,object,embed,base,meta[http-equiv]").ToList())
            element.Remove();
        foreach (var image in document.Images.ToList())
            image.Replace(document.CreateTextNode($"[image{(image.AlternativeText is { Length: > 0 } text ? ": " + text : "")}]"));
        foreach (var link in document.QuerySelectorAll("a[href],area[href]").OfType<IHtmlElement>())
        {
            var href = link.GetAttribute("href")?.Trim();
            if (check.Marks.FirstOrDefault(mark => mark.Href == href && href is not null) is not { } mark)
                continue;
            var (colour, says) = mark.Kind switch
            {
                BodyMarkKind.Offer => ("#070", "opt-out, seen"),
                BodyMarkKind.Hidden => ("#a00", "opt-out that the reader cannot see"),
                _ => ("#a00", "placeholder that was not filled in"),
            };
            var note = document.CreateElement("span");
            note.SetAttribute("style", $"outline:3px solid {colour};background:#ffd;color:#000;font:14px sans-serif;padding:2px");
            note.TextContent = $"[{says}: {mark.Text}]";
            // Beside the whole paragraph, where what hides the link does not hide the mark.
            document.Body!.InsertBefore(note, document.Body.FirstChild);
            link.SetAttribute("style", link.GetAttribute("style") + $";outline:3px solid {colour}");
        }
        return document.DocumentElement.OuterHtml;
    }

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
