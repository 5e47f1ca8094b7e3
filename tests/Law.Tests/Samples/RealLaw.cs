using System.Reflection;
using MaySend.Law.Cases;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Tests.Samples;

/// <summary>The law and cases of this repository, read once.</summary>
public static class RealLaw
{
    /// <summary>The folder of the law.</summary>
    public static string Folder { get; } =
        Path.Combine(
            typeof(RealLaw)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "RepositoryRoot")
                .Value!,
            "law"
        );

    /// <summary>The law as it stands; whether it is sound is asked elsewhere (Every_law_file_is_sound).</summary>
    public static LawBook Book { get; } = LawReader.Read(Folder, new Problems());

    /// <summary>The facts of every case: what makes sense, and both sides of every limb.</summary>
    public static IReadOnlyList<FactsDraft> Drafts { get; } = [.. CaseReader.Read(Folder, new Problems()).Select(lawCase => lawCase.Facts)];

    static readonly Composer Composer = new(Book);

    /// <summary>The decision on these facts, for the recipient's own countries.</summary>
    public static DecisionFormula Decision(CampaignFacts campaign, FactSheet recipient, HousePolicy policy) =>
        Decision(Book, Composer, campaign, recipient[Recipient.Countries].Set?.Names ?? [], policy);

    /// <summary>The decision under some other law.</summary>
    public static DecisionFormula Decision(
        LawBook law,
        Composer composer,
        CampaignFacts campaign,
        IEnumerable<string> countries,
        HousePolicy policy
    )
    {
        var channel = campaign.Message[Message.Channel];
        var day = campaign.Message[Message.Day] is { IsRecorded: true } value ? value.Day : DateOnly.MinValue;
        var reach = law.Reach(campaign.Sender[Sender.Establishment].Name, countries);
        return composer.Compose(reach, channel.IsRecorded ? Message.Channel.Words[(int)channel.Number] : null, day, day, policy);
    }

    /// <summary>A policy in which every switch is left to chance.</summary>
    public static HousePolicy Policy(RandomFacts facts) =>
        HousePolicy.Switches.Aggregate(HousePolicy.None, (policy, one) => policy.With(one.Name, facts.OneIn(2)));
}
