using MaySend.Mail.OptOut;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Mail.Tests.OptOut;

static class Rings
{
    public static readonly DateTimeOffset Start = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Start);

    public static OptOutKeyRing One() => new([new OptOutKey(7, Start, Enumerable.Range(1, 32).Select(i => (byte)i).ToArray())]);
}
