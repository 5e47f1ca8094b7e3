using CsCheck;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.Tests.OptOut;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

public class BounceCorpusTests
{
    static readonly InboundMail Reader = new(new OwnTokens(Rings.One(), _ => null));

    static InboundReading Read(byte[] message) => Reader.Read(message, new(null, [], Hook.Arrival));

    public static TheoryData<string> Bounces => [.. new[] { "bounces-flufl", "bounces-perl", "flanker/bounce" }.SelectMany(Fixture.Files)];

    [Theory]
    [MemberData(nameof(Bounces))]
    public void No_bounce_is_ever_read_as_an_objection(string path)
    {
        var reading = Read(Fixture.Bytes(path));
        reading.Signals.ShouldNotBeEmpty();
        reading.Signals.ShouldAllBe(signal =>
            signal.Kind == HardBounce
            || signal.Kind == SoftBounce
            || signal.Kind == Ignored
            || path.EndsWith("spam-bogus-email-in-report.msg", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("bounces-perl/aol.unknown.msg")]
    [InlineData("bounces-perl/doesnotexist.msg")]
    [InlineData("bounces-perl/hotmail-via-sendmail.unknown.msg")]
    [InlineData("bounces-perl/nomailbox.msg")]
    [InlineData("bounces-perl/no-such-domain.msg")]
    [InlineData("bounces-perl/non-autoreply.msg")]
    [InlineData("bounces-perl/qmail.unknown.msg")]
    [InlineData("bounces-perl/user-unknown-not.msg")]
    [InlineData("bounces-perl/user-unknown-not-active.msg")]
    [InlineData("bounces-perl/yahoo-user-unknown.msg")]
    [InlineData("bounces-flufl/dsn_13.txt")]
    [InlineData("bounces-flufl/exim_01.txt")]
    [InlineData("flanker/bounce/office365.eml")]
    [InlineData("flanker/bounce/zed.eml")]
    public void An_address_that_does_not_exist_is_dead(string path) => Read(Fixture.Bytes(path)).Signals[0].Kind.ShouldBe(HardBounce);

    [Theory]
    [InlineData("bounces-perl/deactivated-mailbox.msg")]
    [InlineData("bounces-perl/user-unknown-disabled.msg")]
    [InlineData("bounces-perl/att-via-sendmail.unknown.msg")]
    [InlineData("bounces-perl/yahoo-via-sendmail.unknown.msg")]
    public void A_mailbox_that_is_switched_off_may_be_on_again(string path) =>
        Read(Fixture.Bytes(path)).Signals[0].Kind.ShouldBe(SoftBounce);

    public static TheoryData<string> AboutTheMessage =>
        [
            .. Fixture
                .Files("bounces-perl")
                .Where(path =>
                    new[] { "/spam-", "/quota", "/message-too-large", "relay", "/boxbe" }.Any(part =>
                        path.Contains(part, StringComparison.Ordinal)
                    )
                ),
        ];

    [Theory]
    [MemberData(nameof(AboutTheMessage))]
    public void A_refusal_of_the_message_kills_no_address(string path) =>
        Read(Fixture.Bytes(path)).Signals.ShouldAllBe(signal => signal.Kind != HardBounce);

    [Theory]
    [InlineData("flanker/bounce/delayed.eml")]
    [InlineData("flanker/bounce/no-mx.eml")]
    [InlineData("flanker/bounce/mailbox-full.eml")]
    [InlineData("bounces-flufl/dsn_05.txt")]
    [InlineData("bounces-perl/warning-8.msg")]
    public void A_delay_kills_no_address(string path) => Read(Fixture.Bytes(path)).Signals.ShouldAllBe(signal => signal.Kind != HardBounce);

    [Fact]
    public void Most_standard_reports_of_the_corpora_are_read()
    {
        var reports = new[] { "bounces-flufl", "bounces-perl", "flanker/bounce" }
            .SelectMany(Fixture.Files)
            .Select(Fixture.Bytes)
            .Select(Read)
            .Where(reading => reading.Signals[0].Source == "dsn")
            .ToList();
        reports.Count.ShouldBeGreaterThan(120);
        reports.Count(reading => reading.Problems.Count == 0).ShouldBeGreaterThan(reports.Count * 95 / 100);
    }

    [Theory]
    [InlineData("bounces-flufl", "flufl.bounce")]
    [InlineData("bounces-perl", "Mail::DeliveryStatus::BounceParser")]
    [InlineData("flanker/bounce", "flanker")]
    public void The_document_shows_how_each_corpus_is_read(string folder, string name)
    {
        var read = Fixture.Files(folder).Select(Fixture.Bytes).Select(message => Read(message).Signals[0]).ToList();
        int Count(Func<InboundSignal, bool> which) => read.Count(which);
        var (dead, failed) = (Count(signal => signal.Kind == HardBounce), Count(signal => signal.Kind == SoftBounce));
        var late = Count(signal => signal.Ignored is IgnoredReason.DeliveryEvent or IgnoredReason.OwnRefusal);
        var automatic = Count(signal => signal.Ignored is IgnoredReason.AutomaticReply or IgnoredReason.NullSender);
        var rest = read.Count - dead - failed - late - automatic;
        DocumentTests.Document.ShouldContain($"| {name} | {read.Count} | {dead} | {failed} | {late} | {automatic} | {rest} |");
    }

    [Fact]
    public void No_change_of_some_octets_makes_the_reader_throw()
    {
        var files = new[] { "bounces-flufl", "flanker" }.SelectMany(Fixture.Files).Select(Fixture.Bytes).ToArray();
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, int.MaxValue].Array[4], Gen.Byte.Array[4])
            .Sample(
                (file, places, octets) =>
                {
                    var message = (byte[])files[file].Clone();
                    foreach (var (place, octet) in places.Zip(octets))
                        message[place % message.Length] = octet;
                    return Read(message).Signals.All(signal => signal.Kind != Unsubscribe || signal.Proof == SignalProof.None);
                },
                iter: 600
            );
    }

    [Fact]
    public void No_octets_at_all_make_the_reader_throw() =>
        Gen.Byte.Array[0, 300].Sample(octets => Read(octets).Signals.All(signal => signal.Place.Length > 0));
}
