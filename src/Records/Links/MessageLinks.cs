using MaySend.Evidence.Actors;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Records.Inbound;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Links;

/// <summary>Makes the opt-out links of messages, for every door that gives them out.</summary>
public sealed class MessageLinks(EvidenceStore store, OptOutStamp stamp, InboundHooks hooks)
{
    /// <summary>
    /// What is wrong with a scope. A link is a promise: one whose sender or topic nobody bears would be pressed, and stop nothing that is
    /// sent.
    /// </summary>
    public static IEnumerable<LinkProblem> Problems(LinkScope scope, KnownNames known)
    {
        if (!Words.Channels.Contains(scope.Channel))
            yield return new("channel", $"`{Shown(scope.Channel)}` is not an allowed value", $"one of {string.Join(", ", Words.Channels)}");
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

    /// <summary>The names that a scope is checked against.</summary>
    /// <exception cref="Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<KnownNames> NamesAsync(CancellationToken cancellation = default) =>
        (await store.ControllerAsync(cancellation: cancellation)).Names;

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

    static string Shown(string word) => word.Length <= 60 ? word : string.Concat(word.AsSpan(0, 60), "...");
}
