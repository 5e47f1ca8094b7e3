using MaySend.Reading;

namespace MaySend.Evidence.Tests.Store;

/// <summary>A nonce that is used twice under one key opens what it sealed: none may ever come again, on whatever thread.</summary>
public sealed class RandomSupplyTests
{
    [Fact]
    public void Nothing_is_given_twice_on_many_threads()
    {
        const int Each = 20_000;
        var given = Enumerable
            .Range(0, 8)
            .AsParallel()
            .SelectMany(_ =>
                Enumerable
                    .Range(0, Each)
                    .Select(_ =>
                    {
                        Span<byte> nonce = stackalloc byte[12];
                        RandomSupply.Fill(nonce);
                        return Convert.ToHexString(nonce);
                    })
                    .ToList()
            )
            .ToList();
        given.Count.ShouldBe(8 * Each);
        given.Distinct().Count().ShouldBe(given.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(4096)]
    public void Any_length_is_filled_to_its_end(int length)
    {
        var bytes = new byte[length + 2];
        // A byte that stays zero in each of forty fillings was never filled.
        var seen = new bool[length];
        for (var time = 0; time < 40; time++)
        {
            RandomSupply.Fill(bytes.AsSpan(1, length));
            for (var i = 0; i < length; i++)
                seen[i] |= bytes[i + 1] != 0;
        }
        seen.ShouldAllBe(wasFilled => wasFilled);
        (bytes[0], bytes[^1]).ShouldBe(((byte)0, (byte)0));
    }
}
