using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MaySend.Gate.Messages;
using MaySend.Gate.Protocol;
using MimeKit;

namespace MaySend.Gate.Delivery;

/// <summary>Where permitted mail goes on to.</summary>
sealed record NextHopOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>How the connection is made safe; on the machine itself it may be left open.</summary>
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTls;

    public string? Login { get; init; }

    public string? Password { get; init; }

    /// <summary>How long the next hop may take over one step; what takes longer is tried again by who gave us the message.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Connections kept open when nothing is sent.</summary>
    public int Idle { get; init; } = 64;
}

/// <summary>
/// Hands messages on by SMTP. What it answers is what the next hop answered; a hop that cannot be reached is 451, so that the mail waits
/// where it came from.
/// </summary>
sealed class NextHop(NextHopOptions options, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Nothing of the message has left.</summary>
    public static readonly Reply Unreachable = new(451, "4.4.1", "the next hop cannot be reached now");

    /// <summary>The next hop broke off in the middle: it may have the message, or not.</summary>
    public static readonly Reply CutOff = new(451, "4.4.2", "the next hop broke off the connection");

    /// <summary>The mail client cannot write the sender or the recipient.</summary>
    static readonly Reply Unwritable = new(553, "5.1.3", "the address cannot be passed on");

    /// <summary>A connection that rested for less is taken to be open: mail servers wait for minutes.</summary>
    static readonly TimeSpan Rested = TimeSpan.FromSeconds(2);

    // The one that rested last is taken first: the others may be closed by the hop in peace.
    readonly ConcurrentStack<(HopConnection Client, long Since)> idle = [];
    int resting;

    /// <summary>Sends one message to one recipient.</summary>
    public async Task<Reply> SendAsync(SmtpEnvelope envelope, string recipient, byte[] octets, CancellationToken cancellation)
    {
        if (Mailbox(envelope.From) is not { } from || Mailbox(recipient) is not { } to)
            return Unwritable;
        HopConnection? client = null;
        var isSound = false;
        try
        {
            client = await TakeAsync(cancellation);
            using var message = RawMessage.Of(octets);
            if (message.Is8Bit && !client.Capabilities.HasFlag(SmtpCapabilities.EightBitMime))
                return new(554, "5.6.3", "the next hop accepts no 8-bit messages");
            if (envelope.IsInternational && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
                return new(554, "5.6.7", "the next hop accepts no addresses in UTF-8");
            var format = FormatOptions.Default.Clone();
            (format.NewLineFormat, format.International) = (NewLineFormat.Dos, envelope.IsInternational);
            await client.ForwardAsync(envelope.Behind, cancellation);
            await client.SendAsync(format, message.Message, from, [to], cancellation);
            isSound = true;
            return Reply.Ok;
        }
        catch (SmtpCommandException fault)
        {
            // The next hop said no in words of its own, which may quote the address: only its code is passed on.
            isSound = client?.IsConnected == true;
            return Of((int)fault.StatusCode);
        }
        catch (Exception fault)
            when (fault is ServiceNotConnectedException or ServiceNotAuthenticatedException or SmtpProtocolException or ProtocolException
                || fault is AuthenticationException or SslHandshakeException or IOException or SocketException or TimeoutException
                || (fault is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            return client is null ? Unreachable : CutOff;
        }
        finally
        {
            if (client is not null)
                Give(client, isSound);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (idle.TryPop(out var kept))
        {
            var client = kept.Client;
            if (client.IsConnected)
                await client.DisconnectAsync(quit: true);
            client.Dispose();
        }
    }

    /// <summary>
    /// An address of the envelope. Some providers gave people local parts that the standard allows in quotes only (<c>anna.@</c>): in
    /// quotes it is the same mailbox (RFC 5321 4.1.2). Null where it is none.
    /// </summary>
    static MailboxAddress? Mailbox(string address)
    {
        var at = address.LastIndexOf('@');
        string[] forms = at > 0 && address[0] != '"' ? [address, $"\"{address[..at]}\"{address[at..]}"] : [address];
        foreach (var form in forms)
            try
            {
                return new("", form);
            }
            catch (ParseException)
            {
                // In quotes, or not at all.
            }
        return null;
    }

    static Reply Of(int code) =>
        // 421 would end the conversation with whoever gave us the message, which has nothing to do with it.
        code is >= 400 and < 600 and not 421
            ? new(code, code < 500 ? "4.0.0" : "5.0.0", "the next hop did not accept it")
            : new(451, "4.4.0", "the next hop did not accept it now");

    async Task<HopConnection> TakeAsync(CancellationToken cancellation)
    {
        while (idle.TryPop(out var rested))
        {
            Interlocked.Decrement(ref resting);
            var kept = rested.Client;
            // A connection that rested may have been closed at the other end; it is tried with a NOOP before a message depends on it.
            try
            {
                if (kept.IsConnected)
                {
                    if (clock.GetElapsedTime(rested.Since) > Rested)
                        await kept.NoOpAsync(cancellation);
                    return kept;
                }
            }
            catch (Exception fault)
                when (fault is IOException or TimeoutException or ProtocolException or CommandException or ServiceNotConnectedException)
            {
                // The next one, or a new one.
            }
            kept.Dispose();
        }
        var client = new HopConnection { Timeout = (int)options.Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(await ConnectedAsync(cancellation), options.Host, options.Port, options.Security, cancellation);
            if (options.Login is { } login)
                await client.AuthenticateAsync(login, options.Password ?? "", cancellation);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A connection that holds nothing back (TCP_NODELAY). A message goes out in several writes; held back until the one before was
    /// acknowledged, which the other side puts off, each message would stand still for some forty milliseconds.
    /// </summary>
    async Task<Socket> ConnectedAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, both.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    void Give(HopConnection client, bool isSound)
    {
        if (isSound && client.IsConnected)
        {
            if (Interlocked.Increment(ref resting) <= options.Idle)
            {
                idle.Push((client, clock.GetTimestamp()));
                return;
            }
            Interlocked.Decrement(ref resting);
        }
        client.Dispose();
    }
}
