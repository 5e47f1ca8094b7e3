using System.Net.Sockets;
using System.Text;

namespace MaySend.Gate.Tests.Running;

/// <summary>A client that says exactly what a test says, octet by octet.</summary>
sealed class Conversation : IAsyncDisposable
{
    readonly TcpClient client = new();
    StreamReader reader = null!;

    public static async Task<Conversation> OpenAsync(int port)
    {
        var made = new Conversation();
        await made.client.ConnectAsync("127.0.0.1", port);
        made.client.ReceiveTimeout = 60_000;
        made.reader = new StreamReader(made.client.GetStream(), Encoding.Latin1);
        return made;
    }

    public async Task SendAsync(string text) => await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Closes this side only.</summary>
    public void Finish() => client.Client.Shutdown(SocketShutdown.Send);

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
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
