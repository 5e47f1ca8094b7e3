using System.Diagnostics.Metrics;

namespace MaySend.Records;

/// <summary>What is counted for whoever watches the server. Nothing counted names a person.</summary>
public static class Meters
{
    /// <summary>The meter's name, for those who collect from it.</summary>
    public const string Name = "MaySend";

    static readonly Meter Meter = new(Name);

    /// <summary>Decisions given, by verdict.</summary>
    public static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "maysend.decisions",
        description: "decisions given, by verdict"
    );

    /// <summary>What came back and what became of it, by source and effect.</summary>
    public static readonly Counter<long> Signals = Meter.CreateCounter<long>(
        "maysend.inbound.signals",
        description: "what came back, by source and by what became of it"
    );

    /// <summary>Calls of webhooks that were not proved and not read, by platform.</summary>
    public static readonly Counter<long> Unproved = Meter.CreateCounter<long>(
        "maysend.inbound.unproved",
        description: "calls of webhooks answered 401, by platform"
    );

    /// <summary>Mails of the server's own that were handed over, by kind.</summary>
    public static readonly Counter<long> Mails = Meter.CreateCounter<long>(
        "maysend.mails",
        description: "mails of the server's own that were handed over, by kind"
    );

    /// <summary>Sign-ups confirmed from the address.</summary>
    public static readonly Counter<long> SignUps = Meter.CreateCounter<long>(
        "maysend.sign_ups",
        description: "sign-ups confirmed from the address"
    );

    /// <summary>Opt-outs taken, by how: stored or spooled.</summary>
    public static readonly Counter<long> OptOuts = Meter.CreateCounter<long>(
        "maysend.opt_outs",
        description: "opt-outs taken, by how they were kept"
    );
}
