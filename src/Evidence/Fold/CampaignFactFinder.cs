using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Finds what can be shown about a campaign: what its template carries, what its sender has signed, which assessments there are.
/// </summary>
public static class CampaignFactFinder
{
    /// <summary>The facts of message, sender and assessments on the campaign's day.</summary>
    public static CampaignFacts Find(ControllerRecord controller, Campaign campaign) =>
        new(MessageFacts(controller, campaign), SenderFacts(controller, campaign), Assessments(controller, campaign));

    static FactSheet MessageFacts(ControllerRecord controller, Campaign campaign)
    {
        var template = controller.Vouching(campaign);
        var map = controller.MapOn(campaign.Day);
        var (families, ranges) = Advertised(map, campaign);
        var sheet = DayOfSending
            .Mark(new FactSheet(Scope.Message, campaign.Id).With(Message.Day, campaign.Day))
            .With(Calling.CarriedAs, campaign.CarriedAs)
            .With(Calling.NoCallsIn, campaign.Calls?.NoCallsIn())
            .With(Calling.CallingLineRegistered, campaign.Calls?.LineRegistered)
            .With(Calling.CallingRange, campaign.Calls?.Range)
            .With(Calling.SenderNameRegistered, campaign.Calls?.SenderName)
            .With(Calling.MachineDisclosed, campaign.Calls?.MachineDisclosed)
            .With(Calling.UploadAnnounced, campaign.Calls?.UploadAnnounced)
            .With(Message.Channel, campaign.Channel)
            .With(Message.Purpose, Purpose(campaign))
            // That somebody else sends it is a judgement too, and takes the message out of the law on sending.
            .With(Message.SentOrInstigated, campaign.SentOrInstigated == false && !IsJudged(campaign) ? null : campaign.SentOrInstigated)
            .With(Message.Topics, CampaignTopics.Of(campaign, controller.Names))
            .With(Message.AdvertisedFamilies, families)
            .With(Message.AdvertisedRanges, ranges)
            .With(Message.ThirdPartyContent, campaign.ThirdPartyContent)
            .With(Message.SolePurposeCharitable, campaign.SolePurposeCharitable)
            .With(Message.Profiling, campaign.Profiling)
            .With(Message.SpecialCategoryTargeting, campaign.SpecialCategoryTargeting)
            .With(Message.CallingLineShown, campaign.CallingLineShown)
            .With(Message.RegulatedSubject, campaign.RegulatedSubject)
            .With(Message.RunningContract, campaign.RunningContract)
            .With(Message.Political, campaign.Political)
            .With(Message.FurtherSelected, campaign.FurtherSelected)
            .With(
                Message.NeededFor,
                campaign.NeededFor is ["none"] || IsJudged(campaign) && !Contradicts(campaign) ? NameSet.Of(campaign.NeededFor) : null
            );
        if (template is null)
            return sheet;
        return sheet
            .With(Message.RefusalOffered, template.RefusalOffered)
            .With(Message.RefusalSimple, template.RefusalSimple)
            .With(Message.RefusalFree, template.RefusalFree)
            .With(Message.RefusalWorks, template.RefusalWorks)
            .With(Message.RefusalScope, template.RefusalScope)
            .With(Message.RefusalMedium, template.RefusalMedium)
            .With(Message.SenderIdentified, template.SenderIdentified)
            .With(Message.StopAddressValid, template.StopAddressValid)
            .With(Message.CommercialNatureClear, template.CommercialNatureClear)
            .With(Message.StatesRightToObject, template.StatesRightToObject)
            .With(Message.CarriesPrivacyNotice, template.CarriesPrivacyNotice)
            .With(Message.Labels, template.Labels)
            .With(Message.Tracking, template.Tracking);
    }

    /// <summary>
    /// That a message is anything but marketing is a judgement: it counts signed, and not where the message itself contradicts it.
    /// </summary>
    static string? Purpose(Campaign campaign) =>
        campaign.Purpose == "direct-marketing" || (IsJudged(campaign) && !Contradicts(campaign)) ? campaign.Purpose : null;

