using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Actors;

namespace MaySend.Records.OptOuts;

/// <summary>The numbers that stand in opt-out links for whom and what a press of the button binds.</summary>
public static class OptOutScopes
{
    /// <summary>
    /// The number of a scope, put on record when it is first used. It is a digest of what it stands for, so that two processes that use it
    /// first at the same moment write the same. Where two scopes have one number the answer is 0, which stands for everything: too wide and
    /// never too narrow.
    /// </summary>
    /// <param name="records">Where it is kept.</param>
    /// <param name="sender">The sender whom a press binds.</param>
    /// <param name="channel">The channel it stops.</param>
    /// <param name="topic">The topic it stops; null for all.</param>
    /// <param name="brand">The brand that the message shows; null binds every sender that shares a brand with this one.</param>
    /// <param name="by">Who uses it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    public static async ValueTask<uint> NumberAsync(
        ServerRecords records,
        string sender,
        string channel,
        string? topic,
        string? brand,
        Actor by,
        CancellationToken cancellation
    )
    {
        var text = $"{sender}\n{channel}\n{topic}{(brand is null ? "" : $"\n{brand}")}";
        var number = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) | 1;
        var used = new OptOutScopeUsed(number.ToString(CultureInfo.InvariantCulture), sender, channel, topic) { Brand = brand };
        var known = (await records.ReadAsync(cancellation)).Scopes;
        if (!known.TryGetValue(number, out var there))
            await records.AddAsync(used, by, $"opt-out scope {used.Id}", cancellation);
        else if (there != used)
            return 0;
        return number;
    }

    /// <summary>The number that a link carries of the campaign it came with, as evidence; 0 for none.</summary>
    public static ulong MessageNumber(string? campaign) =>
        campaign is null ? 0 : BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(campaign)));
}
