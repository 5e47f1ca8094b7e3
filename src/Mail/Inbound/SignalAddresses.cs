using System.Text.RegularExpressions;
using MimeKit;

namespace MaySend.Mail.Inbound;

/// <summary>
/// Reads an address as platforms write it: with a display name, a scheme (<c>whatsapp:</c>, <c>tel:</c>, <c>mailto:</c>), or a number
/// without the plus sign of E.164. What cannot be read is not guessed.
/// </summary>
static partial class SignalAddresses
{
    /// <summary>The bare address or number; null if it is neither.</summary>
    public static string? Read(string? text, SignalChannel channel)
    {
        var given = text?.Trim() ?? "";
        if (given.Length is 0 or > 320)
            return null;
        return channel == SignalChannel.Sms ? Number(given) : Mailbox(given);
    }

    static string? Mailbox(string text)
    {
        var bare = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text["mailto:".Length..].Split('?')[0] : text;
        return MailboxAddress.TryParse(bare, out var mailbox) && mailbox.Address.IndexOf('@', StringComparison.Ordinal) > 0
            ? mailbox.Address
            : null;
    }

    static string? Number(string text)
    {
        var digits = Filler().Replace(Scheme().Replace(text, ""), "");
        // Platforms leave the plus sign out of numbers that have their country code; a number that begins with 0 has none.
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = "+" + digits[2..];
        else if (digits.Length is >= 8 and <= 15 && digits[0] is >= '1' and <= '9')
            digits = "+" + digits;
        return E164().IsMatch(digits) ? digits : null;
    }

    [GeneratedRegex(@"^(?:whatsapp|sms|tel|rcs|mms|viber|messenger)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"[\s().\-\u00A0\u2010-\u2015]|\(0\)")]
    private static partial Regex Filler();

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$")]
    private static partial Regex E164();
}
