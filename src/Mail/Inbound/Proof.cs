using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace MaySend.Mail.Inbound;

/// <summary>Comparisons of signatures and secrets, all in constant time.</summary>
static class Proof
{
    public static bool HmacSha256Hex(string key, string signed, string? signature) =>
        HmacSha256Hex(key, Encoding.UTF8.GetBytes(signed), signature);

    public static bool HmacSha256Hex(string key, ReadOnlySpan<byte> signed, string? signature) =>
        Same(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed)), signature?.ToLowerInvariant());

    /// <summary>Mandrill and Twilio: HMAC-SHA1 over the address followed by each parameter's name and value in order of names.</summary>
#pragma warning disable CA5350 // The platforms' choice; HMAC-SHA1 is not known to be broken as a MAC.
    public static bool HmacSha1OverForm(string key, string url, FormBody form, string? signature)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in form.Fields.OrderBy(field => field.Name, StringComparer.Ordinal))
            signed.Append(name).Append(value);
        return Same(
            Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed.ToString()))),
            signature
        );
    }
#pragma warning restore CA5350

    /// <summary>
    /// A shared secret as password of basic authentication, as bearer token, or as <c>key</c> in the query of the address.
    /// </summary>
    public static bool SharedSecret(string secret, WebhookRequest request)
    {
        var header = request.Header("Authorization") ?? "";
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Same(secret, header["Bearer ".Length..].Trim());
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            var octets = new byte[header.Length];
            return Convert.TryFromBase64String(header["Basic ".Length..].Trim(), octets, out var length)
                && Encoding.UTF8.GetString(octets, 0, length).Split(':', 2) is [_, var password]
                && Same(secret, password);
        }
        var query = request.Url.IndexOf('?', StringComparison.Ordinal);
        return query >= 0 && Same(secret, HttpUtility.ParseQueryString(request.Url[(query + 1)..])["key"]);
    }

    public static bool Same(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
