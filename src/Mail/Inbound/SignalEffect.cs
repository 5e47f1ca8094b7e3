namespace MaySend.Mail.Inbound;

/// <summary>What a register does with a signal; a closed set.</summary>
public enum SignalEffect
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Record a refusal in the signal's scope; only the person's own later act lifts it.</summary>
    RecordRefusal,

    /// <summary>Record an objection to all marketing of the sender; only the person's own later act lifts it.</summary>
    RecordObjection,

    /// <summary>Mark the address as not working; no refusal, and a later proof of life lifts it.</summary>
    MarkAddressDead,

    /// <summary>Count the failure.</summary>
    CountFailure,

    /// <summary>Lift a dead address; show a conflict to a person if a refusal stands, which stays.</summary>
    ShowConflict,

    /// <summary>Copy refusals and objections to the new address, and no permission.</summary>
    CarryRefusals,

    /// <summary>Put it before the people who look after security.</summary>
    SecurityQueue,

    /// <summary>Put it before a person; it holds nobody.</summary>
    ManualQueue,

    /// <summary>Put it before a person; until it is settled nothing may be sent to the address it names.</summary>
    HoldForAPerson,
}

/// <summary>The table of signal and effect.</summary>
public static class SignalEffects
{
    /// <summary>The one effect of a signal.</summary>
    public static SignalEffect Of(InboundSignal signal) =>
        signal.Kind switch
        {
            InboundSignalKind.Ignored when signal.MayBeStop => SignalEffect.HoldForAPerson,
            InboundSignalKind.Unsubscribe => SignalEffect.RecordRefusal,
            InboundSignalKind.Complaint => SignalEffect.RecordObjection,
            InboundSignalKind.HardBounce => SignalEffect.MarkAddressDead,
            InboundSignalKind.SoftBounce => SignalEffect.CountFailure,
            InboundSignalKind.Reactivation => SignalEffect.ShowConflict,
            InboundSignalKind.AddressChanged => SignalEffect.CarryRefusals,
            InboundSignalKind.Fraud => SignalEffect.SecurityQueue,
            InboundSignalKind.Ignored
                when signal.Ignored is IgnoredReason.NeedsAPerson or IgnoredReason.UnknownEvent or IgnoredReason.UnreadableBounce =>
                SignalEffect.ManualQueue,
            _ => SignalEffect.Nothing,
        };
}

/// <summary>
/// Where an address stands after a set of signals. It is the same for every order of arrival and however often a signal is repeated.
/// </summary>
/// <param name="Refused">A refusal or an objection is among them; nothing in this set lifts it.</param>
/// <param name="Objected">A complaint is among them.</param>
/// <param name="Dead">The last word on the address itself is that it does not exist.</param>
/// <param name="Conflict">Somebody reactivated an address whose holder refused: for a person to look at.</param>
public readonly record struct AddressStanding(bool Refused, bool Objected, bool Dead, bool Conflict)
{
    /// <summary>Folds the signals of one address.</summary>
    public static AddressStanding After(IEnumerable<InboundSignal> signals)
    {
        var all = signals.DistinctBy(signal => signal.Key).ToList();
        var objected = all.Exists(signal => signal.Kind == InboundSignalKind.Complaint);
        var refused = objected || all.Exists(signal => signal.Kind == InboundSignalKind.Unsubscribe);
        // A life sign counts only if it is certainly later than the bounce: a tie or a guessed zone takes the stricter order.
        var lifeSigns = all.Where(signal => signal.Kind == InboundSignalKind.Reactivation && signal.When.Certainty == TimeCertainty.Stated)
            .ToList();
        var dead = all.Exists(bounce =>
            bounce.Kind == InboundSignalKind.HardBounce && !lifeSigns.Exists(sign => sign.When.Instant > Latest(bounce.When))
        );
        return new(refused, objected, dead, refused && all.Exists(signal => signal.Kind == InboundSignalKind.Reactivation));
    }

    // A time without a zone can be up to 14 hours later than it reads.
    static DateTimeOffset Latest(SignalTime time) => time.Certainty == TimeCertainty.Stated ? time.Instant : time.Instant.AddHours(14);
}
