using MimeKit;

namespace MaySend.Gate.Messages;

/// <summary>
/// A message that the mail client sends as the octets it came in: header lines as they stand, and a body that is nothing but octets, so
/// that nothing is parsed, wrapped or encoded anew on the way.
/// </summary>
sealed class RawMessage : IDisposable
{
    readonly RawBody body;

    RawMessage(MimeMessage message, RawBody body) => (Message, this.body) = (message, body);

    /// <summary>What the mail client takes.</summary>
    public MimeMessage Message { get; }

    /// <summary>True when an octet of the body has its eighth bit set: the next hop must take 8BITMIME.</summary>
    public bool Is8Bit => body.Is8Bit;

    /// <summary>A message from its octets.</summary>
    public static RawMessage Of(byte[] octets)
    {
        var end = octets.AsSpan().IndexOf("\r\n\r\n"u8);
        var header = end < 0 ? octets : octets[..(end + 4)];
        using var stream = new MemoryStream(header, writable: false);
        var message = new MimeMessage();
        message.Headers.Clear();
        foreach (var field in HeaderList.Load(stream))
            message.Headers.Add(field);
        var body = new RawBody(end < 0 ? default : octets.AsMemory(end + 4));
        message.Body = body;
        return new(message, body);
    }

    /// <inheritdoc />
    public void Dispose() => Message.Dispose();

    /// <summary>
    /// A body of one part, so that the mail client finds how it is encoded and declares it to the next hop; what it writes are the octets.
    /// </summary>
    sealed class RawBody : Multipart
    {
        readonly ReadOnlyMemory<byte> octets;

        public RawBody(ReadOnlyMemory<byte> octets)
        {
            this.octets = octets;
            Add(new MimePart { ContentTransferEncoding = Is8Bit ? ContentEncoding.EightBit : ContentEncoding.SevenBit });
            // The fields that say what the body is are in the message's own header already.
            Headers.Clear();
        }

        public bool Is8Bit => octets.Span.IndexOfAnyInRange((byte)128, (byte)255) >= 0;

        public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
        {
            // What was taken in is handed on; what the next hop cannot take is refused before it gets here.
        }

        public override void WriteTo(
            FormatOptions options,
            Stream stream,
            bool contentOnly,
            CancellationToken cancellationToken = default
        ) => stream.Write(octets.Span);

        public override Task WriteToAsync(
            FormatOptions options,
            Stream stream,
            bool contentOnly,
            CancellationToken cancellationToken = default
        ) => stream.WriteAsync(octets, cancellationToken).AsTask();
    }
}
