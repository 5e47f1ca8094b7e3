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
        "Cli/Commands/McpCommand.cs",
        "Cli/Commands/JoinCommand.cs",
        "Cli/Commands/ScreenCommand.cs",
        "Cli/Stores/ImportCommand.cs",
        "Cli/Stores/InboxCommand.cs",
        "Cli/Stores/PersonCommands.cs",
        "Cli/Stores/EntryRecording.cs",
        "Cli/Stores/StoreCommand.cs",
        "Decisions/DecisionLog.cs",
        "Evidence/Import/ImportPlan.cs",
        "Gate/Rulings/GateAsking.cs",
        "Evidence/Import/TakingBack.cs",
        "Cli/Stores/ImportsCommand.cs",
        "Cli/Stores/DomainsCommand.cs",
        "Hosting/FirstRun.cs",
        "Screening/Runs/ScreeningJoin.cs",
        "Screening/Runs/StoreScreening.cs",
        "Records/Screenings/ScreeningWorker.cs",
        "Records/Inbound/SignalIntake.cs",
        "Records/Inbound/Inbox.cs",
        "Http/Page.cs",
        "Console/Access/Permit.cs",
        "Console/Evidence/DecisionKeeper.cs",
        "Records/OptOuts/OptOutKeyRecords.cs",
        "Records/OptOuts/OptOutRegister.cs",
        "Records/SignUps/SignUpPages.cs",
        "Records/SignUps/SignUpRegister.cs",
        "Cli/Stores/SignUpCommand.cs",
        "Cli/Stores/RequestsCommand.cs",
        "Records/Requests/RightsRequests.cs",
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

    [GeneratedRegex(@"Parser parser = new\(|new Parser\(|new Scanner\(|new YamlStream\(")]
    private static partial Regex ParsingYaml { get; }

    [Fact]
    public void Yaml_is_parsed_at_one_place_which_bounds_it_first() =>
        ShapeTests
            .Code("src")
            .Where(path => ParsingYaml.IsMatch(File.ReadAllText(path)))
            .Select(Path.GetFileName)
            .ShouldBe(["YamlDocument.cs"]);

    [GeneratedRegex(@"HashData\(.*\[\.\.\d+\]|GetHashAndReset\(\)\)\[\.\.")]
    private static partial Regex CuttingAHash { get; }

    /// <summary>
    /// Copies of one request at one contact, whose key begins with the request's own id; a style sheet's tag; a reference in a reply to a
    /// mail server, for the eye; 128 bits, keyed or random; the id of an entry that its source gave none, among those of one contact.
    /// </summary>
    static readonly string[] CutWithinOneName =
    [
        "Restrictions.cs",
        "ConsoleFiles.cs",
        "RecipientRulings.cs",
        "Inbox.cs",
        "Secrets.cs",
        "MailLimits.cs",
        "HeldDesk.cs",
        "Proposal.cs",
    ];

    [Fact]
    public void What_is_found_by_a_digest_is_found_by_all_of_it() =>
        ShapeTests
            .Code("src")
            .Where(path => CuttingAHash.IsMatch(File.ReadAllText(path)))
            .Select(Path.GetFileName)
            .Except(CutWithinOneName)
            .ShouldBeEmpty();
}
