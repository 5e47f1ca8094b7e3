using System.CommandLine;
using System.Globalization;
using MaySend.Assessments.Documents;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Cli.Commands;

/// <summary>Options that several commands share, and what they read.</summary>
static class Inputs
{
    public static Option<string> Sender() =>
        new("--sender") { Description = "folder with sender.yaml, collection points, templates, product map and assessments" };

    public static Option<string> Campaign() =>
        new("--campaign") { Description = "the campaign: a file, a name in the sender's campaigns folder, or one on record in the store" };

    public static Option<string> Audience() =>
        new("--audience")
        {
            Description =
                "folder with people.csv and what happened with them: collections.csv or orders.csv, consents.csv, "
                + "refusals.csv, sends.csv, checks.csv",
        };

    public static Option<string?> In() => new("--in") { Description = "one folder that is both the sender's and the audience's" };

    /// <summary>A campaign by its file, or by the name of a file in the sender's folder <c>campaigns</c>.</summary>
    public static string CampaignPath(string senderFolder, string campaign) =>
        !File.Exists(campaign) && Path.Combine(senderFolder, "campaigns", $"{campaign}.yaml") is var named && File.Exists(named)
            ? named
            : campaign;

    public static Option<string?> LawFolder() =>
        new("--law") { Description = "use this law folder instead of the one that comes with the program" };

    public static Option<string?> Zone() =>
        new("--zone")
        {
            Description = "time zone of times in files that give none, such as Europe/London; if left out, such a time is an error",
        };

    public static Option<DateOnly?> KnownAt() =>
        new("--known-at")
        {
            Description = "decide with the law as it was known on this day; with a store, also with the evidence recorded by its end (UTC)",
            CustomParser = result =>
                DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day
                    : Wrong(result),
        };

    public static Option<DateOnly?> Day(string name, string description) =>
        new(name)
        {
            Description = description,
            CustomParser = result =>
                DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day
                    : Wrong(result),
        };

    static DateOnly? Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"`{result.Tokens[0].Value}` is not a day such as 2026-02-05");
        return null;
    }

    /// <summary>The zone; ends the operation when there is no such zone.</summary>
    public static TimeZoneInfo? ReadZone(string? name) =>
        name is null ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : throw new BadInputException(new Place("--zone"), $"`{name}` is not a time zone", "such as Europe/London");

    /// <summary>Everything a sender's folder says, assessment documents among it; only good when nothing was noted.</summary>
    public static IReadOnlyList<ControllerEntry> ReadEntries(string folder, Problems problems) =>
        SenderFolder.Read(folder, problems, AssessmentFolder.Read);

    /// <summary>The controller's record and the campaign; ends the operation when anything is wrong with either.</summary>
    public static (ControllerRecord Controller, Campaign Campaign) ReadSender(string folder, string campaign)
    {
        var problems = new Problems();
        var controller = new ControllerRecord(ReadEntries(folder, problems));
        var path = CampaignPath(folder, campaign);
        if (!File.Exists(path) && Directory.Exists(folder))
            problems.Add(
                new Place("--campaign"),
                $"`{campaign}` is neither a file nor a campaign in {folder}",
                $"there are: {string.Join(", ", Campaigns(folder))}"
            );
        var described = problems.IsEmpty ? CampaignFile.Read(path, controller, problems) : null;
        problems.ThrowIfAny();
        return (controller, described!);
    }

    static IEnumerable<string?> Campaigns(string folder) =>
        Path.Combine(folder, "campaigns") is var campaigns && Directory.Exists(campaigns)
            ? Directory.EnumerateFiles(campaigns, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
            : [];

    /// <summary>
    /// A campaign: a file, a name in the sender's folder, or one on record; ends the operation when there is none or anything is wrong with
    /// it.
    /// </summary>
    public static Campaign ReadCampaign(ControllerRecord controller, string? senderFolder, string campaign, Campaign? onRecord)
    {
        var path = senderFolder is null ? campaign : CampaignPath(senderFolder, campaign);
        if (!File.Exists(path))
            return onRecord
                ?? controller.Campaign(campaign)
                ?? throw new BadInputException(
                    new Place("--campaign"),
                    $"`{campaign}` is neither a file nor a campaign on record",
                    $"on record: {string.Join(", ", controller.Campaigns.Select(registered => registered.Campaign.Id).Distinct())}"
                );
        var problems = new Problems();
        var described = CampaignFile.Read(path, controller, problems);
        problems.ThrowIfAny();
        return described!;
    }

    /// <summary>The sender's entries in a folder; ends the operation when anything is wrong with them.</summary>
    public static ControllerRecord ReadController(string folder)
    {
        var problems = new Problems();
        var entries = ReadEntries(folder, problems);
        problems.ThrowIfAny();
        return new ControllerRecord(entries);
    }

    /// <summary>The audience of a folder, read through once; ends the operation when anything is wrong with any row.</summary>
    public static Screening.Audiences.Audience OpenAudience(string folder, TimeZoneInfo? zone, Action<string, long>? progress = null) =>
        Directory.Exists(folder)
            ? OpenAudience(AudienceFiles.InFolder(folder, zone), progress)
            : throw new BadInputException(new Place(folder), "folder not found");

    /// <summary>The audience of these files.</summary>
    public static Screening.Audiences.Audience OpenAudience(AudienceFiles files, Action<string, long>? progress = null)
    {
        var problems = new Problems();
        var audience = Screening.Audiences.Audience.Open(files, problems, progress);
        problems.ThrowIfAny();
        return audience!;
    }
}
