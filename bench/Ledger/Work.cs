using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Bench.Ledger;

/// <summary>The same events for the ledger and for the bare tables: an order of a random known person, about 190 bytes of JSON.</summary>
sealed class Work
{
    public const int People = 20_000;
    readonly Address[] addresses =
    [
        .. Enumerable.Range(0, People).Select(i => Address.Email($"person.{i}@customers.example.com").Required()),
    ];
    readonly byte[][] hashes = [.. Enumerable.Range(0, People).Select(i => SHA256.HashData(BitConverter.GetBytes(i))[..16])];
    long issued;

    public Address this[int person] => addresses[person];

    public byte[] Hash(int person) => hashes[person];

    /// <summary>A number never issued before, and the person it falls to.</summary>
    public (long Number, int Person) Next()
    {
        var number = Interlocked.Increment(ref issued);
        return (number, unchecked((int)((ulong)number * 0x9E3779B97F4A7C15UL >> 33)) % People);
    }

    public AppendRequest Request()
    {
        var (number, person) = Next();
        return Request(number, person);
    }

    public AppendRequest Request(long number, int person) =>
        new()
        {
            Subject = new EntrySubject.At(addresses[person]),
            Kind = "order",
            HappenedAt = DateTimeOffset.UnixEpoch.AddMinutes(number),
            By = "import",
            Source = new("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", number),
            IdempotencyKey = $"orders.csv:{number}",
            Payload = Payload(number),
        };

    public static byte[] Payload(long number) =>
        Encoding.UTF8.GetBytes(
            $$"""{"order":"{{number:D8}}","placed":"2025-05-02","products":["tea-green-100","pot-cast-iron"],"total":"34.50","""
                + "\"currency\":\"EUR\",\"sender\":\"shop-gb\",\"point\":\"checkout\",\"version\":\"2025-03\",\"given\":\"anew\"}"
        );
}
