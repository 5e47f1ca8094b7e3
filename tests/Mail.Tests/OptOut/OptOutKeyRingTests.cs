using MaySend.Mail.OptOut;

namespace MaySend.Mail.Tests.OptOut;

public class OptOutKeyRingTests
{
    [Fact]
    public void An_opt_out_still_works_after_ten_years_of_rotation()
    {
        var clock = Rings.Clock();
        var ring = Rings.One();
        var token = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3));
        var link = token.ToLink(ring, clock);
        var local = new OptOutMailbox(42, 3).ToLocalPart(1, ring, clock);
        for (var quarter = 0; quarter < 40; quarter++)
        {
            clock.Advance(TimeSpan.FromDays(89));
            ring = ring.Rotate(clock);
        }
        OptOutToken.TryReadLink(link, ring, out var read).ShouldBeTrue();
        read.ShouldBe(token);
        OptOutMailbox.TryRead(local, 1, ring, out _).ShouldBeTrue();
        token.ToLink(ring, clock).ShouldNotBe(link);
    }

    [Fact]
    public void A_key_issues_for_ninety_days_and_not_a_moment_longer()
    {
        var clock = Rings.Clock();
        var ring = Rings.One();
        var token = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3));
        clock.Advance(OptOutKeyRing.IssuingPeriod - TimeSpan.FromTicks(1));
        token.ToLink(ring, clock).Length.ShouldBe(OptOutToken.LinkLength);
        clock.Advance(TimeSpan.FromTicks(1));
        ring.RotateBefore.ShouldBe(clock.GetUtcNow());
        Should.Throw<InvalidOperationException>(() => token.ToLink(ring, clock)).Message.ShouldContain("rotate the ring");
    }

    [Fact]
    public void A_key_of_the_future_does_not_issue_yet()
    {
        var clock = Rings.Clock();
        var ring = new OptOutKeyRing([OptOutKey.Create(1, clock), new OptOutKey(2, Rings.Start.AddDays(10), new byte[32])]);
        var link = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(ring, clock);
        OptOutToken.TryReadLink(link, new OptOutKeyRing([ring.Keys[0]]), out _).ShouldBeTrue();
    }

    [Fact]
    public void A_clock_put_back_before_every_key_issues_with_the_oldest()
    {
        var ring = Rings.One().Rotate(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Rings.Start.AddDays(3)));
        var early = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Rings.Start.AddDays(-1));
        var link = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3)).ToLink(ring, early);
        OptOutToken.TryReadLink(link, Rings.One(), out _).ShouldBeTrue();
    }

    [Fact]
    public void A_ring_survives_its_file()
    {
        var clock = Rings.Clock();
        var ring = Rings.One().Rotate(clock);
        var again = OptOutKeyRing.Parse("# keep secret\r\n\r\n" + ring.ToText().ReplaceLineEndings("\r\n"));
        again.Keys.Select(key => (key.Id, key.IssuesFrom)).ShouldBe(ring.Keys.Select(key => (key.Id, key.IssuesFrom)));
        var token = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3));
        OptOutToken.TryReadLink(token.ToLink(ring, clock), again, out _).ShouldBeTrue();
    }

    [Fact]
    public void Every_bad_line_of_a_key_file_is_named_and_no_secret_is_shown()
    {
        var error = Should.Throw<FormatException>(() => OptOutKeyRing.Parse("300 2026-01-01T00:00:00Z AAAA\n\n1 yesterday c2VjcmV0"));
        error.Message.ShouldContain("line 1");
        error.Message.ShouldContain("line 3");
        error.Message.ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public void Links_of_two_keys_that_got_the_same_number_are_both_read()
    {
        var clock = Rings.Clock();
        OptOutKeyRing[] apart = [new([OptOutKey.Create(1, clock)]), new([OptOutKey.Create(1, clock)])];
        var together = apart[0].With(apart[1].Keys);
        together = OptOutKeyRing.Parse(together.ToText());
        together.Keys.Count.ShouldBe(2);
        var token = new OptOutToken(1, 42, 3, 99, new(2026, 3, 3));
        foreach (var ring in apart)
        {
            OptOutToken.TryReadLink(token.ToLink(ring, clock), together, out var read).ShouldBeTrue();
            read.ShouldBe(token);
            OptOutMailbox.TryRead(new OptOutMailbox(42, 3).ToLocalPart(1, ring, clock), 1, together, out _).ShouldBeTrue();
        }
        OptOutToken.TryReadLink(token.ToLink(apart[0], clock), apart[1], out _).ShouldBeFalse();
        together.Rotate(clock).Keys.Count(key => key.Id == 2).ShouldBe(1, "a fresh key has a fresh number");
    }

    [Fact]
    public void A_key_given_twice_counts_once()
    {
        var ring = Rings.One();
        ring.With(ring.Keys).ShouldBeSameAs(ring);
        OptOutKeyRing.Parse(ring.ToText() + ring.ToText()).Keys.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_empty_ring_is_an_error() => Should.Throw<ArgumentException>(() => new OptOutKeyRing([]));

    [Fact]
    public void A_full_ring_says_so()
    {
        var ring = new OptOutKeyRing(Enumerable.Range(0, 256).Select(id => OptOutKey.Create((byte)id, Rings.Clock())));
        Should.Throw<InvalidOperationException>(() => ring.Rotate(Rings.Clock())).Message.ShouldContain("256");
    }
}
