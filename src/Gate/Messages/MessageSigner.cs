using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace MaySend.Gate.Messages;

/// <summary>
/// Signs with DKIM (RFC 6376) where the next hop does not. The opt-out fields, From and what says what the message is are signed, and the
/// first of them once more as absent, so that nobody behind the gate can add a second field of that name (RFC 6376 8.15, RFC 8058 4). Safe
/// for many threads.
/// </summary>
sealed class MessageSigner : IDisposable
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

    readonly ThreadLocal<RSA> keys;
    readonly OverSigner signer;

    /// <summary>A signer with a key in a file.</summary>
    /// <param name="domain">The signing domain, <c>d=</c>.</param>
    /// <param name="selector">The selector, <c>s=</c>.</param>
    /// <param name="keyFile">An RSA private key in PEM, of 1024 bits or more (RFC 8301 asks for 2048).</param>
    /// <param name="clock">Dates the signature.</param>
    /// <exception cref="FormatException">The file holds no such key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public MessageSigner(string domain, string selector, string keyFile, TimeProvider clock)
    {
        var pem = File.ReadAllText(keyFile);
        // Read at once: a key that cannot be used stops the start, and not the first message.
        using (var tried = Read(pem))
            if (tried.KeySize < 1024)
                throw new FormatException("the key has fewer than 1024 bits: receivers ignore its signatures");
        keys = new(() => Read(pem), trackAllValues: true);
        signer = new(keyFile, domain, selector, () => keys.Value!, clock);
    }

    /// <summary>The message with its signature before the first line.</summary>
    public byte[] Sign(byte[] octets)
    {
        using var raw = RawMessage.Of(octets);
        var message = raw.Message;
        var there = message.Headers.Select(field => field.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        signer.Sign(message, [.. Once.Where(there.Contains), .. Twice]);
        var field = message.Headers.First(header => header.Id == HeaderId.DkimSignature);
        return [.. Encoding.ASCII.GetBytes("DKIM-Signature:"), .. field.RawValue, .. octets];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in keys.Values)
            key.Dispose();
        keys.Dispose();
    }

    static RSA Read(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException("the file does not hold an RSA private key in PEM without a password", fault);
        }
    }

    sealed class OverSigner : DkimSigner
    {
        readonly Func<RSA> key;
        readonly TimeProvider clock;

        public OverSigner(string keyFile, string domain, string selector, Func<RSA> key, TimeProvider clock)
            : base(keyFile, domain, selector)
        {
            (this.key, this.clock) = (key, clock);
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            SignatureAlgorithm = DkimSignatureAlgorithm.RsaSha256;
        }

        protected override ISigner CreateSigningContext() => new PlatformRsaSigner(key());

        protected override long GetTimestamp() => clock.GetUtcNow().ToUnixTimeSeconds();
    }
}
