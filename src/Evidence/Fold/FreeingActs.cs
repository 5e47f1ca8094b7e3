using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// The acts of a person that free a campaign of what was asked to stop before them: those that name its sender and channel.
/// </summary>
sealed class FreeingActs
{
    readonly Campaign campaign;

    /// <summary>When the acts for every topic were done.</summary>
    readonly Moments forEverything;

    /// <summary>When those for each topic of the campaign were done.</summary>
    readonly Moments[] forTopics;

    public FreeingActs(ConsentAnswered[] consents, Campaign campaign)
    {
        this.campaign = campaign;
        forTopics = new Moments[campaign.Topics.Length];
        foreach (var act in consents)
        {
            if (
                !RefusalFacts.IsAct(act)
                || act.Topics is not { } topics
                || act.To?.Has(campaign.Sender) != true
                || act.Channels?.Has(campaign.Channel) != true
            )
                continue;
            if (topics.IsEverything)
                forEverything.Add(act.When);
            for (var topic = 0; topic < forTopics.Length; topic++)
                if (topics.Has(campaign.Topics[topic]))
                    forTopics[topic].Add(act.When);
        }
    }

    /// <summary>
    /// True when later acts of the person name every topic of the campaign that the request reaches. A message without topics is freed only
    /// by an act for every topic.
    /// </summary>
    public bool Free(RefusalMade request)
    {
        var (made, isReached) = (RefusalFacts.MadeAt(request), false);
        for (var topic = 0; topic < forTopics.Length; topic++)
        {
            if (!request.Topics!.Has(campaign.Topics[topic]))
                continue;
            isReached = true;
            if (!forTopics[topic].AnyIsSurelyAfter(made))
                return false;
        }
        return isReached || forEverything.AnyIsSurelyAfter(made);
    }
}
