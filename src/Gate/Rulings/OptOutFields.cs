using System.Buffers.Binary;
using MaySend.Decisions;
using MaySend.Gate.Doors;
using MaySend.Mail.Messages;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;

namespace MaySend.Gate.Rulings;

/// <summary>The recipient's own way out.</summary>
/// <param name="Fields">As header fields.</param>
/// <param name="Url">The link alone, for the body.</param>
/// <param name="Base">What every link of this store begins with.</param>
sealed record Links(ListUnsubscribeHeaders Fields, string Url, string Base);

/// <summary>Makes the opt-out link and mailbox of one message to one recipient.</summary>
/// <param name="records">What numbers in links stand for.</param>
/// <param name="keys">The keys of links.</param>
/// <param name="pages">Where recipients reach the opt-out pages; it ends with a slash.</param>
/// <param name="clock">The clock.</param>
sealed class OptOutFields(ServerRecords records, OptOutKeys keys, Uri pages, TimeProvider clock)
{
    /// <summary>A press binds the campaign's sender, and those who share a brand with it, for every topic by this channel.</summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">No key can issue a link now: nothing may be sent.</exception>
    public async ValueTask<Links> OfAsync(Answer answer, GateCredential credential, CancellationToken cancellation)
    {
        var campaign = answer.Campaign;
        var contact = answer.Dossier.Contact ?? throw new InvalidOperationException("nobody on record, and a message was let go");
        var number = BinaryPrimitives.ReadUInt128BigEndian(contact.ToBytes());
        var scope = await OptOutScopes.NumberAsync(
            records,
            campaign.Sender,
            campaign.Channel,
            topic: null,
            brand: null,
            GateAsking.By,
            cancellation
        );
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var token = await keys.IssueAsync(new OptOutToken(0, number, scope, OptOutScopes.MessageNumber(campaign.Id), day), cancellation);
        var begins = new Uri(pages, "o/").AbsoluteUri;
        var mailbox = credential.OptOutDomain is { } domain
            ? $"{await keys.IssueMailboxAsync(new OptOutMailbox(number, scope), cancellation)}@{domain}"
            : null;
        var url = begins + token;
        return new(new ListUnsubscribeHeaders(url, mailbox), url, begins);
    }
}
