using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MaySend.Console.Tests;

/// <summary>An authenticator app (RFC 6238: SHA-1, six digits, 30 seconds) that holds one key.</summary>
/// <param name="Key">The key in base32.</param>
sealed record AuthenticatorApp(string Key)
{
    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The code of now, or of so many codes later: clocks may differ by a minute.</summary>
    public string Code(int later = 0)
    {
        var step = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + later;
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What every app computes.
        var hash = HMACSHA1.HashData(Octets(), counter);
#pragma warning restore CA5350
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[19] & 15)) & int.MaxValue) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    byte[] Octets()
    {
        var (octets, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in Key)
        {
            (held, bits) = ((held << 5) | Letters.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8)
                continue;
            bits -= 8;
            octets.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }
        return [.. octets];
    }
}
