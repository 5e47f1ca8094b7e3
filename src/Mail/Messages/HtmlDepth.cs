using System.Text.RegularExpressions;

namespace MaySend.Mail.Messages;

/// <summary>
/// Keeps a hostile part from costing more than its length: the parser's time grows with the square of the nesting, and no mail program
/// shows what is nested this deep.
/// </summary>
static partial class HtmlDepth
{
    const int Deepest = 256;

    /// <summary>As much of an HTML part is read, in characters; mail programs cut far earlier.</summary>
    const int Longest = 2 * 1024 * 1024;

    /// <summary>The part up to where it is too long or nested too deeply. Cutting can only miss an opt-out, never invent one.</summary>
    public static string Limited(string html)
    {
        var text = html.Length > Longest ? html[..Longest] : html;
        var depth = 0;
        foreach (var tag in Tags().EnumerateMatches(text))
        {
            depth = Math.Max(0, depth + (text[tag.Index + 1] == '/' ? -1 : 1));
            if (depth > Deepest)
                return text[..tag.Index];
        }
        return text;
    }

    // Elements that hold nothing, and those that the next of their kind ends, do not nest.
    [GeneratedRegex(
        @"</?(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|th|tr|tbody|thead|tfoot"
            + @"|option|dt|dd|o:p|v:\w+|html|head|body)\b)[a-zA-Z]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Tags();
}
