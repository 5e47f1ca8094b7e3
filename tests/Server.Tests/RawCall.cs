using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MaySend.Server.Tests;

/// <summary>
/// One HTTP/1.1 call over a socket of its own, octet for octet and at the pace it is told. .NET's client sends a whole request before it
/// looks at the answer, so it can neither talk and listen at once nor be slow.
/// </summary>
sealed class RawCall : IAsyncDisposable
{
    readonly TcpClient tcp;
    readonly NetworkStream stream;
    readonly MemoryStream body = new();
    int lineFrom;

    RawCall(TcpClient tcp) => (this.tcp, stream) = (tcp, tcp.GetStream());

    public static async Task<RawCall> ConnectAsync(Uri url)
    {
        var tcp = new TcpClient { NoDelay = true, ReceiveTimeout = 30_000 };
        await tcp.ConnectAsync(url.Host, url.Port);
        return new(tcp);
    }

    public async Task SendAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    public Task SendChunkAsync(string text) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n"));

    public Task SendLastChunkAsync() => SendAsync("0\r\n\r\n");

    /// <summary>The status; header fields are passed over. 0 when the server closed without an answer.</summary>
    public async Task<int> ReadStatusAsync()
    {
        var status = await RawLineAsync();
        while (await RawLineAsync() is { Length: > 0 }) { }
        return status is { Length: > 12 } ? int.Parse(status.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The next line of a chunked body; null at its end.</summary>
    public async Task<string?> ReadLineAsync()
    {
        while (true)
        {
            var octets = body.GetBuffer().AsSpan(lineFrom, (int)body.Length - lineFrom);
            if (octets.IndexOf((byte)'\n') is >= 0 and var end)
            {
                var line = Encoding.UTF8.GetString(octets[..end]);
                lineFrom += end + 1;
                return line;
            }
            if (
                await RawLineAsync() is not { Length: > 0 } length
                || int.Parse(length, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is not (> 0 and var size)
            )
                return null;
            var chunk = new byte[size + 2];
            await stream.ReadExactlyAsync(chunk);
            body.Seek(0, SeekOrigin.End);
            body.Write(chunk, 0, size);
        }
    }

    /// <summary>Waits until the server closes the connection; false when it has not within the time.</summary>
    public async Task<bool> IsClosedWithinAsync(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        try
        {
            var rest = new byte[4096];
            while (await stream.ReadAsync(rest, patience.Token) > 0) { }
            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task<string?> RawLineAsync()
    {
        var line = new StringBuilder();
        var octet = new byte[1];
        while (await stream.ReadAsync(octet) == 1)
        {
            if (octet[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)octet[0]);
        }
        return line.Length > 0 ? line.ToString() : null;
    }

    public ValueTask DisposeAsync()
    {
        tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
