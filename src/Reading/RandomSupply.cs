using System.Security.Cryptography;

namespace MaySend.Reading;

/// <summary>
/// Bytes from the system's random source, drawn in greater pieces: a draw costs as much for twelve bytes as for five hundred, and an import
/// needs some for each entry. No byte is given twice, and none is kept once it was given. Safe for many threads, each of which has its own.
/// </summary>
public static class RandomSupply
{
    const int Size = 512;

    [ThreadStatic]
    static byte[]? drawn;

    [ThreadStatic]
    static int left;

    /// <summary>Fills a span with random bytes.</summary>
    public static void Fill(Span<byte> target)
    {
        if (target.Length > Size)
        {
            RandomNumberGenerator.Fill(target);
            return;
        }
        var supply = drawn ??= new byte[Size];
        if (left < target.Length)
        {
            RandomNumberGenerator.Fill(supply);
            left = Size;
        }
        var given = supply.AsSpan(left - target.Length, target.Length);
        given.CopyTo(target);
        CryptographicOperations.ZeroMemory(given);
        left -= target.Length;
    }
}
