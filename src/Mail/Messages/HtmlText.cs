using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MaySend.Mail.Messages;

/// <summary>The text of an HTML part, with a line for each block.</summary>
static class HtmlText
{
    static readonly HtmlParser Parser = new();

    /// <summary>Reads all text.</summary>
    /// <param name="html">The part.</param>
    /// <param name="withQuotes">Whether what a mail program quotes of an earlier message is taken along.</param>
    public static string Of(string html, bool withQuotes = true)
    {
        var text = new StringBuilder();
        using var document = Parser.ParseDocument(HtmlDepth.Limited(html));
        var nodes = new Stack<(INode Node, bool Closing)>();
        if (document.Body is { } body)
            nodes.Push((body, false));
        while (nodes.TryPop(out var next))
        {
            if (next.Closing)
            {
                text.Append('\n');
                continue;
            }
            if (next.Node is IText data)
            {
                text.Append(HtmlSpaces.Collapse(data.Data));
                continue;
            }
            if (next.Node is IElement element)
            {
                if (element.LocalName is "script" or "style" or "template" or "title" or "noscript" || (!withQuotes && IsQuote(element)))
                    continue;
                if (element.LocalName == "br")
                    text.Append('\n');
                else if (HtmlSpaces.IsBlock(element.LocalName))
                {
                    text.Append('\n');
                    nodes.Push((element, true));
                }
            }
            for (var child = next.Node.LastChild; child is not null; child = child.PreviousSibling)
                nodes.Push((child, false));
        }
        return text.ToString();
    }

    static bool IsQuote(IElement element) =>
        element.LocalName == "blockquote"
        || element.ClassList.Contains("gmail_quote")
        || element.ClassList.Contains("yahoo_quoted")
        || element.ClassList.Contains("moz-cite-prefix")
        || element.ClassList.Contains("gmail_attr")
        || element.Id is "divRplyFwdMsg" or "appendonsend" or "mail-editor-reference-message-container";
}

/// <summary>Spaces and blocks as a browser lays them out.</summary>
static class HtmlSpaces
{
    static readonly HashSet<string> Blocks =
    [
        .. (
            "address article aside blockquote center dd details div dl dt fieldset figcaption figure "
            + "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul"
        ).Split(' '),
    ];

    public static bool IsBlock(string name) => Blocks.Contains(name);

    public static string Collapse(string text)
    {
        if (text.AsSpan().IndexOfAny("\t\r\n\f") < 0 && !text.Contains("  ", StringComparison.Ordinal))
            return text;
        var collapsed = new StringBuilder(text.Length);
        var space = false;
        foreach (var c in text)
        {
            var blank = c is ' ' or '\t' or '\r' or '\n' or '\f';
            if (!blank)
                collapsed.Append(c);
            else if (!space)
                collapsed.Append(' ');
            space = blank;
        }
        return collapsed.ToString();
    }
}
