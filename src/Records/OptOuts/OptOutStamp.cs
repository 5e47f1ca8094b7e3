using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Mail.OptOut;

namespace MaySend.Records.OptOuts;

/// <summary>The token of an opt-out link, with what the mailbox of the same message is made of.</summary>
/// <param name="Token">The token of the link.</param>
/// <param name="Mailbox">The same promise for a mailto address.</param>
public readonly record struct OptOutStamped(string Token, OptOutMailbox Mailbox);

/// <summary>Makes the token of an opt-out link, and puts on record what its number stands for.</summary>
public sealed class OptOutStamp(ServerRecords records, OptOutKeys keys, TimeProvider clock)
{
    /// <summary>The token of a link.</summary>
    /// <param name="contact">Whose link it is.</param>
    /// <param name="sender">The sender whom a press binds.</param>
    /// <param name="channel">The channel it stops.</param>
    /// <param name="topic">The topic it stops; null for all.</param>
    /// <param name="brand">The brand that the message shows; null where that is not said.</param>
    /// <param name="campaign">The campaign, as evidence; null where there is none.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<OptOutStamped> IssueAsync(
        ContactId contact,
        string sender,
        string channel,
        string? topic,
        string? brand,
        string? campaign,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        var mailbox = new OptOutMailbox(
            BinaryPrimitives.ReadUInt128BigEndian(contact.ToBytes()),
            await ScopeAsync(sender, channel, topic, brand, by, cancellation)
        );
        var stamped = new OptOutToken(
            OptOutKeys.Tenant,
            mailbox.Contact,
            mailbox.Scope,
            MessageNumber(campaign),
            DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)
        );
        return new(await keys.IssueAsync(stamped, cancellation), mailbox);
    }

    /// <summary>The local part of the mailto address of the same message.</summary>
    /// <exception cref="LedgerUnavailableException">No key can issue now.</exception>
    public ValueTask<string> MailboxAsync(OptOutStamped stamped, CancellationToken cancellation = default) =>
        keys.IssueMailboxAsync(stamped.Mailbox, cancellation);

    /// <summary>
    /// The number is a digest of what it stands for, so that two processes that use it first at the same moment write the same.
    /// </summary>
    async ValueTask<uint> ScopeAsync(string sender, string channel, string? topic, string? brand, Actor by, CancellationToken cancellation)
    {
        var words = $"{sender}\n{channel}\n{topic}{(brand is null ? "" : $"\n{brand}")}";
        var number = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(words))) | 1;
        var used = new OptOutScopeUsed(number.ToString(CultureInfo.InvariantCulture), sender, channel, topic) { Brand = brand };
        var known = (await records.ReadAsync(cancellation)).Scopes;
        if (!known.TryGetValue(number, out var there))
            await records.AddAsync(used, by, $"opt-out scope {used.Id}", cancellation);
        // Two scopes with one number: the link then stands for everything, which is too wide and never too narrow.
        else if (there != used)
            return 0;
        return number;
    }

    static ulong MessageNumber(string? campaign) =>
        campaign is null ? 0 : BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(campaign)));
}
