using System.Text.RegularExpressions;

namespace MaySend.Architecture;

/// <summary>Who writes is known by the door: nothing behind it makes an actor, or gives one more than the door did.</summary>
public sealed partial class DoorTests
{
    [GeneratedRegex(@"new Actor\(|Actor\.Runner\(|\.AsSystem\(\)|Actor By\(")]
    private static partial Regex Making { get; }

    /// <summary>Each door, and each part of the system that carries out what only the system writes.</summary>
    static readonly string[] Doors =
    [
        "Cli/Commands/AskCommand.cs",
        "Cli/Commands/ScreenCommand.cs",
        "Cli/Stores/ImportCommand.cs",
        "Cli/Stores/InboxCommand.cs",
        "Cli/Stores/PersonCommands.cs",
        "Cli/Stores/RecordedEntry.cs",
        "Cli/Stores/StoreCommand.cs",
        "Decisions/DecisionLog.cs",
        "Evidence/Import/ImportPlan.cs",
        "Gate/Rulings/GateAsking.cs",
        "Hosting/FirstRun.cs",
        "Screening/Runs/StoreScreening.cs",
        "Records/Screenings/ScreeningWorker.cs",
        "Records/Inbound/SignalIntake.cs",
        "Records/Inbound/Inbox.cs",
        "Http/Page.cs",
        "Console/Access/Permit.cs",
        "Console/Evidence/DecisionKeeper.cs",
        "Records/OptOuts/OptOutKeyRecords.cs",
        "Records/OptOuts/OptOutRegister.cs",
    ];

    [Fact]
    public void An_actor_is_made_by_a_door_and_by_nothing_else()
    {
        var makers = ShapeTests
            .Code("src")
            .Where(path => !path.EndsWith("Actors/Actor.cs", StringComparison.Ordinal) && Making.IsMatch(File.ReadAllText(path)))
            .ToList();
        makers.ShouldNotBeEmpty();
        makers.Where(path => !Doors.Any(door => path.EndsWith("/" + door, StringComparison.Ordinal))).ShouldBeEmpty();
    }
}
