namespace MaySend.Gate.Protocol;

/// <summary>Who a message is from and for, as the client said it before the message.</summary>
/// <param name="From">MAIL FROM without brackets; empty for the null sender.</param>
/// <param name="Recipients">RCPT TO without brackets, in order, each with its parameters as given.</param>
sealed record SmtpEnvelope(string From, IReadOnlyList<string> Recipients)
{
    /// <summary>The name by which the client greeted; blank where it is not known.</summary>
    public string Client { get; init; } = "";

    /// <summary>What a trusted mail server says of the client it speaks for.</summary>
    public ClientAttributes Behind { get; init; } = ClientAttributes.None;

    /// <summary>It came by LMTP.</summary>
    public bool IsLmtp { get; init; }

    /// <summary>The client declared 8-bit octets in the body (RFC 6152).</summary>
    public bool Is8Bit { get; init; }

    /// <summary>The client declared addresses and header fields in UTF-8 (RFC 6531).</summary>
    public bool IsInternational { get; init; }
}
