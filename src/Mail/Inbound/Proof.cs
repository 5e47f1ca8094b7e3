using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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

    public static bool HmacSha256Base64(string key, ReadOnlySpan<byte> signed, string? signature) =>
        Same(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed)), signature?.Trim());

    /// <summary>SHA-256 in hexadecimal digits, as claims about a body or an address are written.</summary>
    public static string Digest(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(SHA256.HashData(octets));

    /// <summary>
    /// The claims of a JSON Web Token (RFC 7519) in compact form that is signed with a shared key (RFC 7518 3.2, HS256 and longer); null
    /// for any other algorithm, "none" before all, and for a wrong signature. Its times are not looked at: a late opt-out is an opt-out.
    /// </summary>
    public static JsonAt? Claims(string key, string? token)
    {
        if (token?.Trim().Split('.') is not [var header, var claims, var signature] || key.Length == 0)
            return null;
        try
        {
            var octets = Encoding.UTF8.GetBytes(key);
            var signed = Encoding.UTF8.GetBytes($"{header}.{claims}");
            var expected = ReadingDraft.Json(Text(header), "header").Text("alg") switch
            {
                "HS256" => HMACSHA256.HashData(octets, signed),
                "HS384" => HMACSHA384.HashData(octets, signed),
                "HS512" => HMACSHA512.HashData(octets, signed),
                _ => null,
            };
            return expected is not null && CryptographicOperations.FixedTimeEquals(expected, Base64Url.DecodeFromChars(signature))
                ? ReadingDraft.Json(Text(claims), "claims")
                : null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }

        static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
    }

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
