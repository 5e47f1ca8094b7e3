using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace MaySend.Gate.Protocol;

/// <summary>
/// The octets of one connection as lines and messages. A line ends in CRLF and in nothing else (RFC 5321 2.3.8): a bare LF, a bare CR or a
/// NUL ends the connection, so that no two servers can see different messages in the same octets.
/// </summary>
sealed class SmtpWire(IDuplexPipe pipe, TimeProvider clock, TimeSpan patience)
{
    /// <summary>
    /// The longest command, in octets with CRLF: room for the parameters that extensions allow (RFC 5321 4.5.3.1.4, RFC 4954 4.3 AUTH
    /// aside).
    /// </summary>
    public const int LongestCommand = 4096;

    const byte Cr = (byte)'\r';
    const byte Lf = (byte)'\n';

    /// <summary>True while the client has sent more than was read: what may not be there before a STARTTLS (RFC 3207 4.2).</summary>
    public bool HasMore() => pipe.Input.TryRead(out var result) && Give(result.Buffer);

    bool Give(ReadOnlySequence<byte> buffer)
    {
        pipe.Input.AdvanceTo(buffer.Start);
        return !buffer.IsEmpty;
    }

    /// <summary>The next line without its CRLF; null when the client has hung up between two commands.</summary>
    /// <exception cref="WireFault">It is too long, or not a line.</exception>
    public ValueTask<string?> ReadLineAsync(CancellationToken cancellation) => ReadLineAsync(Text, cancellation);

    /// <summary>The next line of a policy request, which ends in LF alone.</summary>
    /// <exception cref="WireFault">It is too long.</exception>
    public ValueTask<string?> ReadPolicyLineAsync(CancellationToken cancellation) =>
        ReadLineAsync(line => Encoding.UTF8.GetString(line), cancellation);

    async ValueTask<string?> ReadLineAsync(Func<byte[], string> text, CancellationToken cancellation)
    {
        while (true)
        {
            var result = await ReadAsync(cancellation);
            var buffer = result.Buffer;
            if (buffer.PositionOf(Lf) is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                pipe.Input.AdvanceTo(buffer.GetPosition(1, end));
                return line.Length < LongestCommand ? text(line) : throw WireFault.TooLong();
            }
            if (buffer.Length >= LongestCommand)
                throw WireFault.TooLong();
            pipe.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return buffer.IsEmpty ? null : throw WireFault.Broken();
        }
    }

    /// <summary>
    /// The message after 354, dot-stuffing undone, up to CRLF.CRLF; null when it is larger than allowed, and then all of it has been read.
    /// </summary>
    /// <exception cref="WireFault">A line of it is not one, or the client hung up in the middle: nothing of it counts.</exception>
    public async ValueTask<byte[]?> ReadMessageAsync(long greatest, CancellationToken cancellation)
    {
        var message = new ArrayBufferWriter<byte>(16 * 1024);
        var isTooLarge = false;
        // The part of a line that has come so far is looked at once more when the rest is there; a line without end is bounded by the
        // greatest size.
        while (true)
        {
            var result = await ReadAsync(cancellation);
            var rest = result.Buffer;
            while (rest.PositionOf(Lf) is { } end)
            {
                var next = rest.GetPosition(1, end);
                var line = rest.Slice(0, next);
                rest = rest.Slice(next);
                if (IsEnd(line))
                {
                    pipe.Input.AdvanceTo(next);
                    return isTooLarge ? null : message.WrittenSpan.ToArray();
                }
                isTooLarge |= message.WrittenCount + line.Length > greatest;
                Take(line, isTooLarge ? null : message);
            }
            if (rest.Length > greatest)
                throw new WireFault(new(552, "5.3.4", "message too large; the connection is closed"));
            pipe.Input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
                throw WireFault.Broken();
        }
    }

    /// <summary>Sends one reply.</summary>
    public ValueTask ReplyAsync(Reply reply) => SendAsync(reply.ToBytes());

    /// <summary>Sends octets.</summary>
    /// <exception cref="WireFault">The client does not take them.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets)
    {
        // Nearly always there is room at once, and then nobody needs to watch the time.
        var writing = pipe.Output.WriteAsync(octets, CancellationToken.None);
        if (writing.IsCompletedSuccessfully)
        {
            _ = writing.Result;
            return;
        }
        using var limit = new CancellationTokenSource(patience, clock);
        using var ending = limit.Token.UnsafeRegister(static output => ((PipeWriter)output!).CancelPendingFlush(), pipe.Output);
        if ((await writing).IsCanceled)
            throw WireFault.Idle();
    }

    /// <summary>Checks one line with its line end and takes it over without a first dot (RFC 5321 4.5.2).</summary>
    static void Take(in ReadOnlySequence<byte> line, ArrayBufferWriter<byte>? message)
    {
        if (line.IsSingleSegment)
        {
            Take(line.FirstSpan, message);
            return;
        }
        var length = checked((int)line.Length);
        var octets = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            line.CopyTo(octets);
            Take(octets.AsSpan(0, length), message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(octets, clearArray: true);
        }
    }

    static void Take(ReadOnlySpan<byte> line, ArrayBufferWriter<byte>? message)
    {
        if (line.Length < 2 || line[^2] != Cr || line[..^2].Contains(Cr))
            throw WireFault.BareNewline();
        if (line.Contains((byte)0))
            throw WireFault.Nul();
        message?.Write(line[0] == '.' ? line[1..] : line);
    }

    static bool IsEnd(in ReadOnlySequence<byte> line)
    {
        Span<byte> three = stackalloc byte[3];
        if (line.Length != 3)
            return false;
        line.CopyTo(three);
        return three.SequenceEqual(".\r\n"u8);
    }

    static string Text(byte[] octets)
    {
        ReadOnlySpan<byte> line = octets;
        if (line.IsEmpty || line[^1] != Cr || line[..^1].Contains(Cr))
            throw WireFault.BareNewline();
        if (line.Contains((byte)0))
            throw WireFault.Nul();
        return Encoding.UTF8.GetString(line[..^1]);
    }

    async ValueTask<ReadResult> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (pipe.Input.TryRead(out var there))
            return there;
        using var limit = new CancellationTokenSource(patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await pipe.Input.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw WireFault.Idle();
        }
    }
}
