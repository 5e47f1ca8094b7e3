using System.Text;

namespace MaySend.Gate.Protocol;

/// <summary>Login and password as a client sends them (RFC 4954 4, RFC 4616).</summary>
static class SaslText
{
    /// <summary>What is in the base64 of one line; null when it is none, or the client gave up with an asterisk.</summary>
    public static string? Read(string base64)
    {
        var octets = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, octets, out var length) ? Encoding.UTF8.GetString(octets, 0, length) : null;
    }

    /// <summary>
    /// Login and password of AUTH PLAIN. Acting for somebody else is not offered: the first field must be blank or the login.
    /// </summary>
    public static (string? Login, string? Password) Plain(string base64) =>
        Read(base64)?.Split('\0') is [var acting, var login, var password] && (acting.Length == 0 || acting == login)
            ? (login, password)
            : (null, null);
}
