using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Records.Inbound;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Links;

/// <summary>Makes the opt-out links of messages, for every door that gives them out.</summary>
public sealed class MessageLinks(EvidenceStore store, CampaignsOnRecord campaigns, OptOutStamp stamp, InboundHooks hooks)
{
    /// <summary>
    /// Everything that is wrong with a link. A link is a promise: one that does not stop the message it came with would be pressed, and the
    /// next one of its kind would go out all the same.
    /// </summary>
    /// <param name="address">The recipient; null where it cannot be read.</param>
    /// <param name="scope">What it would stop.</param>
    /// <param name="campaign">The message it is for, where somebody says; one that is not on record says nothing.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<LinkProblem>> ProblemsAsync(
        Address? address,
        LinkScope scope,
        string? campaign,
        CancellationToken cancellation = default
    )
    {
        var known = (await store.ControllerAsync(cancellation: cancellation)).Names;
        List<LinkProblem> wrong = [.. Problems(scope, known)];
        if (address is not null && Words.Channels.Contains(scope.Channel) && !ChannelReach.Reaches(scope.Channel, address.Kind))
            wrong.Add(
                new(
                    "channel",
                    $"{scope.Channel} does not reach this address, so the link would not stop what is sent to it",
                    "the channel of the message"
                )
            );
        if (wrong.Count == 0 && campaign is not null && await campaigns.FindAsync(campaign, cancellation) is { } message)
            wrong.AddRange(Beside(message, scope, known));
        return wrong;
    }

    /// <summary>Where a link would not stop the messages of the campaign that it is for.</summary>
    static IEnumerable<LinkProblem> Beside(Campaign campaign, LinkScope scope, KnownNames known)
    {
        var bound = OptOutRegister.Senders(
            new OptOutScopeUsed("", scope.Sender, scope.Channel, scope.Topic) { Brand = scope.Brand },
            known
        );
        if (!bound.Has(campaign.Sender))
            yield return new("sender", "does not send this campaign, so the link would not stop it", campaign.Sender);
        if (scope.Channel != campaign.Channel)
            yield return new("channel", "is not the channel of this campaign, so the link would not stop it", campaign.Channel);
        // A message of which nobody knows what it is about is stopped by a request about any topic.
        if (
            scope.Topic is { } topic
            && !CampaignTopics.Of(campaign, known).Overlaps(NameSet.Of([topic, .. known.Spelling(campaign.Sender, topic)]))
        )
            yield return new("topic", "is not a topic of this campaign, so the link would not stop it", string.Join(", ", campaign.Topics));
    }

    /// <summary>What is wrong with the names of a scope.</summary>
    static IEnumerable<LinkProblem> Problems(LinkScope scope, KnownNames known)
    {
        if (!Words.Channels.Contains(scope.Channel))
            yield return new(
                "channel",
                $"`{Spelling.Short(scope.Channel)}` is not an allowed value",
                $"one of {string.Join(", ", Words.Channels)}"
            );
        if (scope.Sender.Length == 0)
        {
            yield return new("sender", "is blank");
            yield break;
        }
        if (!known.Senders(scope.Sender).Contains(scope.Sender, StringComparer.Ordinal))
        {
            yield return new("sender", "is not a sender on record", "the id of a sender under /v1/senders");
            yield break;
        }
        if (scope.Topic is { } topic && !known.Topics(topic, NameSet.Of(scope.Sender)).Contains(topic, StringComparer.Ordinal))
            yield return new("topic", "is not a topic of this sender on record", "leave it out to stop every topic");
        if (scope.Brand is { } brand && !known.Senders(brand).Contains(scope.Sender, StringComparer.Ordinal))
            yield return new(
                "brand",
                "is not a brand of this sender on record",
                "leave it out to include everybody who shares a brand with it"
            );
    }

    /// <summary>Makes a link; null where the address is not on record, since who is not on record cannot be mailed.</summary>
    /// <param name="address">The recipient.</param>
    /// <param name="scope">What it stops, checked.</param>
    /// <param name="campaign">Kept in the link as evidence of which message it came with; null for none.</param>
    /// <param name="pages">The address under which recipients reach the pages.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<MessageLink?> MakeAsync(
        Address address,
        LinkScope scope,
        string? campaign,
        Uri pages,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        if ((await store.Ledger.RecogniseAsync(address, cancellation)).Contact is not { } contact)
            return null;
        var stamped = await stamp.IssueAsync(contact, scope.Sender, scope.Channel, scope.Topic, scope.Brand, campaign, by, cancellation);
        var url = new Uri(pages.AbsoluteUri.EndsWith('/') ? pages : new Uri(pages.AbsoluteUri + "/"), $"o/{stamped.Token}").AbsoluteUri;
        var mailto = hooks.Current.Mail.Domain is { } domain ? $"mailto:{await stamp.MailboxAsync(stamped, cancellation)}@{domain}" : null;
        return new(
            url,
            new Dictionary<string, string>
            {
                ["List-Unsubscribe"] = mailto is null ? $"<{url}>" : $"<{url}>, <{mailto}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            }
        );
    }
}
