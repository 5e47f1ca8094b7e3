using System.Globalization;
using System.Text;
using MaySend.Gate.Protocol;

namespace MaySend.Gate.Messages;

/// <summary>
/// The trace that a server leaves on each message it passes on (RFC 5321 4.4), and by which it knows one that comes back to it. It names
/// neither sender nor recipient.
/// </summary>
/// <param name="hostname">The gate's own name.</param>
/// <param name="clock">The clock.</param>
sealed class Trace(string hostname, TimeProvider clock)
{
    const int GreatestHops = 100;

    readonly string mark = $"by {hostname} (MaySend gate)";

    /// <summary>The field, with its line end.</summary>
    public byte[] Of(SmtpEnvelope envelope)
    {
        var now = clock.GetUtcNow();
        var from = Plain(envelope.Behind.Hello ?? envelope.Client) ?? "unknown";
        // RFC 5321 4.4: what the client is called and where it came from, as the server that spoke with it found out.
        if (Plain(envelope.Behind.Address) is { } address)
            from += $" ({Plain(envelope.Behind.Name) ?? "unknown"} [{address}])";
        var id = Guid.CreateVersion7(now).ToString("N");
        return Encoding.ASCII.GetBytes(
            $"Received: from {from}\r\n {mark} with {(envelope.IsLmtp ? "LMTP" : "ESMTP")} id {id};\r\n"
                + now.ToString("' 'ddd, dd MMM yyyy HH:mm:ss' +0000\r\n'", CultureInfo.InvariantCulture)
        );
    }

    /// <summary>True for a message that this gate has passed on before, or that has gone round and round elsewhere.</summary>
    public bool IsInALoop(MessageHeader header) =>
        header.Count("Received") > GreatestHops
        || header.All("Received").Any(value => value.Contains(mark, StringComparison.OrdinalIgnoreCase));

    static string? Plain(string? text) => text is { Length: > 0 and <= 255 } && text.All(IsPlain) ? text : null;

    static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']';
}
