namespace MaySend.Mail.Inbound;

/// <summary>Whether the sender of the input was proved.</summary>
public enum Authenticity
{
    /// <summary>A signature or shared secret was checked and is right.</summary>
    Verified,

    /// <summary>The source signs nothing and no shared secret is configured: protect the address of the hook.</summary>
    NotOffered,

    /// <summary>Mail: check DKIM of the reporter before acting on more than an opt-out.</summary>
    NotChecked,

    /// <summary>The proof is missing or wrong; nothing was read.</summary>
    Refused,
}

/// <summary>Something in the input that could not be read.</summary>
/// <param name="Place">A JSON path, a form field, a header or a MIME part.</param>
/// <param name="Says">What is wrong, without personal data.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record InboundProblem(string Place, string Says, string Remedy);

/// <summary>
/// What came out of one input: every signal that could be read and every problem, both with their place. Bad input is a problem and never
/// an exception; the good events of a batch with a bad one are still here, since each may be somebody's opt-out.
/// </summary>
public sealed record InboundReading(Authenticity Authenticity, IReadOnlyList<InboundSignal> Signals, IReadOnlyList<InboundProblem> Problems)
{
    /// <summary>Nothing was refused and every part could be read.</summary>
    public bool IsWhole => Authenticity != Authenticity.Refused && Problems.Count == 0;
}
