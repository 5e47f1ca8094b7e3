using System.Diagnostics.Metrics;
using MaySend.Records;
using Microsoft.Extensions.Logging;

namespace MaySend.Gate.Rulings;

/// <summary>What the gate did, as metrics and in the log; never an address.</summary>
sealed partial class GateCounts(ILogger<GateCounts> log)
{
    static readonly Meter Meter = new(Meters.Name);
    static readonly Counter<long> Rulings = Meter.CreateCounter<long>("maysend.gate.rulings", description: "Recipients ruled on");
    static readonly Counter<long> Handed = Meter.CreateCounter<long>(
        "maysend.gate.handed_on",
        description: "Messages given to the next hop, by its reply"
    );
    static readonly Counter<long> Faults = Meter.CreateCounter<long>(
        "maysend.gate.faults",
        description: "Recipients that could not be ruled on"
    );

    public static void Ruled(string credential, Ruling ruling) =>
        Rulings.Add(
            1,
            new("credential", credential),
            new("answer", ruling.Answer.ToString().ToLowerInvariant()),
            new("verdict", ruling.Verdict)
        );

    public static void HandedOn(string credential, int code) => Handed.Add(1, new("credential", credential), new("code", code));

    public void Fault(Exception fault)
    {
        Faults.Add(1, new KeyValuePair<string, object?>("fault", fault.GetType().Name));
        NotRuled(fault.GetType().Name);
    }

    [LoggerMessage(LogLevel.Error, "the gate could not decide about a recipient ({Fault}): the mail waits where it came from")]
    partial void NotRuled(string fault);
}
