using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MaySend.Gate.Tests.Running;

/// <summary>One message that the next hop took.</summary>
sealed record Taken(string From, string To, byte[] Octets)
{
    public string Text => Encoding.Latin1.GetString(Octets);

    /// <summary>The lines of the field, unfolded; blank where it is not there.</summary>
    public IReadOnlyList<string> Fields(string name) =>
        [
            .. Text[..Text.IndexOf("\r\n\r\n", StringComparison.Ordinal)]
                .Replace("\r\n ", " ", StringComparison.Ordinal)
                .Replace("\r\n\t", " ", StringComparison.Ordinal)
                .Split("\r\n")
                .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
                .Select(line => line[(name.Length + 1)..].Trim()),
        ];

    public string Body => Text[(Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
}

/// <summary>The next hop: a mail server that keeps what it is given, and answers as a test wants it to.</summary>
sealed class Sink : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Task accepting;

    public Sink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    readonly ConcurrentBag<TcpClient> clients = [];

    /// <summary>Every MAIL FROM as it was said.</summary>
    public ConcurrentQueue<string> Senders { get; } = new();

    /// <summary>Every XFORWARD as it was said.</summary>
    public ConcurrentQueue<string> Forwarded { get; } = new();

    /// <summary>The reply to XFORWARD.</summary>
    public string AtForward { get; set; } = "250 ok";

    /// <summary>Closes every connection, as a server does that has waited long enough.</summary>
    public void HangUp()
    {
        foreach (var client in clients)
            client.Close();
    }

    public ConcurrentQueue<Taken> Messages { get; } = new();

    /// <summary>The reply to RCPT TO; null for 250.</summary>
    public Func<string, string?> AtRecipient { get; set; } = _ => null;

    /// <summary>The reply after the message; null for 250, blank to hang up without one.</summary>
    public Func<string, string?> AfterMessage { get; set; } = _ => null;

    /// <summary>What it offers, a line each.</summary>
    public string[] Offers { get; set; } = ["PIPELINING", "8BITMIME", "SMTPUTF8"];

    public Taken Only => Messages.ShouldHaveSingleItem();

    public Taken To(string recipient) => Messages.Single(message => message.To == recipient);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        clients.Add(client);
        // As mail servers do: replies to commands that came together are not held back for each other.
        client.NoDelay = true;
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            var (from, to) = ("", new List<string>());
            try
            {
                await writer.WriteLineAsync("220 sink.example ESMTP");
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    var verb = line.Split(' ')[0].ToUpperInvariant();
                    if (verb == "EHLO")
                        await writer.WriteAsync(
                            "250-sink.example\r\n" + string.Concat(Offers.Select(offer => $"250-{offer}\r\n")) + "250 HELP\r\n"
                        );
                    else if (verb == "XFORWARD")
                    {
                        Forwarded.Enqueue(line);
                        await writer.WriteLineAsync(AtForward);
                    }
                    else if (verb == "MAIL")
                    {
                        Senders.Enqueue(line);
                        (from, to) = (Path(line), []);
                        await writer.WriteLineAsync("250 ok");
                    }
                    else if (verb == "RCPT")
                    {
                        var reply = AtRecipient(Path(line));
                        if (reply is null)
                            to.Add(Path(line));
                        await writer.WriteLineAsync(reply ?? "250 ok");
                    }
                    else if (verb == "DATA" && to.Count == 0)
                        await writer.WriteLineAsync("503 no recipients");
                    else if (verb == "DATA")
                    {
                        await writer.WriteLineAsync("354 go on");
                        var octets = await MessageAsync(reader);
                        var reply = AfterMessage(to[0]);
                        if (reply is "")
                            return;
                        if (reply is null)
                            foreach (var one in to)
                                Messages.Enqueue(new(from, one, octets));
                        await writer.WriteLineAsync(reply ?? "250 taken");
                    }
                    else if (verb == "QUIT")
                    {
                        await writer.WriteLineAsync("221 bye");
                        return;
                    }
                    else
                        await writer.WriteLineAsync("250 ok");
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client is gone.
            }
        }
    }

    async Task<byte[]> MessageAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line and not ".")
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.LastIndexOf('>')];
}
