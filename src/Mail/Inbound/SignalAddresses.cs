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
        return channel == SignalChannel.Email ? Mailbox(given) : Number(given);
    }

    /// <summary>What carried a text message, as the scheme before its number says; null where there is none.</summary>
    public static string? Carrier(string? from) =>
        from is not null && Schemes().Match(from) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>
    /// False for carriers that name people otherwise than by their telephone number: digits there are somebody else's number.
    /// </summary>
    public static bool IsByNumber(string? carrier) => carrier is null || Texts().IsMatch(carrier) || Carriers().IsMatch(carrier);

    /// <summary>The channel by what carried a message; a word that is not known is no text message of the telephone network.</summary>
    public static SignalChannel Channel(string? carrier) =>
        carrier is null || Texts().IsMatch(carrier) ? SignalChannel.Sms : SignalChannel.DirectMessage;

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

    [GeneratedRegex(@"^(?:whatsapp|sms|tel|rcs|mms|viber)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^\s*([a-z][a-z_]*)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Schemes();

    [GeneratedRegex("^(?:sms|mms)|^tel$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Texts();

    [GeneratedRegex("^(?:whatsapp|rcs|viber)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Carriers();

    [GeneratedRegex(@"[\s().\-\u00A0\u2010-\u2015]|\(0\)")]
    private static partial Regex Filler();

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$")]
    private static partial Regex E164();
}
