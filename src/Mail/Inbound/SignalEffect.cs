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
            // Whoever can write a mail could stop somebody else's: without proof it waits.
            InboundSignalKind.Unsubscribe
            or InboundSignalKind.Complaint
            or InboundSignalKind.AddressChanged when signal.Proof == SignalProof.None => SignalEffect.HoldForAPerson,
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
