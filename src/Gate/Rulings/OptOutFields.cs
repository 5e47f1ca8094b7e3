using MaySend.Decisions;
using MaySend.Gate.Doors;
using MaySend.Mail.Messages;
using MaySend.Records.OptOuts;

namespace MaySend.Gate.Rulings;

/// <summary>The recipient's own way out.</summary>
/// <param name="Fields">As header fields.</param>
/// <param name="Url">The link alone, for the body.</param>
/// <param name="Base">What every link of this store begins with.</param>
sealed record Links(ListUnsubscribeHeaders Fields, string Url, string Base);

/// <summary>Makes the opt-out link and mailbox of one message to one recipient.</summary>
/// <param name="stamp">Makes the tokens.</param>
/// <param name="pages">Where recipients reach the opt-out pages; it ends with a slash.</param>
sealed class OptOutFields(OptOutStamp stamp, Uri pages)
{
    /// <summary>A press binds the campaign's sender, and those who share a brand with it, for every topic by this channel.</summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">No key can issue a link now: nothing may be sent.</exception>
    public async ValueTask<Links> OfAsync(Answer answer, GateCredential credential, CancellationToken cancellation)
    {
        var campaign = answer.Campaign;
        var contact = answer.Dossier.Contact ?? throw new InvalidOperationException("nobody on record, and a message was let go");
        var stamped = await stamp.IssueAsync(
            contact,
            campaign.Sender,
            campaign.Channel,
            topic: null,
            brand: null,
            campaign.Id,
            GateAsking.By,
            cancellation
        );
        var begins = new Uri(pages, "o/").AbsoluteUri;
        var mailbox = credential.OptOutDomain is { } domain ? $"{await stamp.MailboxAsync(stamped, cancellation)}@{domain}" : null;
        var url = begins + stamped.Token;
        return new(new ListUnsubscribeHeaders(url, mailbox), url, begins);
    }
}
