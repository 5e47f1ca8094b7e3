using System.Buffers.Binary;
using MaySend.Evidence;
using MaySend.Evidence.Entries;

namespace MaySend.Records.OptOuts;

/// <summary>What the token of a link that somebody else put into a message stands for.</summary>
public sealed class OptOutTokens(OptOutKeys keys, ServerRecords records)
{
    /// <summary>True for a token of this store that is this person's, and whose press stops the messages of this campaign.</summary>
    /// <exception cref="LedgerUnavailableException">Nobody can say now.</exception>
    public async ValueTask<bool> StopsAsync(string token, ContactId? contact, Campaign campaign, CancellationToken cancellation = default)
    {
        if (
            contact is not { } whose
            || await keys.ReadAsync(token) is not { } read
            || read.Contact != BinaryPrimitives.ReadUInt128BigEndian(whose.ToBytes())
        )
            return false;
        // A number whose meaning is lost stops everything.
        return (await records.ReadAsync(cancellation)).Scopes.GetValueOrDefault(read.Scope) is not { } scope
            || (
                scope.Sender == campaign.Sender
                && scope.Channel == campaign.Channel
                && (scope.Topic is null || campaign.Topics.Contains(scope.Topic))
            );
    }
}
