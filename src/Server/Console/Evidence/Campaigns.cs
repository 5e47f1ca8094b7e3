using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Law.Reading;

namespace MaySend.Server.Console.Evidence;

/// <summary>A campaign file as read: the campaign, or what is wrong with it.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Campaign">The campaign; null when anything is wrong.</param>
/// <param name="Problems">What is wrong, with places.</param>
public sealed record CampaignReading(string Name, Campaign? Campaign, IReadOnlyList<Problem> Problems);

/// <summary>The campaign files of the console's folder, read anew for each page so that a changed file counts at once.</summary>
public sealed class Campaigns(ConsoleOptions options)
{
    /// <summary>Every campaign, the latest day first; those with problems last.</summary>
    public IReadOnlyList<CampaignReading> All(ControllerRecord controller) => !Directory.Exists(options.Campaigns) ? [] :
    [
        .. Directory.EnumerateFiles(options.Campaigns, "*.yaml").Select(path => Read(path, controller))
            .OrderByDescending(reading => reading.Campaign?.Day ?? DateOnly.MinValue).ThenBy(reading => reading.Name, StringComparer.Ordinal),
    ];

    /// <summary>One campaign by its name; null when there is none, so that a name can never lead out of the folder.</summary>
    public CampaignReading? Find(string? name, ControllerRecord controller) => All(controller).FirstOrDefault(reading => reading.Name == name);

    static CampaignReading Read(string path, ControllerRecord controller)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read(path, controller, problems);
        return new(Path.GetFileNameWithoutExtension(path), problems.IsEmpty ? campaign : null, problems.List);
    }
}
