using System.Text;
using CsCheck;
using MaySend.Mail.OptOut;

namespace MaySend.Mail.Tests.OptOut;

public class OptOutTokenTests
{
    static readonly Gen<OptOutToken> Tokens = Gen.Select(Gen.UInt, Gen.ULong, Gen.ULong, Gen.UInt, Gen.ULong, Gen.Int[0, ushort.MaxValue])
        .Select(
            (tenant, high, low, scope, message, day) =>
                new OptOutToken(tenant, new UInt128(high, low), scope, message, DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day))
        );

    static readonly OptOutKeyRing Ring = Rings.One();

    [Fact]
    public void A_link_token_reads_back_as_it_was_written() =>
        Tokens.Sample(token => OptOutToken.TryReadLink(token.ToLink(Ring, Rings.Clock()), Ring, out var read) && read == token);

    [Fact]
    public void The_same_opt_out_always_has_the_same_link() =>
        Tokens.Sample(token => token.ToLink(Ring, Rings.Clock()) == token.ToLink(Ring, Rings.Clock()));

    [Fact]
    public void A_link_token_is_seventy_characters_of_the_url_alphabet() =>
        Tokens.Sample(token =>
        {
            var link = token.ToLink(Ring, Rings.Clock());
            return link.Length == OptOutToken.LinkLength
                && link.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                && $"https://unsubscribe.example.co.uk/o/{link}".Length < 250;
        });

    [Fact]
    public void Any_flipped_bit_of_a_link_token_is_refused()
    {
        var link = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(Ring, Rings.Clock());
        for (var i = 0; i < link.Length; i++)
        for (var bit = 0; bit < 8; bit++)
        {
            var forged = new StringBuilder(link) { [i] = (char)(link[i] ^ (1 << bit)) }.ToString();
            OptOutToken.TryReadLink(forged, Ring, out var read).ShouldBeFalse(forged);
            read.ShouldBeNull();
        }
    }

    [Fact]
    public void Every_other_last_character_is_refused_so_one_token_has_one_spelling()
    {
        var link = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(Ring, Rings.Clock());
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Alphabet.Count(c => OptOutToken.TryReadLink(link[..^1] + c, Ring, out _)).ShouldBe(1);
    }

    [Fact]
    public void Text_that_is_no_token_is_refused_without_an_exception() =>
        Gen.String.Sample(text => !OptOutToken.TryReadLink(text, Ring, out _) && !OptOutMailbox.TryRead(text, 1, Ring, out _));

    [Fact]
    public void A_token_of_another_ring_is_refused()
    {
        var other = new OptOutKeyRing([OptOutKey.Create(7, Rings.Clock())]);
        OptOutToken.TryReadLink(new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(other, Rings.Clock()), Ring, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_with_a_key_number_that_nobody_has_is_refused()
    {
        var other = new OptOutKeyRing([new OptOutKey(8, Rings.Start, Ring.Keys[0].Secret)]);
        OptOutToken.TryReadLink(new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(other, Rings.Clock()), Ring, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_day_outside_the_format_is_an_error_when_issuing() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OptOutToken(1, 42, 3, 99, new(2150, 1, 1)).ToLink(Ring, Rings.Clock()));

    [Fact]
    public void No_field_can_be_read_out_of_a_token()
    {
        var contact = new UInt128(0x1122334455667788, 0x99AABBCCDDEEFF00);
        var link = new OptOutToken(0xCAFEBABE, contact, 3, 99, new(2026, 3, 3)).ToLink(Ring, Rings.Clock());
        var octets = System.Buffers.Text.Base64Url.DecodeFromChars(link);
        Convert.ToHexString(octets).ShouldNotContain("1122334455667788");
        Convert.ToHexString(octets).ShouldNotContain("CAFEBABE");
    }
}
