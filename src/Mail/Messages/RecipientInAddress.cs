using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MaySend.Mail.Messages;

/// <summary>
/// Finds a recipient's address in a URL or mailto: plain, percent-encoded, base64, VERP style, or as a bare digest that anyone can
/// recompute.
/// </summary>
static partial class RecipientInAddress
{
    /// <summary>
    /// Whether <paramref name="recipient"/>, or with no recipient known any e-mail address at all, can be read out of the address.
    /// </summary>
    public static bool IsIn(string address, string? recipient)
    {
        var query = address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? AfterFirstDomain(address) : address;
        var plain = Unescape(query);
        if (recipient is null)
            return AnyAddress().IsMatch(plain);
        var person = recipient.Trim().ToLowerInvariant();
        var everything = Unescape(address);
        return everything.Contains(person, StringComparison.OrdinalIgnoreCase)
            || everything.Contains(person.Replace('@', '='), StringComparison.OrdinalIgnoreCase)
            || Encoded(person).Any(code => everything.Contains(code, StringComparison.Ordinal))
            || Digests(person).Any(digest => everything.Contains(digest, StringComparison.OrdinalIgnoreCase));
    }

    // The mailto's own mailbox is an address by nature; only what follows or hides in it is looked at.
    static string AfterFirstDomain(string address)
    {
        var question = address.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? "" : address[question..];
    }

    static string Unescape(string text)
    {
        for (var round = 0; round < 2 && text.Contains('%', StringComparison.Ordinal); round++)
            text = Uri.UnescapeDataString(text);
        return text;
    }

    static IEnumerable<string> Encoded(string person)
    {
        var code = Convert.ToBase64String(Encoding.UTF8.GetBytes(person)).TrimEnd('=');
        yield return code;
        yield return code.Replace('+', '-').Replace('/', '_');
        yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(person));
    }

#pragma warning disable CA5350, CA5351 // Not for protection: these are the digests that senders put into links.
    static IEnumerable<string> Digests(string person)
    {
        var octets = Encoding.UTF8.GetBytes(person);
        yield return Convert.ToHexString(MD5.HashData(octets));
        yield return Convert.ToHexString(SHA1.HashData(octets));
        yield return Convert.ToHexString(SHA256.HashData(octets));
    }
#pragma warning restore CA5350, CA5351

    [GeneratedRegex(@"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")]
    private static partial Regex AnyAddress();
}
