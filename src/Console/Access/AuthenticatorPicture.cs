using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using QRCoder;

namespace MaySend.Console.Access;

/// <summary>
/// The key of an authenticator app while it is being set up: as a QR code, and sealed in a cookie until a code confirms it.
/// </summary>
static class AuthenticatorPicture
{
    /// <summary>The cookie that holds the key until then.</summary>
    public const string Cookie = "maysend-app";

    const string Issuer = "MaySend";

    /// <summary>The key as a picture that apps read (otpauth, six digits, 30 seconds, SHA-1: what every app takes).</summary>
    public static string Of(string name, string key)
    {
        var address =
            $"otpauth://totp/{Uri.EscapeDataString(Issuer)}:{Uri.EscapeDataString(name)}?secret={key}&"
            + $"issuer={Uri.EscapeDataString(Issuer)}&digits=6&period=30";
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return $"data:image/png;base64,{Convert.ToBase64String(picture.GetGraphic(6))}";
    }

    /// <summary>What seals the cookie.</summary>
    public static ITimeLimitedDataProtector Keys(IDataProtectionProvider protection) =>
        protection.CreateProtector("MaySend.Console.AppDraft").ToTimeLimitedDataProtector();

    /// <summary>The key that somebody is setting up; null where that took too long, or is somebody else's.</summary>
    public static string? Drafted(HttpContext context, ITimeLimitedDataProtector keys, string user)
    {
        try
        {
            return context.Request.Cookies[Cookie] is { } kept && keys.Unprotect(kept).Split(' ') is [var whose, var key] && whose == user
                ? key
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>How the cookie is set.</summary>
    public static CookieOptions CookieOf(HttpContext context) =>
        new()
        {
            Path = $"{ConsoleOptions.Root}/account",
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            MaxAge = PendingSignIn.For,
        };
}
