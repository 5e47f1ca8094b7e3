using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace MaySend.Mail.OptOut;

/// <summary>
/// AES-256-GCM-SIV (RFC 8452) with a fixed nonce, so sealing is deterministic: the same opt-out always gives the same token and no random
/// nonce can run out. At a thousand million tokens a day for the 90 days of a key the chance of a collision stays below 2^-50.
/// </summary>
sealed class OptOutCipher(OptOutKey key)
{
    public const int TagLength = 16;

    static readonly byte[] Nonce = new byte[12];
    readonly byte[] linkKey = key.SubKey("maysend opt-out link v1"u8);
    readonly byte[] mailboxKey = key.SubKey("maysend opt-out mailbox v1"u8);
    readonly byte[] undoKey = key.SubKey("maysend opt-out undo v1"u8);
    readonly byte[] signUpKey = key.SubKey("maysend sign-up note v1"u8);
    readonly byte[] heldKey = key.SubKey("maysend what-is-held note v1"u8);

    public byte KeyId => key.Id;

    public byte[] SealLink(ReadOnlySpan<byte> clear, byte[] header) => Run(true, linkKey, clear, header)!;

    public byte[]? OpenLink(ReadOnlySpan<byte> body, byte[] header) => Run(false, linkKey, body, header);

    public byte[] SealMailbox(ReadOnlySpan<byte> clear, byte[] header) => Run(true, mailboxKey, clear, header)!;

    public byte[]? OpenMailbox(ReadOnlySpan<byte> body, byte[] header) => Run(false, mailboxKey, body, header);

    public byte[] SealUndo(ReadOnlySpan<byte> clear, byte[] header) => Run(true, undoKey, clear, header)!;

    public byte[]? OpenUndo(ReadOnlySpan<byte> body, byte[] header) => Run(false, undoKey, body, header);

    public byte[] SealNote(NotePurpose purpose, ReadOnlySpan<byte> clear, byte[] header) => Run(true, KeyOf(purpose), clear, header)!;

    public byte[]? OpenNote(NotePurpose purpose, ReadOnlySpan<byte> body, byte[] header) => Run(false, KeyOf(purpose), body, header);

    byte[] KeyOf(NotePurpose purpose) => purpose == NotePurpose.SignUp ? signUpKey : heldKey;

    static byte[]? Run(bool seal, byte[] secret, ReadOnlySpan<byte> input, byte[] header)
    {
        var cipher = new GcmSivBlockCipher();
        cipher.Init(seal, new AeadParameters(new KeyParameter(secret), TagLength * 8, Nonce, header));
        var output = new byte[cipher.GetOutputSize(input.Length)];
        try
        {
            cipher.ProcessBytes(input, output);
            cipher.DoFinal(output);
            return output;
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }
}
