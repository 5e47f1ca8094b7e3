using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// Tells apart the messages of one file that say the same and have no id: two such rows are two messages, as they are where the file is
/// read beside the store. The second is the second in any newer export too, so that the same file twice still adds nothing.
/// </summary>
sealed class RepeatedMessages
{
    const string Again = " again ";

    // Eight octets of a digest for each message: a file may hold millions. Two that share them by chance are told apart for nothing.
    readonly Dictionary<long, int> times = [];

    /// <summary>The entry under an id of its own, where the file has said the same of the address before.</summary>
    public ContactEntry Told(ContactEntry named, Address? to)
    {
        if (named is not MessageSent)
            return named;
        var key = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{to?.Matching}\n{named.Id}")));
        var already = times.GetValueOrDefault(key);
        times[key] = already + 1;
        return already == 0 ? named : named with { Id = string.Create(CultureInfo.InvariantCulture, $"{named.Id}{Again}{already}") };
    }

    /// <summary>The made-up id without the number of times that it was met before.</summary>
    public static string Untold(string id) =>
        id.LastIndexOf(Again, StringComparison.Ordinal) is var at and > 0
        && int.TryParse(id.AsSpan(at + Again.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? id[..at]
            : id;
}
