using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MaySend.Gate.Tests.Running;

/// <summary>A client that says exactly what a test says, octet by octet.</summary>
sealed class Conversation : IAsyncDisposable
{
    readonly Socket socket;
    readonly NetworkStream stream;
    readonly StreamReader reader;

    Conversation(Socket socket)
    {
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = new StreamReader(stream, Encoding.Latin1);
    }

    public static Task<Conversation> OpenAsync(int port) =>
        OpenAsync(new Socket(SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>By a Unix socket.</summary>
    public static Task<Conversation> OpenAsync(string path) =>
        OpenAsync(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path));

    static async Task<Conversation> OpenAsync(Socket socket, EndPoint where)
    {
        await socket.ConnectAsync(where);
        return new(socket);
    }

    public async Task SendAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Closes this side only.</summary>
    public void Finish() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next reply, its last line; null when the connection has ended.</summary>
    public async Task<string?> ReplyAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            while (await reader.ReadLineAsync(limit.Token) is { } line)
                if (line.Length < 4 || line[3] != '-')
                    return line;
            return null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task<string?> SayAsync(string line)
    {
        try
        {
            await SendAsync(line + "\r\n");
        }
        catch (IOException)
        {
            // Hung up on; what it said last is still to be read.
        }
        return await ReplyAsync();
    }

    /// <summary>Greets and names sender and recipients; every reply must be positive.</summary>
    public async Task EnvelopeAsync(string from, params string[] to)
    {
        (await ReplyAsync())!.ShouldStartWith("220");
        (await SayAsync("LHLO client.example"))!.ShouldStartWith("250");
        (await SayAsync($"MAIL FROM:<{from}>"))!.ShouldStartWith("250");
        foreach (var one in to)
            (await SayAsync($"RCPT TO:<{one}>"))!.ShouldStartWith("250");
        (await SayAsync("DATA"))!.ShouldStartWith("354");
    }

    /// <summary>The whole of the next reply, its lines joined by a bar.</summary>
    public async Task<string> LinesAsync(string line)
    {
        await SendAsync(line + "\r\n");
        var lines = new List<string>();
        do lines.Add(await reader.ReadLineAsync() ?? "closed");
        while (lines[^1].Length > 3 && lines[^1][3] == '-');
        return string.Join('|', lines);
    }

    /// <summary>Hands over a message by LMTP; one reply for each recipient.</summary>
    public static async Task<IReadOnlyList<string>> LmtpAsync(int port, string message, params string[] to)
    {
        await using var client = await OpenAsync(port);
        await client.EnvelopeAsync("news@lantern.example", to);
        await client.SendAsync(message + ".\r\n");
        var replies = new List<string>();
        foreach (var _ in to)
            replies.Add(await client.ReplyAsync() ?? "closed");
        return replies;
    }

    public ValueTask DisposeAsync()
    {
        stream.Dispose();
        return ValueTask.CompletedTask;
    }
}
