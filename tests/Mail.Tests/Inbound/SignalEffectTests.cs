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
        IgnoredReason? ignored = null,
        SignalProof proof = SignalProof.VerifiedCall,
        bool mayBeStop = false
    ) =>
        new()
        {
            Kind = kind,
            Ignored = ignored,
            Source = "test",
            EventId = id,
            Address = "anna@example.com",
            When = new(Hook.Arrival.AddHours(hour), certainty),
            Proof = proof,
            MayBeStop = mayBeStop,
            Place = "$",
        };

    [Theory]
    [InlineData(Unsubscribe)]
    [InlineData(Complaint)]
    [InlineData(AddressChanged)]
    public void What_nothing_proves_waits_for_a_person_and_holds_the_address(InboundSignalKind kind) =>
        SignalEffects.Of(Signal(kind, 1, "a", proof: SignalProof.None)).ShouldBe(SignalEffect.HoldForAPerson);

    [Theory]
    [InlineData(SignalProof.OwnToken)]
    [InlineData(SignalProof.AlignedSender)]
    [InlineData(SignalProof.VerifiedCall)]
    public void Each_proof_is_enough(SignalProof proof) =>
        SignalEffects.Of(Signal(Unsubscribe, 1, "a", proof: proof)).ShouldBe(SignalEffect.RecordRefusal);

    [Fact]
    public void Words_that_may_ask_to_stop_hold_the_address_and_others_hold_nobody()
    {
        SignalEffects
            .Of(Signal(Ignored, 1, "a", ignored: IgnoredReason.NeedsAPerson, mayBeStop: true))
            .ShouldBe(SignalEffect.HoldForAPerson);
        SignalEffects.Of(Signal(Ignored, 1, "a", ignored: IgnoredReason.OrdinaryWords)).ShouldBe(SignalEffect.Nothing);
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
