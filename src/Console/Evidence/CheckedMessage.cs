using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Console.Evidence;

/// <summary>A message that somebody brought to the Templates page, looked at.</summary>
/// <param name="Check">What was found.</param>
/// <param name="Html">Its HTML; null where it has none.</param>
/// <param name="IsPasted">True where only the body was given, so that nothing in the header says anything.</param>
public sealed record CheckedMessage(MessageCheck Check, string? Html, bool IsPasted)
{
    /// <summary>The largest message taken, in octets.</summary>
    public const int Greatest = 4_000_000;

    /// <summary>Reads a whole message, as a mail programme saves it; null where it is none.</summary>
    public static CheckedMessage? Read(Stream eml)
    {
        try
        {
            using var octets = new MemoryStream();
            eml.CopyTo(octets);
            var message = MessageOctets.Parse(octets.ToArray());
            return new(MessageCheck.Of(message), message.HtmlBody, IsPasted: false);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads a body as it was pasted from a mail platform, HTML or text, with the address that it will come from.</summary>
    public static CheckedMessage Paste(string body, string from)
    {
        var isHtml = body.Contains('<', StringComparison.Ordinal);
        var message = new MimeMessage { Body = new TextPart(isHtml ? "html" : "plain") { Text = body } };
        if (MailboxAddress.TryParse(from, out var mailbox))
            message.From.Add(mailbox);
        return new(MessageCheck.Of(message), isHtml ? body : null, IsPasted: true);
    }

    /// <summary>What it shows about the fields of a template version, in words to stand beside them.</summary>
    public IReadOnlyDictionary<string, string> Notes =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["refusal-offered"] = Check.RefusalOffered ? "the message offers one" : "the message offers none",
            ["sender-identified"] = Check.SenderIdentified ? "the message does" : "the message does not",
            ["stop-address"] = Check.StopAddress ? "the message does" : "the message does not",
        };
}
