using System.Net;
using System.Net.Sockets;

namespace MaySend.Gate.Doors;

/// <summary>Mail servers that may say for whom they speak (XCLIENT, XFORWARD); nobody else is even told that it can be said.</summary>
/// <param name="Networks">Their addresses.</param>
/// <param name="BySocket">Whoever the system lets open the door's Unix socket is one of them.</param>
sealed record TrustedClients(IReadOnlyList<IPNetwork> Networks, bool BySocket)
{
    /// <summary>The word that stands for clients of a Unix socket.</summary>
    public const string Socket = "unix";

    public static readonly TrustedClients None = new([], false);

    public bool Include(EndPoint? client) =>
        client is IPEndPoint { Address: var address } ? Networks.Any(network => network.Contains(Plain(address))) : BySocket;

    /// <summary>One address or network; null where it is neither.</summary>
    public static IPNetwork? Read(string text) =>
        IPAddress.TryParse(text, out var one) ? new IPNetwork(Plain(one), Plain(one).AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
