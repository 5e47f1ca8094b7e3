using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What an assessment that failed takes from those signed before it. Whoever signed later that the interest does not outweigh, for some
/// messages to some people, has answered what an older one says of them, under whichever id; of one day the stricter stands. Where an
/// older one was for less (without the profiling that was weighed, for fewer messages), it was not answered.
/// </summary>
public static class FailedAssessments
{
    /// <summary>
    /// Names the assessments that, on a day, answer something of what an older one says: some message to somebody in its scope can no
    /// longer rely on it.
    /// </summary>
    public static IReadOnlyList<string> Answering(ControllerRecord controller, AssessmentRecorded older, DateOnly day) =>
        [
            .. FailedOn(controller, day)
                .Where(failed =>
                    Answers(failed, older, controller.Names)
                    && Of(failed.Channels).Overlaps(Of(older.Channels))
                    && Of(failed.Families).Overlaps(Of(older.Families))
                    && Of(failed.Countries).Overlaps(older.Countries)
                    && Of(failed.Audiences).Overlaps(older.Audiences)
                )
                .Select(failed => failed.Id),
        ];

    /// <summary>The assessments as they stand for a campaign.</summary>
    internal static IEnumerable<AssessmentRecorded> Without(ControllerRecord controller, Campaign campaign)
    {
        List<AssessmentRecorded> failed =
        [
            .. FailedOn(controller, campaign.Day)
                .Where(one =>
                    (one.Channels.IsEmpty || one.Channels.Has(campaign.Channel)) && one.Families.Overlaps(Advertised(controller, campaign))
                ),
        ];
        return failed.Count == 0
            ? controller.Assessments
            : controller.Assessments.Select(one =>
                failed.Where(other => Answers(other, one, controller.Names)).Aggregate(one, (rest, other) => Rest(rest, other, campaign))
            );
    }

    static IEnumerable<AssessmentRecorded> FailedOn(ControllerRecord controller, DateOnly day) =>
        controller.SignedAssessments.Where(one =>
            (one is { PurposeTest: false } or { NecessityTest: false } or { BalancingTest: false })
            && one.Signature!.StoodOn(day)
            && !(one.EndedOn <= day)
        );

    static NameSet? Advertised(ControllerRecord controller, Campaign campaign) =>
        campaign.Products.IsEmpty
            ? NameSet.Of(campaign.Families)
            : controller.MapOn(campaign.Day)?.Of(campaign.Products).Families.Union(NameSet.Of(campaign.Families));

    static bool Answers(AssessmentRecorded failed, AssessmentRecorded older, KnownNames names) =>
        failed.Id != older.Id
        && older.Signature is { } signed
        && failed.Signature!.On >= signed.On
        && (failed.Sender == older.Sender || names.Senders(failed.Sender).Contains(older.Sender))
        && IsNoMore(failed.CoversProfiling, older.CoversProfiling)
        && IsNoMore(failed.CoversChildren, older.CoversChildren)
        && IsNoMore(failed.CoversVulnerable, older.CoversVulnerable)
        // One that states no limit may have been about as few.
        && !(failed.MessagesIn30Days > older.MessagesIn30Days);

    static bool IsNoMore(bool? failed, bool? older) => failed != true || older == true;

    /// <summary>
    /// What is left of the older one: the countries or the audiences of which the failed one says nothing. Where the failed one is about
    /// some of both, its audiences are taken everywhere: one scope cannot say more.
    /// </summary>
    static AssessmentRecorded Rest(AssessmentRecorded older, AssessmentRecorded failed, Campaign campaign)
    {
        var (countries, audiences) = (Of(failed.Countries), Of(failed.Audiences));
        var isEverywhere = countries.Covers(older.Countries) == Law.Truth.Satisfied;
        var isEverybody = audiences.Covers(older.Audiences) == Law.Truth.Satisfied;
        if (!countries.Overlaps(older.Countries) || !audiences.Overlaps(older.Audiences))
            return older;
        if (isEverybody && !isEverywhere)
            return older with { Countries = Minus(older.Countries.IsEverything ? CountryNames.Codes : older.Countries.Names, countries) };
        if (!isEverybody)
            return older with { Audiences = Minus(older.Audiences.IsEverything ? Words.Audiences : older.Audiences.Names, audiences) };
        return older with { EndedOn = campaign.Day };
    }

    /// <summary>What a failed one leaves blank it is about as a whole.</summary>
    static NameSet Of(NameSet scope) => scope.IsEmpty ? NameSet.Everything : scope;

    static NameSet Minus(IEnumerable<string> names, NameSet others) => NameSet.Of(names.Where(name => !others.Has(name)));
}
