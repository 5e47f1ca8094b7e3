using System.Globalization;

namespace MaySend.Records.SignUps;

/// <summary>
/// A sender's colour on the public pages, as far as it can be read there (WCAG 2.2, 1.4.3 and 1.4.11). Where it would stand out too little
/// from what it lies on, the pages keep their own: branding can never hide the button.
/// </summary>
public static class PageLook
{
    // What the pages lie on, light and dark (Pages/frame.html).
    static readonly string[] LightGround = ["#ffffff", "#f3f4f6"];
    static readonly string[] DarkGround = ["#1c1f24", "#121417"];

    const double ReadableAsText = 4.5;

    /// <summary>The greatest logo, in octets: every page is one request and small.</summary>
    public const int GreatestLogo = 2500;

    /// <summary>True for a colour as <c>#rrggbb</c>.</summary>
    public static bool IsColour(string text) => text.Length == 7 && text[0] == '#' && text[1..].All(char.IsAsciiHexDigit);

    /// <summary>True where a colour can be used on light pages.</summary>
    public static bool FitsLight(string colour) => LightGround.All(ground => Contrast(colour, ground) >= ReadableAsText);

    /// <summary>True where a colour can be used on dark pages.</summary>
    public static bool FitsDark(string colour) => DarkGround.All(ground => Contrast(colour, ground) >= ReadableAsText);

    /// <summary>Black or white, whichever is read better on a colour; the better of the two always reaches 4.5 to 1.</summary>
    public static string OnTopOf(string colour) => Contrast(colour, "#ffffff") >= Contrast(colour, "#000000") ? "#ffffff" : "#000000";

    /// <summary>The ratio by which two colours stand out from each other, from 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>What a picture is, by its first octets; null for anything but PNG, JPEG and WebP.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> picture) =>
        picture.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47]) ? "image/png"
        : picture.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "image/jpeg"
        : picture.StartsWith("RIFF"u8) && picture.Length > 12 && picture[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;

    static double Luminance(string colour) =>
        0.2126 * Linear(colour.AsSpan(1, 2)) + 0.7152 * Linear(colour.AsSpan(3, 2)) + 0.0722 * Linear(colour.AsSpan(5, 2));

    static double Linear(ReadOnlySpan<char> channel)
    {
        var value = int.Parse(channel, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
