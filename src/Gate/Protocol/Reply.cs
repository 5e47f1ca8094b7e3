using System.Text;

namespace MaySend.Gate.Protocol;

/// <summary>One reply of SMTP or LMTP (RFC 5321 4.2) with its enhanced status (RFC 3463).</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Status">The enhanced status, such as 5.7.1; null where the reply has none (greeting, HELO, 354).</param>
/// <param name="Text">One line of printable ASCII; it never holds an address or anything a client sent.</param>
readonly record struct Reply(int Code, string? Status, string Text)
{
    public static readonly Reply Ok = new(250, "2.0.0", "ok");

    public bool IsTemporary => Code is >= 400 and < 500;

    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>The line with its CRLF.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(Status is null ? $"{Code} {Text}\r\n" : $"{Code} {Status} {Text}\r\n");
}
