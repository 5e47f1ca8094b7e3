using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MaySend.Gate.Doors;

/// <summary>What is spoken at a door.</summary>
enum GateProtocol
{
    /// <summary>LMTP (RFC 2033): a mail server hands on its queue, and each recipient has its own reply.</summary>
    Lmtp,

    /// <summary>SMTP submission for programs that send to one person at a time.</summary>
    Smtp,

    /// <summary>Postfix's policy delegation: a first filter that sees the envelope only.</summary>
    Policy,
}

/// <summary>One address at which the gate listens.</summary>
sealed record GateDoor
{
    /// <summary>The largest message where nothing is said, in octets.</summary>
    public const int UsualGreatest = 30_000_000;

    public required GateProtocol Protocol { get; init; }

    /// <summary>Where it listens: an address with a port, or a Unix socket.</summary>
    public required EndPoint Listen { get; init; }

    /// <summary>The path of its Unix socket; null where it has none.</summary>
    public string? SocketPath => Listen is UnixDomainSocketEndPoint socket ? socket.ToString() : null;

    /// <summary>Mail servers in front that may say for whom they speak.</summary>
    public TrustedClients Trusted { get; init; } = TrustedClients.None;

    /// <summary>The name it greets with.</summary>
    public required string Hostname { get; init; }

    /// <summary>Who speaks at a door that asks for no sign-in; null where everybody signs in.</summary>
    public GateCredential? Credential { get; init; }

    /// <summary>Who may sign in.</summary>
    public required GateCredentials Credentials { get; init; }

    /// <summary>For STARTTLS; null for none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The largest message, in octets.</summary>
    public long GreatestMessage { get; init; } = UsualGreatest;

    /// <summary>Recipients in one LMTP transaction.</summary>
    public int GreatestRecipients { get; init; } = 1000;

    /// <summary>How long a silent client is waited for; RFC 5321 4.5.3.2 asks for five minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Nothing said here leaves the machine.</summary>
    public bool IsOnThisMachine =>
        Listen is UnixDomainSocketEndPoint || (Listen is IPEndPoint { Address: var at } && IPAddress.IsLoopback(at));
}
