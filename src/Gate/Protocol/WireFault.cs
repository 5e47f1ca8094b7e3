namespace MaySend.Gate.Protocol;

/// <summary>What a client sent cannot be read in one way only, or is more than is read; the connection ends with one last reply.</summary>
/// <param name="reply">What it is told.</param>
sealed class WireFault(Reply reply) : Exception(reply.Text)
{
    public Reply Reply { get; } = reply;

    /// <summary>
    /// A line that ends in a bare LF, or holds a bare CR: servers that read it differently can be made to see two messages in one (SMTP
    /// smuggling).
    /// </summary>
    public static WireFault BareNewline() => new(new(550, "5.5.2", "a line ends without CRLF; the connection is closed"));

    /// <summary>A NUL octet (RFC 5321 4.5.2 allows none in a command).</summary>
    public static WireFault Nul() => new(new(550, "5.5.2", "a NUL byte; the connection is closed"));

    /// <summary>A command longer than is read.</summary>
    public static WireFault TooLong() => new(new(500, "5.5.2", "line too long; the connection is closed"));

    /// <summary>The client hung up in the middle of something.</summary>
    public static WireFault Broken() => new(new(421, "4.4.2", "the connection broke off"));

    /// <summary>The client said nothing for too long (RFC 5321 4.5.3.2).</summary>
    public static WireFault Idle() => new(new(421, "4.4.2", "idle for too long"));
}
