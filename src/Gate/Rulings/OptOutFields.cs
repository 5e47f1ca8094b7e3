using MaySend.Decisions;
using MaySend.Gate.Doors;
using MaySend.Mail.Messages;
using MaySend.Records.OptOuts;

namespace MaySend.Gate.Rulings;

/// <summary>The recipient's own way out.</summary>
/// <param name="Fields">As header fields.</param>
/// <param name="Url">The link alone, for the body.</param>
/// <param name="Mailbox">The mailbox; null where there is none.</param>
sealed record Links(ListUnsubscribeHeaders Fields, string Url, string? Mailbox);

/// <summary>Makes the opt-out link and mailbox of one message to one recipient.</summary>
/// <param name="stamp">Makes the tokens.</param>
/// <param name="register">Knows what a token stops.</param>
/// <param name="pages">Where recipients reach the opt-out pages; it ends with a slash.</param>
sealed class OptOutFields(OptOutStamp stamp, OptOutTokens register, Uri pages)
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
        var mailbox = credential.OptOutDomain is { } domain ? $"{await stamp.MailboxAsync(stamped, cancellation)}@{domain}" : null;
        var url = Begins + stamped.Token;
        return new(new ListUnsubscribeHeaders(url, mailbox), url, mailbox);
    }

    /// <summary>
    /// True for a field that a message brings whose one link is this very person's and stops this campaign, with no mailbox but
    /// theirs: a provider takes whichever it likes.
    /// </summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">Nobody can say now.</exception>
    public async ValueTask<bool> IsOfAsync(string field, Answer answer, Links own, CancellationToken cancellation)
    {
        var addresses = field.Split(',', StringSplitOptions.TrimEntries);
        if (!addresses.All(address => address is ['<', .., '>']))
            return false;
        var links = addresses.Where(address => address != $"<mailto:{own.Mailbox}>").ToList();
        return links is [var only]
            && only.StartsWith($"<{Begins}", StringComparison.Ordinal)
            && await register.StopsAsync(only[(Begins.Length + 1)..^1], answer.Dossier.Contact, answer.Campaign, cancellation);
    }

    string Begins => new Uri(pages, "o/").AbsoluteUri;
}
