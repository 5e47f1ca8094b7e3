using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MaySend.Fuzz;

/// <summary>Damages an input in one to six ways. The same seed makes the same damage.</summary>
sealed class Mutator(int seed, IReadOnlyList<string> words)
{
    const int Longest = 32 * 1024;

    static readonly byte[][] Odd =
    [
        [0],
        [0xFF],
        [0xEF, 0xBB, 0xBF],
        [0xED, 0xA0, 0x80],
        [0xC0, 0x80],
        [0xF4, 0x90, 0x80, 0x80],
        .. new[]
        {
            "\r\n",
            "\r",
            "\n\n",
            "\t",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            "<",
            ">",
            "&",
            "%",
            "=",
            ":",
            ";",
            ",",
            "|",
            "-",
            "--",
            "\\",
            "\\u0000",
            "\\ud800",
            "é",
            "\u2028",
            "\u202e",
            "null",
            "true",
            "yes",
            "no",
            "all",
            "NaN",
            "1e999",
            "0",
            "-1",
            "-0",
            "2147483648",
            "9223372036854775808",
            "18446744073709551616",
            "99999999999999999999999999",
            "0001-01-01",
            "9999-12-31",
            "2026-02-30",
            "2026-02-29T24:00:00Z",
            "+99:99",
            "@",
            "*@example.com",
            "a@b",
            "xn--a",
            "[[[[[[[[",
            "{{{{{{{{",
            "((((((((",
            "&a *a",
            "!!",
            "<<: ",
            "=?utf-8?q?=ff?=",
            "%00",
            "%ud800",
            "+",
            "../",
            "\uFFFD",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    readonly Random chance = new(seed);
    readonly byte[][] tokens = [.. Odd, .. words.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A damaged copy.</summary>
    /// <param name="input">What is damaged.</param>
    /// <param name="other">Another input, of which a piece may be taken over.</param>
    public byte[] Damage(byte[] input, byte[] other)
    {
        var damaged = new List<byte>(input);
        for (var ways = 1 + (chance.Next(4) == 0 ? chance.Next(6) : chance.Next(2)); ways > 0; ways--)
            Once(damaged, other);
        if (damaged.Count > Longest)
            damaged.RemoveRange(Longest, damaged.Count - Longest);
        return [.. damaged];
    }

    /// <summary>Any of so many.</summary>
    public int Any(int count) => chance.Next(count);

    void Once(List<byte> octets, byte[] other)
    {
        var at = chance.Next(octets.Count + 1);
        switch (chance.Next(11))
        {
            case 0 when octets.Count > 0:
                octets[chance.Next(octets.Count)] ^= (byte)(1 << chance.Next(8));
                break;
            case 1 when octets.Count > 0:
                octets[chance.Next(octets.Count)] = (byte)chance.Next(256);
                break;
            case 2:
                octets.InsertRange(at, tokens[chance.Next(tokens.Length)]);
                break;
            case 3 when octets.Count > 0:
                octets.RemoveRange(
                    Math.Min(at, octets.Count - 1),
                    1 + chance.Next(Math.Min(64, octets.Count - Math.Min(at, octets.Count - 1)))
                );
                break;
            case 4 when octets.Count > 0:
                octets.InsertRange(at, Piece(octets, 128));
                break;
            case 5 when other.Length > 0:
                octets.InsertRange(at, Piece(other, 256));
                break;
            case 6 when octets.Count > 0:
                var piece = Piece(octets, 8);
                for (var times = 1 << chance.Next(11); times > 0 && octets.Count < Longest; times--)
                    octets.InsertRange(Math.Min(at, octets.Count), piece);
                break;
            case 7:
                Number(octets, at);
                break;
            case 8 when octets.Count > 0:
                octets.RemoveRange(at, octets.Count - at);
                break;
            case 9:
                Swap(octets, (byte)'\n');
                break;
            default:
                Overwrite(octets, at, tokens[chance.Next(tokens.Length)]);
                break;
        }
    }

    byte[] Piece(List<byte> from, int longest) => Piece(CollectionsMarshal.AsSpan(from), longest);

    byte[] Piece(ReadOnlySpan<byte> from, int longest)
    {
        var at = chance.Next(from.Length);
        return from.Slice(at, 1 + chance.Next(Math.Min(longest, from.Length - at))).ToArray();
    }

    /// <summary>Another number in the place of the next one.</summary>
    void Number(List<byte> octets, int from)
    {
        var rest = CollectionsMarshal.AsSpan(octets)[from..];
        var at = rest.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (at < 0)
            return;
        var digits = rest[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        octets.RemoveRange(from + at, digits < 0 ? rest.Length - at : digits);
        octets.InsertRange(
            from + at,
            Encoding.ASCII.GetBytes((chance.NextInt64() >> chance.Next(63)).ToString(CultureInfo.InvariantCulture))
        );
    }

    /// <summary>Two lines change places.</summary>
    void Swap(List<byte> octets, byte end)
    {
        byte[] all = [.. octets];
        List<Range> lines = [];
        for (var start = 0; start <= all.Length; start = lines[^1].End.Value)
        {
            var length = all.AsSpan(start).IndexOf(end) + 1;
            lines.Add(start..(length == 0 ? all.Length : start + length));
            if (length == 0)
                break;
        }
        var (one, two) = (chance.Next(lines.Count), chance.Next(lines.Count));
        (lines[one], lines[two]) = (lines[two], lines[one]);
        octets.Clear();
        foreach (var line in lines)
            octets.AddRange(all.AsSpan(line));
    }

    static void Overwrite(List<byte> octets, int at, byte[] token)
    {
        octets.RemoveRange(at, Math.Min(token.Length, octets.Count - at));
        octets.InsertRange(at, token);
    }
}
