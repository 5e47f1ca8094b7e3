using CsCheck;
using MaySend.Mail.Inbound;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

public class SignalEffectTests
{
    static InboundSignal Signal(
        InboundSignalKind kind,
        int hour,
        string id,
        TimeCertainty certainty = TimeCertainty.Stated,
        IgnoredReason? ignored = null
    ) =>
        new()
        {
            Kind = kind,
            Ignored = ignored,
            Source = "test",
            EventId = id,
            Address = "anna@example.com",
            When = new(Hook.Arrival.AddHours(hour), certainty),
            Place = "$",
        };

    static readonly Gen<InboundSignal> Signals = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 40], Gen.Int[0, 2], Gen.Int[0, 1000])
        .Select((kind, hour, certainty, id) => Signal((InboundSignalKind)kind, hour, id.ToString(), (TimeCertainty)certainty));

    [Fact]
    public void Order_and_repetition_of_arrival_change_nothing() =>
        Gen.Select(Signals.Array[0, 8], Gen.Int)
            .Sample(
                (signals, seed) =>
                {
                    var known = signals.DistinctBy(s => s.Key).ToArray();
                    var shuffled = known.Concat(known).ToArray();
                    new Random(seed).Shuffle(shuffled);
                    return AddressStanding.After(known) == AddressStanding.After(shuffled);
                }
            );

    [Fact]
    public void A_reactivation_never_lifts_a_refusal() =>
        Signals
            .Array[0, 8]
            .Sample(signals =>
            {
                var before = AddressStanding.After(signals);
                var after = AddressStanding.After([.. signals, Signal(Reactivation, 100, "later")]);
                return after.Refused == before.Refused && after.Objected == before.Objected && after.Conflict == before.Refused;
            });

    [Fact]
    public void No_bounce_and_no_not_spam_report_is_ever_a_refusal() =>
        Signals.Array[0, 8].Sample(signals => !AddressStanding.After(signals.Where(s => s.Kind is not (Unsubscribe or Complaint))).Refused);

    [Fact]
    public void A_certainly_later_life_sign_revives_a_dead_address_and_nothing_less_does()
    {
        AddressStanding.After([Signal(HardBounce, 1, "a")]).Dead.ShouldBeTrue();
        AddressStanding.After([Signal(HardBounce, 1, "a"), Signal(Reactivation, 2, "b")]).Dead.ShouldBeFalse();
        AddressStanding.After([Signal(HardBounce, 1, "a"), Signal(Reactivation, 1, "b")]).Dead.ShouldBeTrue();
        AddressStanding.After([Signal(HardBounce, 3, "a"), Signal(Reactivation, 2, "b")]).Dead.ShouldBeTrue();
        AddressStanding.After([Signal(HardBounce, 1, "a"), Signal(Reactivation, 2, "b", TimeCertainty.ZoneAssumed)]).Dead.ShouldBeTrue();
        AddressStanding.After([Signal(HardBounce, 1, "a", TimeCertainty.ZoneAssumed), Signal(Reactivation, 2, "b")]).Dead.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Unsubscribe, SignalEffect.RecordRefusal)]
    [InlineData(Complaint, SignalEffect.RecordObjection)]
    [InlineData(HardBounce, SignalEffect.MarkAddressDead)]
    [InlineData(SoftBounce, SignalEffect.CountFailure)]
    [InlineData(NotSpam, SignalEffect.Nothing)]
    [InlineData(Reactivation, SignalEffect.ShowConflict)]
    [InlineData(Fraud, SignalEffect.SecurityQueue)]
    [InlineData(AddressChanged, SignalEffect.CarryRefusals)]
    public void Each_signal_has_one_effect(InboundSignalKind kind, SignalEffect effect) =>
        SignalEffects.Of(Signal(kind, 1, "a")).ShouldBe(effect);

    [Theory]
    [InlineData(IgnoredReason.DeliveryEvent, SignalEffect.Nothing)]
    [InlineData(IgnoredReason.OwnRefusal, SignalEffect.Nothing)]
    [InlineData(IgnoredReason.NeedsAPerson, SignalEffect.ManualQueue)]
    [InlineData(IgnoredReason.UnknownEvent, SignalEffect.ManualQueue)]
    [InlineData(IgnoredReason.UnreadableBounce, SignalEffect.ManualQueue)]
    public void What_a_machine_cannot_settle_goes_to_a_person(IgnoredReason reason, SignalEffect effect) =>
        SignalEffects.Of(Signal(Ignored, 1, "a", ignored: reason)).ShouldBe(effect);

    [Fact]
    public void A_signal_in_a_log_shows_no_address() => Signal(Unsubscribe, 1, "a").ToString().ShouldBe("Unsubscribe test:a at $");

    [Fact]
    public void A_repeated_call_has_the_same_key()
    {
        static string Key(WebhookPlatform platform, string file) => Hook.Plain(platform, file).Single().Key;
        Key(WebhookPlatform.Postmark, "ours/postmark-unsubscribe.json")
            .ShouldBe(Key(WebhookPlatform.Postmark, "ours/postmark-unsubscribe.json"));
        Key(WebhookPlatform.Mailjet, "symfony/mailjet-mailer/unsub.json")
            .ShouldBe(Key(WebhookPlatform.Mailjet, "symfony/mailjet-mailer/unsub.json"));
    }

    [Fact]
    public void Two_acts_have_two_keys()
    {
        var keys = new[]
        {
            "ours/postmark-unsubscribe.json",
            "ours/postmark-reactivation.json",
            "symfony/postmark-mailer/subscription_change.json",
        }
            .Select(file => Hook.Plain(WebhookPlatform.Postmark, file).Single().Key)
            .ToList();
        keys.Distinct().Count().ShouldBe(keys.Count);
    }
}
