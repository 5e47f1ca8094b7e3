using MimeKit;
using MimeKit.Text;

namespace MaySend.Gate.Messages;

/// <summary>
/// Puts the recipient's own link where the body keeps a place for it. Only text parts that hold the place are written anew; every other
/// part stays as it came.
/// </summary>
static class BodyLink
{
    /// <summary>
    /// The message with the link; null when no text part holds the place, or an HTML part and its plain text do not both hold it.
    /// </summary>
    public static byte[]? Put(byte[] octets, string placeholder, string url)
    {
        using var stream = new MemoryStream(octets, writable: false);
        using var message = MimeMessage.Load(stream);
        var texts = message.BodyParts.OfType<TextPart>().Where(part => !part.IsAttachment).ToList();
        if (texts.Count == 0 || texts.Any(part => part.Text is null || !part.Text.Contains(placeholder, StringComparison.Ordinal)))
            return null;
        foreach (var part in texts)
        {
            var link = part.IsHtml ? System.Net.WebUtility.HtmlEncode(url) : url;
            part.SetText(
                part.ContentType.CharsetEncoding ?? System.Text.Encoding.UTF8,
                part.Text.Replace(placeholder, link, StringComparison.Ordinal)
            );
        }
        using var written = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, written);
        return written.ToArray();
    }
}
