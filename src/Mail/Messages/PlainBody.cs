using System.Text.RegularExpressions;

namespace MaySend.Mail.Messages;

/// <summary>Reads a plain text part into paragraphs with the addresses written out in them.</summary>
static partial class PlainBody
{
    public static List<MessageBlock> Read(string text)
    {
        var blocks = new List<MessageBlock>();
        foreach (var paragraph in Paragraphs().Split(text))
        {
            if (string.IsNullOrWhiteSpace(paragraph))
                continue;
            var links = AddressRuns
                .In(paragraph)
                .Select(match => new WrittenLink(
                    match.Value.Contains("://", StringComparison.Ordinal)
                    || match.Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
                        ? match.Value.TrimEnd('.', ',', ')', '>', ']', '"', '\'')
                        : "mailto:" + match.Value,
                    "",
                    match.At,
                    null
                ))
                .ToList();
            blocks.Add(new(paragraph, links, null));
        }
        return blocks;
    }

    [GeneratedRegex(@"\r?\n[ \t]*(?:\r?\n[ \t]*)+|^[ \t]*[-_=*#~]{5,}[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Paragraphs();
}
