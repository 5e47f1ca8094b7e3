using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MaySend.Gate.Doors;
using MaySend.Reading;

namespace MaySend.Gate.Configuration;

/// <summary>Reads one of <c>doors</c> of <c>gate.yaml</c>: where the gate listens, and to whom.</summary>
static class DoorFile
{
    const string Socket = "unix:";

    /// <summary>What the system takes for the path of a socket, its end aside.</summary>
    const int LongestSocket = 107;

    static readonly Dictionary<string, GateProtocol> Protocols = new()
    {
        ["lmtp"] = GateProtocol.Lmtp,
        ["smtp"] = GateProtocol.Smtp,
        ["policy"] = GateProtocol.Policy,
    };

    /// <summary>The door; null where it says nowhere to listen.</summary>
    public static GateDoor? Read(MapReader map, string hostname, Dictionary<string, GateCredential> credentials, GateCredentials signedIn)
    {
        var protocol = map.Word("protocol", Protocols, GateProtocol.Lmtp, isRequired: true);
        var name = map.OptionalText("credential");
        GateCredential? credential = null;
        if (name is not null && !credentials.TryGetValue(name, out credential))
            map.Problem("credential", $"`{name}` is not one of `credentials`", string.Join(", ", credentials.Keys));
        var listen = Listen(map);
        var certificate = Certificate(map);
        var isHere = listen is UnixDomainSocketEndPoint || (listen is IPEndPoint { Address: var at } && IPAddress.IsLoopback(at));
        if (protocol == GateProtocol.Lmtp && name is null)
            map.Problem("credential", "LMTP has no sign-in: the door needs a `credential`");
        if (protocol != GateProtocol.Policy && credential is not null && !isHere && map.OptionalText("open_to_the_network") != "yes")
            map.Problem(
                "listen",
                "a door without sign-in listens beyond this machine",
                "listen on 127.0.0.1, or say `open_to_the_network: yes` where a firewall guards it"
            );
        if (protocol == GateProtocol.Smtp && credential is null && !isHere && certificate is null)
            map.Problem("certificate", "passwords would cross the network in clear text", "certificate: a PEM file with its key");
        var greatest = Greatest(map);
        var trusted = Trusted(map);
        map.Done();
        return listen is null
            ? null
            : new GateDoor
            {
                Protocol = protocol,
                Listen = listen,
                Hostname = hostname,
                Credential = credential,
                Credentials = signedIn,
                Certificate = certificate,
                GreatestMessage = greatest,
                Trusted = trusted,
            };
    }

    /// <summary>The largest message of a door, in octets.</summary>
    static int Greatest(MapReader map)
    {
        if (map.OptionalText("greatest_message") is not { } text)
            return GateDoor.UsualGreatest;
        if (int.TryParse(text, out var octets) && octets is >= 10_000 and <= 500_000_000)
            return octets;
        map.Problem("greatest_message", "`greatest_message` must be a number of bytes from 10,000 to 500,000,000");
        return GateDoor.UsualGreatest;
    }

    static EndPoint? Listen(MapReader map)
    {
        var text = map.Text("listen");
        if (text.StartsWith(Socket, StringComparison.Ordinal))
        {
            var path = text[Socket.Length..];
            if (Path.IsPathFullyQualified(path) && Encoding.UTF8.GetByteCount(path) <= LongestSocket)
                return new UnixDomainSocketEndPoint(path);
            map.Problem("listen", $"`listen` is not a full path of at most {LongestSocket} bytes", "unix:/run/maysend/lmtp.sock");
            return null;
        }
        if (IPEndPoint.TryParse(text, out var listen) && listen.Port > 0)
            return listen;
        map.Problem(
            "listen",
            "`listen` is neither an address with a port nor a Unix socket",
            "127.0.0.1:2526, or unix:/run/maysend/lmtp.sock"
        );
        return null;
    }

    /// <summary>Who may say for whom they speak: an address of this machine is one only where it is named.</summary>
    static TrustedClients Trusted(MapReader map)
    {
        var networks = new List<IPNetwork>();
        var named = map.Texts("trusted");
        foreach (var text in named.Where(text => text != TrustedClients.Socket))
            if (TrustedClients.Read(text) is not { } network)
                map.Problem("trusted", $"`{text}` is neither an address nor a network", "[127.0.0.1, 10.1.0.0/16, unix]");
            else if (network.PrefixLength == 0)
                map.Problem("trusted", "`trusted` names everybody, so anybody could claim to be anybody");
            else
                networks.Add(network);
        return new(networks, named.Contains(TrustedClients.Socket));
    }

    static X509Certificate2? Certificate(MapReader map)
    {
        if (map.OptionalText("certificate") is not { } path)
            return null;
        try
        {
            return X509Certificate2.CreateFromPemFile(path, map.OptionalText("certificate_key") ?? path);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            map.Problem("certificate", $"the certificate cannot be read: {fault.Message}");
            return null;
        }
    }
}
