using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>Several ways to show it, each enough; the cheaper ones first.</summary>
/// <param name="proofs">The ways.</param>
public sealed class AnySenderProof(IReadOnlyList<ISenderProof> proofs) : ISenderProof
{
    /// <inheritdoc/>
    public bool IsAligned(MimeMessage message, ReadOnlyMemory<byte> octets) => proofs.Any(proof => proof.IsAligned(message, octets));
}
