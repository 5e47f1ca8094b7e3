using System.Runtime.CompilerServices;
using MaySend.Gate.Rulings;
using MaySend.Monitoring;

namespace MaySend.Gate.Tests;

/// <summary>What is watched of the gate is there.</summary>
public sealed class MonitoringTests
{
    [Fact]
    public void The_dashboard_and_the_alerts_ask_for_what_the_gate_measures_and_leave_nothing_out()
    {
        using var instruments = new Instruments();
        RuntimeHelpers.RunClassConstructor(typeof(GateCounts).TypeHandle);
        var measured = instruments.Names.Where(IsOfTheGate).ToList();
        measured.ShouldNotBeEmpty();
        var shown = Instruments.OfTheDashboard().SelectMany(Instruments.In).Where(IsOfTheGate).ToHashSet(StringComparer.Ordinal);
        shown.ShouldBe(measured, ignoreOrder: true);
        Instruments.OfTheAlerts().SelectMany(Instruments.In).Where(IsOfTheGate).Except(measured).ShouldBeEmpty("an alert that never comes");
    }

    static bool IsOfTheGate(string metric) => metric.StartsWith("maysend_gate_", StringComparison.Ordinal);
}
