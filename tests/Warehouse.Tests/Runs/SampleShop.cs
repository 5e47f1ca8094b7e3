using System.Reflection;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Law.Cases;
using MaySend.Law.Facts;
using MaySend.Law.Tests.Samples;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;
using MaySend.Warehouse.Exports;

namespace MaySend.Warehouse.Tests.Runs;

/// <summary>A sample of the repository: its sender, its campaign, its people.</summary>
sealed class SampleShop
{
    internal static readonly string Root = typeof(SampleShop)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot")
        .Value!;

    readonly string folder;

    SampleShop(string name, string campaign)
    {
        folder = Path.Combine(Root, "samples", name);
        var problems = new Problems();
        var entries = SenderFolder.Read(folder, problems);
        Controller = new ControllerRecord(entries);
        State = ControllerState.Of(entries);
        Campaign = CampaignFile.Read(Path.Combine(folder, "campaigns", $"{campaign}.yaml"), Controller, problems)!;
        problems.ThrowIfAny();
    }

    /// <summary>Four people in each of 32 countries.</summary>
    public static SampleShop Europe { get; } = new("europe", "december-2025");

    /// <summary>Businesses of two countries.</summary>
    public static SampleShop Business { get; } = new("stories/b2b-uk-ie", "friday");

    public static Decider Decider { get; } = new(RealLaw.Book);

    public static IReadOnlyList<FactsDraft> Cases => RealLaw.Drafts;

    public ControllerRecord Controller { get; }

    public string State { get; }

    public Campaign Campaign { get; }

    public Manifest Export(IFactTarget target, int parts = 4)
    {
        using var source = FactSource.OfFiles(Controller, Campaign, LegalDays.AsWritten, AudienceFiles.InFolder(folder, null));
        using (target)
            return FactExport.Run(source, Campaign, State, target, parts);
    }

    public void ScreenFiles(string output) =>
        FileScreening.Run(Decider, Controller, Campaign, AudienceFiles.InFolder(folder, null), Campaign.Day, output);
}
