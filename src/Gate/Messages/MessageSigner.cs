using System.Text;
using MimeKit;
using MimeKit.Cryptography;

namespace MaySend.Gate.Messages;

/// <summary>
/// Signs with DKIM (RFC 6376) where the next hop does not. The opt-out fields, From and what says what the message is are signed, and
/// signed once more as absent, so that nobody behind the
/// gate can add a second field of that name (RFC 6376 8.15, RFC 8058 4).
/// </summary>
sealed class MessageSigner(string domain, string selector, string keyFile)
{
    static readonly string[] Once =
    [
        "From",
        "Subject",
        "Date",
        "Message-ID",
        "To",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-Id",
        "Content-Type",
        "MIME-Version",
    ];
    static readonly string[] Twice = ["From", "Subject", "List-Unsubscribe", "List-Unsubscribe-Post"];

    readonly OverSigner signer = new(domain, selector, keyFile);

    /// <summary>The message with its signature before the first line.</summary>
    public byte[] Sign(byte[] octets)
    {
        using var raw = RawMessage.Of(octets);
        var message = raw.Message;
        var there = message.Headers.Select(field => field.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = Once.Where(there.Contains).Concat(Twice).ToList();
        signer.Sign(message, names);
        var field = message.Headers.First(header => header.Id == HeaderId.DkimSignature);
        return [.. Encoding.ASCII.GetBytes("DKIM-Signature:"), .. field.RawValue, .. octets];
    }

    sealed class OverSigner : DkimSigner
    {
        public OverSigner(string domain, string selector, string keyFile)
            : base(keyFile, domain, selector)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            SignatureAlgorithm = DkimSignatureAlgorithm.RsaSha256;
        }
    }
}