    static bool IsJudged(Campaign campaign) => campaign.Judged?.StoodOn(campaign.Day) == true;

    /// <summary>
    /// A message that promotes anything is marketing, whatever it is called: goods, other people's offers, a charity, a candidate. A party
    /// too has service messages, about dues for one (Regulation 2024/900 Art 3(2)); and a subject with rules of its own promotes nothing by
    /// itself.
    /// </summary>
    static bool Contradicts(Campaign campaign) =>
        campaign.Purpose != "direct-marketing"
        && (
            !campaign.Families.IsEmpty
            || !campaign.Products.IsEmpty
            || campaign is { ThirdPartyContent: true } or { SolePurposeCharitable: true }
            || campaign is { Political: true, Purpose: not "service" }
        );

    static (NameSet? Families, NameSet? Ranges) Advertised(ProductMap? map, Campaign campaign)
    {
        if (map is null)
            return (null, null);
        var (families, ranges, _) = map.Of(campaign.Products);
        var named = map.RangesOf(campaign.Families);
        return (
            NameSet.Of(families.Names.Concat(campaign.Families), families.IsComplete),
            NameSet.Of(ranges.Names.Concat(named.Names), ranges.IsComplete && named.IsComplete)
        );
    }

    static FactSheet SenderFacts(ControllerRecord controller, Campaign campaign)
    {
        var sender = controller.Senders.GetValueOrDefault(campaign.Sender);
        var children = controller.Statement(campaign.Sender, StatementKind.OffersToChildren, campaign.Day);
        return new FactSheet(Scope.Sender, campaign.Sender)
            .With(Sender.Entity, campaign.Sender)
            .With(Sender.Establishment, sender?.Establishment)
            .With(Sender.StatutoryCharity, sender?.StatutoryCharity)
            .With(Sender.AuthorisedForPensions, sender?.AuthorisedForPensions)
            .With(Calling.Trade, sender?.Trade)
            .With(Sender.OffersToChildren, children?.Answer)
            .With(
                Sender.RefusalsComplete,
                controller.Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel) is { Answer: true }
                    ? "yes"
                    : null
            );
    }

    static ImmutableArray<FactSheet> Assessments(ControllerRecord controller, Campaign campaign) =>
        RecordOrder.NewestFirst(
            FailedAssessments
                .Without(controller, campaign)
                .Select(assessment =>
                    new FactSheet(Scope.Assessment, assessment.Id)
                        .With(Assessment.Sender, assessment.Sender)
                        .With(Assessment.PurposeTest, Outcome(assessment.PurposeTest))
                        .With(Assessment.NecessityTest, Outcome(assessment.NecessityTest))
                        .With(Assessment.BalancingTest, Outcome(assessment.BalancingTest))
                        .With(Assessment.Signed, assessment.Signature?.On)
                        .With(Assessment.ReviewDue, assessment.ReviewDue)
                        .With(Assessment.Stands, assessment.EndedOn is not { } ended || campaign.Day < ended)
                        .With(Assessment.Channels, assessment.Channels)
                        .With(Assessment.Audiences, assessment.Audiences)
                        .With(Assessment.Families, assessment.Families)
                        .With(Assessment.Countries, assessment.Countries)
                        .With(Assessment.CoversProfiling, assessment.CoversProfiling)
                        .With(Assessment.CoversChildren, assessment.CoversChildren)
                        .With(Assessment.CoversVulnerable, assessment.CoversVulnerable)
                        .With(Assessment.FrequencyCapped, assessment.MessagesIn30Days is not null)
                        .With(Assessment.MessagesIn30Days, assessment.MessagesIn30Days)
                ),
            Assessment.Signed
        );

    static string? Outcome(bool? passed) =>
        passed switch
        {
            true => "passed",
            false => "failed",
            null => null,
        };
}
