using System.Security.Cryptography;
using System.Text;

namespace MaySend.Gate.Messages;

/// <summary>
/// Names one message to one recipient for one campaign, so that a message tried again after a crash is known as the same: its intent counts
/// once, and does not stand in its own way where a number of messages is capped.
/// </summary>
static class MessageKey
{
    /// <summary>
    /// 64 hexadecimal digits. It rests on the Message-ID where there is one, as mail servers keep it between tries, else on the whole
    /// message.
    /// </summary>
    public static string Of(MessageHeader header, string campaign, string recipient)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{campaign}\n{recipient.ToLowerInvariant()}\n"));
        if (header.One("Message-ID") is { Length: > 0 } id)
            hash.AppendData(Encoding.UTF8.GetBytes(id));
        else
            hash.AppendData(header.With([], []));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
