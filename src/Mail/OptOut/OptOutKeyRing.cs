using System.Globalization;
using System.Text;

namespace MaySend.Mail.OptOut;

/// <summary>
/// All keys that ever issued an opt-out token. The youngest issues, for at most 90 days; every key is accepted for ever.
/// </summary>
public sealed class OptOutKeyRing
{
    /// <summary>How long a key may issue before it must be followed by another.</summary>
    public static readonly TimeSpan IssuingPeriod = TimeSpan.FromDays(90);

    readonly Dictionary<byte, OptOutCipher[]> ciphers;
    readonly OptOutCipher[] oldestFirst;
    readonly OptOutKey[] keys;

    /// <summary>
    /// A ring of stored keys. The same key given twice counts once. Two keys with one number, made by servers that did not know of each
    /// other, are both kept: each has links out there.
    /// </summary>
    /// <exception cref="ArgumentException">The ring is empty.</exception>
    public OptOutKeyRing(IEnumerable<OptOutKey> keys)
    {
        this.keys =
        [
            .. keys.DistinctBy(key => key.Fingerprint)
                .OrderBy(key => key.IssuesFrom)
                .ThenBy(key => key.Id)
                .ThenBy(key => key.Fingerprint, StringComparer.Ordinal),
        ];
        if (this.keys.Length == 0)
            throw new ArgumentException("an opt-out key ring needs at least one key", nameof(keys));
        oldestFirst = [.. this.keys.Select(key => new OptOutCipher(key))];
        ciphers = oldestFirst.GroupBy(cipher => cipher.KeyId).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The keys, oldest first.</summary>
    public IReadOnlyList<OptOutKey> Keys => keys;

    /// <summary>When the youngest key stops issuing; a host adds a key before this instant.</summary>
    public DateTimeOffset RotateBefore => keys[^1].IssuesFrom + IssuingPeriod;

    /// <summary>The same ring with more keys; itself when it has them all.</summary>
    public OptOutKeyRing With(IEnumerable<OptOutKey> more)
    {
        var both = new OptOutKeyRing(keys.Concat(more));
        return both.keys.Length == keys.Length ? this : both;
    }

    /// <summary>The same ring with one more fresh key that issues from now on.</summary>
    /// <exception cref="InvalidOperationException">All 256 key numbers are used (63 years of rotation).</exception>
    public OptOutKeyRing Rotate(TimeProvider clock)
    {
        for (var step = 1; step <= byte.MaxValue; step++)
        {
            var id = unchecked((byte)(keys[^1].Id + step));
            if (!ciphers.ContainsKey(id))
                return new OptOutKeyRing([.. keys, OptOutKey.Create(id, clock)]);
        }
        throw new InvalidOperationException("all 256 opt-out key numbers are in use; a token format with longer numbers is needed");
    }

    /// <summary>The ring as text: a line per key with number, instant and secret. Keep it as you keep a private key.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var key in keys)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{key.Id} {key.IssuesFrom.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {Convert.ToBase64String(key.Secret)}\n"
            );
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToText"/> wrote; blank lines and lines that start with # are skipped.</summary>
    /// <exception cref="FormatException">Some lines are not keys; every one is named with its line number, never with its
    /// secret.</exception>
    public static OptOutKeyRing Parse(string text)
    {
        List<OptOutKey> found = [];
        List<string> problems = [];
        foreach (var (line, index) in text.Split('\n').Select((line, index) => (line.Trim(), index)))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var secret = new byte[OptOutKey.SecretLength + 3];
            if (
                parts.Length == 3
                && byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && DateTimeOffset.TryParse(parts[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
                && Convert.TryFromBase64String(parts[2], secret, out var length)
                && length == OptOutKey.SecretLength
            )
                found.Add(new OptOutKey(id, from, secret.AsSpan(0, length)));
            else
                problems.Add($"line {index + 1}: expected a number 0-255, a time and {OptOutKey.SecretLength} bytes in base64");
        }
        if (problems.Count > 0)
            throw new FormatException("opt-out keys: " + string.Join("; ", problems));
        return new OptOutKeyRing(found);
    }

    internal OptOutCipher Youngest => oldestFirst[^1];

    internal OptOutCipher Issuing(DateTimeOffset now)
    {
        // A clock that was put back stands before every key: the oldest issues, because no link at all would serve nobody.
        var place = Math.Max(0, Array.FindLastIndex(keys, key => key.IssuesFrom <= now));
        var key = keys[place];
        if (now >= key.IssuesFrom + IssuingPeriod)
            throw new InvalidOperationException(
                $"opt-out key {key.Id} has issued links for 90 days: rotate the ring; until then, no message is stamped"
            );
        return oldestFirst[place];
    }

    // A number that no key has is still tried, with some key, so that the answer takes the same way in every case.
    internal IEnumerable<OptOutCipher> For(byte id, out bool known)
    {
        known = ciphers.TryGetValue(id, out var found);
        return found ?? [oldestFirst[^1]];
    }
}
