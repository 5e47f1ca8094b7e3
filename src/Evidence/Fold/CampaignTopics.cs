using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What a campaign is about, in the words of its sender: letters of either case are one, as they are in a request to stop (model §8). A
/// blank topic, a word for everything, and one that is not on record where others are, leave open what it is about; then every request to
/// stop reaches it.
/// </summary>
public static class CampaignTopics
{
    /// <summary>The topics as the sender spells them; incomplete where one is not understood.</summary>
    /// <param name="campaign">The campaign as it was described.</param>
    /// <param name="known">The names on record.</param>
    /// <param name="notUnderstood">Gets the topics that were not understood.</param>
    public static NameSet Of(Campaign campaign, KnownNames known, ICollection<string>? notUnderstood = null)
    {
        var names = new List<string>();
        var isComplete = true;
        foreach (var topic in campaign.Topics)
        {
            var before = names.Count;
            if (IsOne(topic))
                names.AddRange(known.Spelling(campaign.Sender, topic));
            if (names.Count > before)
                continue;
            isComplete = false;
            notUnderstood?.Add(topic);
            if (IsOne(topic))
                names.Add(topic);
        }
        return NameSet.Of(names, isComplete);
    }

    /// <summary>
    /// The campaign with its topics as the sender spells them, and with none where it is not known what it is about: a request to stop then
    /// reaches it, whatever it names.
    /// </summary>
    public static Campaign Settled(Campaign campaign, KnownNames known)
    {
        var topics = Of(campaign, known);
        return !topics.IsComplete ? campaign with { Topics = [] }
            : topics.Equals(NameSet.Of(campaign.Topics)) ? campaign
            : campaign with { Topics = topics.Names };
    }

    /// <summary>The topics of an answer to a request for consent, as the sender spells those that it writes about.</summary>
    public static ConsentAnswered Spelt(ConsentAnswered answer, string sender, KnownNames known)
    {
        if (answer.Topics is not { IsEverything: false, Names.IsEmpty: false } topics)
            return answer;
        var spelt = NameSet.Of(
            topics.Names.SelectMany(topic => known.Spelling(sender, topic) is [_, ..] own ? own : [topic]),
            topics.IsComplete
        );
        return spelt.Equals(topics) ? answer : answer with { Topics = spelt };
    }

    /// <summary>True for what names one topic: not blank, and not a word for all of them.</summary>
    public static bool IsOne(string topic) => !string.IsNullOrWhiteSpace(topic) && !RequestWidth.NamesAll(topic);
}
