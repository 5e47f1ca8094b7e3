using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using MaySend.Mail.Inbound.RawMail;

namespace MaySend.Records;

/// <summary>
/// The DNS as this machine is set to ask it; answers are kept as long as they allow. It waits two seconds and asks once more at most: a
/// mail whose sender cannot be looked up waits for a person, and no mail holds up those behind it for long.
/// </summary>
/// <param name="servers">Whom to ask; null for those that the machine is set to ask.</param>
public sealed class DnsTextRecords(IReadOnlyList<IPEndPoint>? servers = null) : ITextRecords
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly Lazy<LookupClient?> client = new(() => Make(servers));

    /// <inheritdoc />
    public IReadOnlyList<string> Of(string name)
    {
        if (client.Value is not { } known)
            throw new IOException("this machine is set not to use the DNS");
        try
        {
            var answer = known.Query(name, QueryType.TXT);
            if (
                answer.HasError
                && answer.Header.ResponseCode is not (DnsHeaderResponseCode.NotExistentDomain or DnsHeaderResponseCode.NoError)
            )
                throw new IOException($"the DNS does not answer: {answer.ErrorMessage}");
            return [.. answer.Answers.TxtRecords().Select(Whole)];
        }
        catch (Exception fault) when (fault is DnsResponseException or SocketException or TimeoutException or ArgumentException)
        {
            throw new IOException($"the DNS does not answer: {fault.Message}", fault);
        }
    }

    static string Whole(TxtRecord record) => string.Concat(record.Text);

    /// <summary>Nobody is asked whom the machine was not told to ask.</summary>
    static LookupClient? Make(IReadOnlyList<IPEndPoint>? given)
    {
        NameServer[] asked =
        [
            .. given?.Select(server => new NameServer(server))
                ?? NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false),
        ];
        return asked.Length == 0
            ? null
            : new LookupClient(
                new LookupClientOptions(asked)
                {
                    Timeout = Patience,
                    Retries = 1,
                    UseCache = true,
                }
            );
    }
}
